"""nacre render of many files: folders, threads, names, kept sources, pruning, comparing, builds, watching."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, C4, FLOW, NACRE, SEQUENCE, ProgramTest, environment


def fence(text, mark="```"):
    return mark + "mermaid\n" + text + mark + "\n"


TITLED = "---\ntitle: How Orders Flow!\n---\n" + FLOW


class Site(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("docs/a.md", "# A\n\n" + fence(FLOW) + "\n" + fence(SEQUENCE))
        self.write("docs/sub/b.md", "Text\n" + fence(C4) + "more [a](../a.md)\n")
        self.write("docs/x.mmd", FLOW)
        self.write("README.md", "Hello\n\n" + fence(FLOW))

    def names(self, folder):
        return sorted(f[len(folder):] for f in self.files() if f.startswith(folder))


class Folders(Site):
    def test_a_folder_and_a_file(self):
        self.nacre("render", "docs/", "README.md", "-o", "site/")
        self.assertEqual(self.names("site/"), ["README-1.svg", "README.md", "docs/a-1.svg", "docs/a-2.svg", "docs/a.md",
                                               "docs/sub/b-1.svg", "docs/sub/b.md", "docs/x.svg"])
        self.assertIn(b"[a](../../../docs/a.md)", self.read("site/docs/sub/b.md"))

    def test_a_folder_alone_is_the_root(self):
        self.nacre("render", "docs", "-o", "site/")
        self.assertIn("site/a.md", self.files())
        os.remove(self.folder / "docs/a.md")
        os.remove(self.folder / "docs/x.mmd")
        shutil.rmtree(self.folder / "site")
        self.nacre("render", "./docs/.", "-o", "site/")
        self.assertEqual(self.names("site/"), ["sub/b-1.svg", "sub/b.md"])

    def test_outputs_inside_are_no_inputs(self):
        for _ in range(2):
            self.nacre("render", "docs", "-o", "docs/out/")
            self.assertEqual(self.names("docs/out/"), ["a-1.svg", "a-2.svg", "a.md", "sub/b-1.svg", "sub/b.md", "x.svg"])

    def test_exclude(self):
        self.nacre("render", "docs", "-o", "site/", "--exclude", "sub", "--exclude", "*.mmd")
        self.assertEqual(self.names("site/"), ["a-1.svg", "a-2.svg", "a.md"])

    def test_a_folder_is_no_file(self):
        shutil.rmtree(self.folder / "docs/sub")
        done = self.nacre("render", "docs", "-o", "site", "--exclude", "a.md", check=2)
        self.message(done, "nacre: error[usage]: a folder cannot become the one file 'site'")

    def test_threads_change_nothing(self):
        for i in range(12):
            self.write("many/%02d.md" % i, "".join(fence(t) for t in (FLOW, SEQUENCE, C4, BROKEN if i % 3 == 0 else FLOW)))
        results = []
        for threads in ("1", "2", "7"):
            done = self.nacre("render", "many", "-o", "out/", "-j", threads, "--keep-going", "-v", check=1)
            results.append((done.stderr, {f: self.read(f) for f in self.files(lists=True) if f.startswith("out/")}))
            shutil.rmtree(self.folder / "out")
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])
        self.assertEqual(len(results[0][1]), 12 * 4 + 8 + 1)

    def test_artifacts(self):
        self.nacre("render", "docs", "-o", "site/", "--artifacts", "pics")
        self.assertEqual(self.names("pics/"), ["a-1.svg", "a-2.svg", "sub/b-1.svg"])
        self.assertIn(b"](../pics/a-1.svg)", self.read("site/a.md"))
        self.assertIn(b"](../../pics/sub/b-1.svg)", self.read("site/sub/b.md"))
        self.assertIn("site/x.svg", self.files())
        self.nacre("render", "docs/sub", "--in-place", "--artifacts", "docs/img")
        self.assertIn(b"](../img/b-1.svg)", self.read("docs/sub/b.md"))

    def test_quiet_and_verbose(self):
        self.write("docs/w.mmd", "%%{init: {'theme': 'nope'}}%%\n" + FLOW)
        self.assertIn(b"warning", self.nacre("render", "docs/w.mmd").stderr)
        self.assertEqual(self.nacre("render", "docs/w.mmd", "-q").stderr, b"")
        done = self.nacre("render", "docs", "-o", "site/", "-v", "--exclude", "w.mmd")
        self.assertEqual(done.stderr.decode().splitlines(),
                         ["wrote site/" + n for n in ("a-1.svg", "a-2.svg", "a.md", "sub/b-1.svg", "sub/b.md", "x.svg")])

    def test_options_that_exclude_each_other(self):
        for args in (["--check", "--dry-run"], ["--embed", "--artifacts", "x"], ["-q", "-v"], ["--watch", "--check"],
                     ["--in-place", "--depfile", "d"]):
            done = self.nacre("render", "docs", *args, check=2)
            self.assertIn(b"exclude each other", done.stderr)
        self.assertIn(b"'--embed' takes SVG", self.nacre("render", "docs", "--embed", "-f", "png", check=2).stderr)
        self.assertIn(b"'--report' says how", self.nacre("render", "docs", "--report", "json", check=2).stderr)


class Names(Site):
    def test_titles(self):
        self.write("d.md", fence(TITLED) + "\n" + fence(FLOW) + "\n" + fence(TITLED + "  B --> C\n") + "\n" +
                   fence("---\ntitle: 2\n---\n" + FLOW) + "\n" + fence("---\ntitle: Größe / Maß\n---\n" + FLOW))
        self.nacre("render", "d.md", "-o", "out/", "--names", "title")
        self.assertEqual(self.names("out/"), ["d-2.svg", "d-4.svg", "d-größe-maß.svg", "d-how-orders-flow-2.svg",
                                              "d-how-orders-flow.svg", "d.md"])
        self.assertIn(b"](d-gr%C3%B6%C3%9Fe-ma%C3%9F.svg", self.read("out/d.md"))

    def test_hashes(self):
        self.write("d.md", fence(FLOW) + "\n" + fence(SEQUENCE) + "\n" + fence(FLOW))
        self.nacre("render", "d.md", "-o", "out/", "--names", "hash")
        first = [n for n in self.names("out/") if n != "d.md"]
        self.assertEqual(len(first), 2)
        self.assertTrue(all(re.fullmatch(r"d-[0-9a-f]{8}\.svg", n) for n in first), first)
        images = re.findall(r"\((d-\w+\.svg)", self.read("out/d.md").decode())
        self.assertEqual([images[0] == images[2], sorted(set(images))], [True, first])
        self.write("d.md", fence(SEQUENCE) + "\n" + fence(FLOW))
        self.nacre("render", "d.md", "-o", "out/", "--names", "hash")
        self.assertEqual([n for n in self.names("out/") if n != "d.md"], first)
        self.nacre("render", "d.md", "-o", "out/", "--names", "hash", "--theme", "dark")
        self.assertFalse(set(self.names("out/")) & set(first))


class Kept(Site):
    def test_embedded_pictures(self):
        self.write("d.md", "- item\n\n  " + fence(FLOW).replace("\n", "\n  ").rstrip(" ") + "\n> " +
                   fence(FLOW).replace("\n", "\n> ").rstrip("> ") + "\nEnd\n")
        self.nacre("render", "d.md", "-o", "out/", "--embed")
        self.assertEqual(self.names("out/"), ["d.md"])
        text = self.read("out/d.md").decode()
        self.assertEqual(text.count('<div class="nacre-diagram">\n'), 2)
        self.assertEqual(text.count("</svg>"), 2)
        inside = text[text.index("<svg"):text.index("</svg>")]
        self.assertTrue(all(line.startswith("  ") and line.strip() for line in inside.split("\n")[1:-1]))
        ids = re.findall(r' id="([^"]*)"', text)
        self.assertEqual(len(ids), len(set(ids)))

    def test_a_kept_source_is_found_again(self):
        for before in ("```", "~~~~", ":::"):
            self.write("d.md", "Intro\n" + fence(FLOW, before) + "\n> quote\n>\n> " +
                       fence(SEQUENCE, before).replace("\n", "\n> ").rstrip("> ") + "\nEnd\n")
            self.nacre("render", "d.md", "--in-place", "--keep-source")
            once = self.read("d.md")
            self.assertEqual(once.count(b'<details class="nacre-source">'), 2)
            self.assertIn(b"](d-1.svg)\n\n<details", once)
            for more in ([], ["--keep-source"]):
                self.nacre("render", "d.md", "--in-place", *more)
                self.assertEqual(self.read("d.md"), once)
            self.nacre("render", "d.md", "--in-place", "--check")
            self.write("d.md", once.replace(b"B[Two]", b"B[Changed]"))
            self.nacre("render", "d.md", "--in-place", "--check", check=1)
            self.nacre("render", "d.md", "--in-place")
            self.assertIn(b"Changed", self.read("d-1.svg"))
            self.assertEqual(self.read("d.md"), once.replace(b"B[Two]", b"B[Changed]"))

    def test_windows_line_ends(self):
        text = ("\ufeff# T\n\n" + fence(FLOW) + "\nEnd\n").replace("\n", "\r\n").encode()
        self.write("d.md", text)
        self.nacre("render", "d.md", "--in-place", "--keep-source")
        once = self.read("d.md")
        self.assertEqual(once.count(b"\n"), once.count(b"\r\n"))
        self.assertNotIn(b"\r\r", once)
        self.assertTrue(once.startswith(b"\xef\xbb\xbf# T\r\n\r\n![") and once.endswith(b"</details>\r\n\r\nEnd\r\n"))
        self.nacre("render", "d.md", "--in-place")
        self.assertEqual(self.read("d.md"), once)

    def test_written_elsewhere_it_goes(self):
        self.write("d.md", fence(FLOW))
        self.nacre("render", "d.md", "--in-place", "--keep-source")
        self.nacre("render", "d.md", "-o", "out/")
        self.assertNotIn(b"details", self.read("out/d.md"))

    def test_embedded_and_kept(self):
        self.write("d.md", "A\n\n" + fence(FLOW) + "\nB\n")
        self.nacre("render", "d.md", "--in-place", "--keep-source", "--embed")
        once = self.read("d.md")
        self.nacre("render", "d.md", "--in-place", "--embed")
        self.assertEqual(self.read("d.md"), once)

    def test_a_new_diagram_before_an_old_one(self):
        self.write("d.md", fence(FLOW))
        self.nacre("render", "d.md", "--in-place", "--keep-source")
        self.write("d.md", fence(SEQUENCE) + "\n" + self.read("d.md").decode())
        self.nacre("render", "d.md", "--in-place", "--keep-source")
        self.assertIn(b"sequence", self.read("d-1.svg"))
        self.assertIn(b"flowchart", self.read("d-2.svg"))
        self.nacre("render", "d.md", "--in-place", "--check")


class Pruning(Site):
    def test_what_is_gone_goes(self):
        self.nacre("render", "docs", "-o", "site/")
        self.assertIn("site/.nacre-manifest", self.files(lists=True))
        self.write("docs/a.md", "# A\n\n" + fence(FLOW))
        shutil.rmtree(self.folder / "docs/sub")
        done = self.nacre("render", "docs", "-o", "site/", "-v")
        self.assertEqual(self.names("site/"), ["a-1.svg", "a.md", "x.svg"])
        self.assertIn("removed site/a-2.svg", done.stderr.decode().splitlines())

    def test_what_is_not_ours_stays(self):
        self.nacre("render", "docs", "-o", "site/")
        self.write("site/a-2.svg", "changed by hand")
        self.write("site/other.svg", "<svg/>")
        self.write("docs/a.md", fence(FLOW))
        self.nacre("render", "docs", "-o", "site/")
        self.assertIn("site/a-2.svg", self.files())
        self.assertIn("site/other.svg", self.files())

    def test_no_prune(self):
        self.nacre("render", "docs", "-o", "site/")
        self.write("docs/a.md", fence(FLOW))
        self.nacre("render", "docs", "-o", "site/", "--no-prune")
        self.assertIn("site/a-2.svg", self.files())
        self.nacre("render", "docs", "-o", "site/")
        self.assertNotIn("site/a-2.svg", self.files())

    def test_others_into_the_same_folder(self):
        self.nacre("render", "docs/a.md", "-o", "site/")
        self.nacre("render", "README.md", "-o", "site/")
        self.assertEqual(self.names("site/"), ["README-1.svg", "README.md", "a-1.svg", "a-2.svg", "a.md"])

    def test_errors_prune_nothing(self):
        self.nacre("render", "docs", "-o", "site/")
        self.write("docs/a.md", fence(BROKEN))
        self.nacre("render", "docs", "-o", "site/", check=1)
        self.assertIn("site/a-2.svg", self.files())

    def test_a_list_from_a_stranger(self):
        victim = self.write("victim", "bytes")
        self.write("in/victim", "bytes")
        self.nacre("render", "docs", "-o", "site/")
        value = 14695981039346656037
        for byte in b"bytes":
            value = (value ^ byte) * 1099511628211 % 2 ** 64
        line = "%016x 5 %%s ../gone.md\n" % value
        os.symlink(self.folder / "in", self.folder / "site/link")
        for path in ("../victim", str(victim), "sub/../../victim", "link/victim", "./../victim"):
            self.write("site/.nacre-manifest", "nacre manifest 1\n" + line % path)
            self.nacre("render", "docs", "-o", "site/")
        self.assertTrue(victim.exists())
        self.assertIn("in/victim", self.files())
        self.write("site/.nacre-manifest", b"\0\xff no list\n" * 100)
        self.nacre("render", "docs", "-o", "site/")

    def test_names_of_every_kind(self):
        name = b"a b\nc%\xff.md"
        (self.folder / "docs" / os.fsdecode(name)).write_text(fence(FLOW))
        self.nacre("render", "docs", "-o", "site/")
        self.assertTrue((self.folder / "site" / os.fsdecode(b"a b\nc%\xff-1.svg")).exists())
        (self.folder / "docs" / os.fsdecode(name)).unlink()
        self.nacre("render", "docs", "-o", "site/")
        self.assertFalse((self.folder / "site" / os.fsdecode(b"a b\nc%\xff-1.svg")).exists())


class Comparing(Site):
    def states(self, *args, check=0):
        done = self.nacre("render", "docs", "-o", "site/", "--check", "--report", "json", *args, check=check)
        report = json.loads(done.stdout)
        return {a["path"]: a["state"] for a in report["artifacts"]}, report

    def test_states(self):
        states, report = self.states(check=1)
        self.assertEqual(set(states.values()), {"missing"})
        self.assertEqual(self.names("site/"), [])
        self.nacre("render", "docs", "-o", "site/")
        states, report = self.states()
        self.assertEqual(report["states"], {"current": 6, "stale": 0, "missing": 0, "error": 0, "orphaned": 0})
        self.write("docs/a.md", "# A\n\n" + fence("flowchart LR\n  A --> Other\n"))
        os.remove(self.folder / "site/x.svg")
        self.write("docs/sub/b.md", fence(BROKEN))
        before = {f: self.read(f) for f in self.files(lists=True)}
        states, report = self.states(check=1)
        self.assertEqual(states, {"site/a-1.svg": "stale", "site/a.md": "stale", "site/sub/b-1.svg": "error",
                                  "site/sub/b.md": "stale", "site/x.svg": "missing", "site/a-2.svg": "orphaned"})
        self.assertEqual({f: self.read(f) for f in self.files(lists=True)}, before)
        stale = [f for f in report["findings"] if f["code"] == "stale-artifact" and "a-1.svg" in f["message"]]
        self.assertEqual([(f["path"], f["line"], f["diagram"]) for f in stale], [("docs/a.md", 3, 1)])

    def test_other_options_are_stale(self):
        self.nacre("render", "docs", "-o", "site/")
        states, _ = self.states("--theme", "dark", check=1)
        self.assertEqual(states["site/a-1.svg"], "stale")
        self.write("docs/nacre.yaml", "theme: forest\n")
        self.assertEqual(self.states(check=1)[0]["site/x.svg"], "stale")

    def test_forms(self):
        text = self.nacre("render", "docs", "-o", "site/", "--check", check=1)
        self.assertIn("docs/a.md:3:1: error[missing-artifact]: 'site/a-1.svg' is missing", text.stdout.decode())
        self.assertIn("nacre: 0 current, 6 missing", text.stderr.decode())
        github = self.nacre("render", "docs", "-o", "site/", "--check", "--report", "github", check=1)
        self.assertIn("::error file=docs/a.md,line=3", github.stdout.decode())
        sarif = json.loads(self.nacre("render", "docs", "-o", "site/", "--check", "--report", "sarif", check=1).stdout)
        run = sarif["runs"][0]
        for result in run["results"]:
            self.assertEqual(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], result["ruleId"])

    def test_png(self):
        self.nacre("render", "docs", "-o", "site/", "-f", "png,svg,pdf")
        self.nacre("render", "docs", "-o", "site/", "-f", "png,svg,pdf", "--check")
        self.nacre("render", "docs", "-o", "site/", "-f", "png", "-s", "3", "--check", check=1)

    def test_embedded(self):
        self.nacre("render", "docs", "-o", "site/", "--embed")
        self.nacre("render", "docs", "-o", "site/", "--embed", "--check")
        self.nacre("render", "docs", "-o", "site/", "--embed", "--check", "-t", "dark", check=1)

    def test_unreadable_input(self):
        self.nacre("render", "docs", "-o", "site/")
        self.nacre("render", "docs", "gone.md", "-o", "site/", "--check", check=2)

    def test_dry_run(self):
        done = self.nacre("render", "docs", "-o", "site/", "--dry-run")
        self.assertEqual(done.stdout.decode().splitlines(),
                         ["create site/" + n for n in ("a-1.svg", "a-2.svg", "a.md", "sub/b-1.svg", "sub/b.md", "x.svg")])
        self.assertEqual(self.names("site/"), [])
        self.nacre("render", "docs", "-o", "site/")
        self.write("docs/a.md", fence(FLOW))
        lines = self.nacre("render", "docs", "-o", "site/", "--dry-run").stdout.decode().splitlines()
        self.assertIn("remove site/a-2.svg", lines)
        self.assertIn("change site/a.md", lines)
        self.assertIn("repeat site/x.svg", lines)


class Builds(Site):
    def test_make(self):
        if not shutil.which("make"):
            self.skipTest("no make")
        self.write("a b.mmd", FLOW)
        self.write("nacre.yaml", "theme: forest\n")
        self.write("Makefile", "all: x.svg\nx.svg: docs/x.mmd\n\t%s render $< -o $@ --depfile x.d\n-include x.d\n" % NACRE)

        def make():
            done = subprocess.run(["make"], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            return "render" in done.stdout

        self.assertEqual([make(), make()], [True, False])
        later = time.time() + 5
        os.utime(self.folder / "nacre.yaml", (later, later))
        self.assertTrue(make())
        os.utime(self.folder / "x.svg", (later + 5, later + 5))
        self.assertFalse(make())
        os.remove(self.folder / "nacre.yaml")  # no rule to make it, and none needed
        make()

    def test_ninja(self):
        if not shutil.which("ninja"):
            self.skipTest("no ninja")
        self.write("nacre.yaml", "theme: forest\n")
        self.write("build.ninja", "rule nacre\n  command = '%s' render $in -o $out --depfile $out.d\n  depfile = $out.d\n"
                                  "  deps = gcc\nbuild out/a.md: nacre docs/a.md\nbuild out/x.svg: nacre docs/x.mmd\n" % NACRE)

        def ninja():
            done = subprocess.run(["ninja"], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stdout)
            return "no work" not in done.stdout

        self.assertEqual([ninja(), ninja()], [True, False])
        later = time.time() + 5
        os.utime(self.folder / "nacre.yaml", (later, later))
        self.assertTrue(ninja())

    def test_names_in_a_depfile(self):
        self.write("a b#$:c.mmd", FLOW)
        self.nacre("render", "a b#$:c.mmd", "--depfile", "d")
        self.assertEqual(self.read("d"), b"a\\ b\\#$$\\:c.svg: a\\ b\\#$$\\:c.mmd\na\\ b\\#$$\\:c.mmd:\n")


class Watching(Site):
    def wait_for(self, what, seconds=30):
        end = time.time() + seconds
        while time.time() < end:
            if what():
                return
            time.sleep(0.05)
        self.fail("it did not happen")

    def test_changes_are_drawn(self):
        log = open(self.folder / "log", "wb")
        child = subprocess.Popen([NACRE, "render", "docs", "-o", "docs/out/", "--watch", "-v"], cwd=self.folder, stderr=log)
        try:
            waits = lambda: self.read("log").count(b"waiting for changes")
            self.wait_for(lambda: waits() == 1)
            self.write("docs/x.mmd", SEQUENCE)
            self.wait_for(lambda: b"sequence" in self.read("docs/out/x.svg"))
            self.wait_for(lambda: self.read("log").endswith(b"waiting for changes\n"))
            self.assertEqual(self.read("log").count(b"wrote docs/out/a.md"), 1)  # the others are as they were
            self.write("docs/new/y.mmd", FLOW)
            self.wait_for(lambda: (self.folder / "docs/out/new/y.svg").exists())
            self.write("docs/x.mmd", BROKEN)
            self.wait_for(lambda: b"error[" in self.read("log"))
            self.assertIn(b"sequence", self.read("docs/out/x.svg"))
            self.write("docs/nacre.yaml", "theme: dark\n")
            self.wait_for(lambda: self.read("log").count(b"wrote docs/out/a.md") == 2)
            os.remove(self.folder / "docs/new/y.mmd")
            self.wait_for(lambda: not (self.folder / "docs/out/new/y.svg").exists())
        finally:
            child.send_signal(signal.SIGTERM)
            self.assertEqual(child.wait(30), -signal.SIGTERM)
            log.close()


class Terminals(Site):
    def shown(self, *args, meanwhile=lambda: None, **variables):
        """What a run writes to a terminal as its stderr; meanwhile() is called while it runs."""
        terminal, theirs = os.openpty()
        child = subprocess.Popen([NACRE, "render", *args], cwd=self.folder, stderr=theirs, stdout=subprocess.DEVNULL,
                                 stdin=subprocess.DEVNULL, env=environment(**variables))
        os.close(theirs)
        text = b""
        try:
            meanwhile()
            while piece := os.read(terminal, 65536):
                text += piece
        except OSError:
            pass
        finally:
            child.wait(120)
            os.close(terminal)
        return text

    def test_colors(self):
        self.terminal()
        self.write("bad.mmd", BROKEN)
        self.assertIn(b"\x1b[1;31merror[", self.shown("bad.mmd", TERM="xterm", NO_COLOR=None))
        self.assertNotIn(b"\x1b", self.shown("bad.mmd", TERM="xterm", NO_COLOR="1"))
        self.assertNotIn(b"\x1b", self.shown("bad.mmd", TERM="dumb", NO_COLOR=None))
        self.assertNotIn(b"\x1b", self.nacre("render", "bad.mmd", check=1, env=environment(TERM="xterm")).stderr)

    def slow(self, *args, **variables):
        """What a terminal shows of a run whose second picture goes into a pipe that is read later than the first line of
        progress is due."""

        def read():
            time.sleep(1)
            (self.folder / "out/docs/x.svg").read_bytes()

        return self.shown("docs/a.md", "docs/x.mmd", "README.md", "-o", "out/", "-j", "1", "--force", *args,
                          meanwhile=read, **variables)

    def test_progress(self):
        self.terminal()
        os.makedirs(self.folder / "out/docs")
        os.mkfifo(self.folder / "out/docs/x.svg")
        shown = self.slow(TERM="xterm", CI=None, NO_COLOR=None)
        self.assertRegex(shown, rb"\rnacre: 2 of 3")
        self.assertTrue(shown.endswith(b"\r\x1b[K"))
        for variables in ({"CI": "true"}, {"TERM": "dumb", "CI": None}):
            self.assertEqual(self.slow(**{"TERM": "xterm", **variables}), b"")
        self.assertEqual(self.slow("-q", TERM="xterm", CI=None), b"")


if __name__ == "__main__":
    unittest.main()
