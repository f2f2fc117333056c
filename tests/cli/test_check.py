"""nacre check: what is checked, what is found and where, the formats, the exit status."""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, C4, FLOW, NACRE, SEQUENCE, SOURCE, ProgramTest

WARNING = FLOW + "  style A fill:#zzzzzz\n"
HEAD = re.compile(r"^(\S.*?:\d+:\d+: (?:error|warning)\[[^\]]+\]): ", re.M)


def fence(text):
    return "```mermaid\n" + text + "```\n"


class CheckTest(ProgramTest):
    def check(self, *args, check=1, **more):
        """The heads of what is found, in order."""
        done = self.nacre("check", *args, check=check, **more)
        return HEAD.findall(done.stdout.decode())

    def json(self, *args, check=1, **more):
        return json.loads(self.nacre("check", "--format", "json", *args, check=check, **more).stdout)

    def checked(self, *args, check=1, **more):
        """Which files were checked: every one of them is broken."""
        return [f["path"] for f in self.json(*args, check=check, **more)["findings"] if "line" in f]


class WhatIsFound(CheckTest):
    def test_nothing(self):
        self.write("x.mmd", FLOW)
        self.write("d.md", "# None\n\n" + fence(SEQUENCE) + fence(C4))
        self.write("e.md", "no diagram\n")
        done = self.nacre("check", "x.mmd", "d.md", "e.md")
        self.assertEqual((done.stdout, done.stderr), (b"", b""))
        self.assertEqual(self.files(), ["d.md", "e.md", "x.mmd"])

    def test_the_text_of_a_finding(self):
        self.write("x.mmd", "flowchrt LR\n  A --> B\n")
        done = self.nacre("check", "x.mmd", check=1)
        self.assertEqual(done.stdout.decode(), "x.mmd:1:1: error[unknown-diagram]: 'flowchrt' is no diagram type\n"
                         "    flowchrt LR\n    ^~~~~~~~\n  hint: did you mean 'flowchart'?\n")
        self.assertEqual(done.stderr, b"")

    def test_it_is_what_render_says(self):
        texts = [FLOW, SEQUENCE, C4, BROKEN, WARNING, "", "\xff",
                 *re.findall(r"^```text\n(.*?)^```", (SOURCE / "docs/diagnostics.md").read_text(encoding="utf-8"),
                             re.M | re.S)]
        for text in texts:
            with self.subTest(text):
                rendered = self.nacre("render", "-", "--no-config", check=None, stdin=text.encode())
                checked = self.nacre("check", "--no-config", check=None, stdin=text.encode())
                self.assertEqual(rendered.returncode, checked.returncode)
                # what only measuring finds: a check opens no fonts
                said = [h for h in HEAD.findall(rendered.stderr.decode())
                        if not re.search(r"\[(missing-glyphs|fallback-font|unknown-font-family)\]", h)]
                self.assertEqual(said, HEAD.findall(checked.stdout.decode()))

    def test_errors_of_the_drawing_are_errors(self):
        text = 'C4Context\n  System(a, "A")\n  Rel(a, b, "to nobody")\n'
        self.nacre("dump", stdin=text.encode())
        self.assertEqual(self.check(stdin=text.encode()), ["<stdin>:3:10: error[c4-unknown-alias]"])

    def test_all_errors_in_the_order_of_the_text(self):
        self.write("d.md", "\n".join([fence(WARNING), fence(BROKEN), fence(FLOW), fence("sequenceDiagram\n  A->>\n")]))
        found = self.check("d.md")
        self.assertEqual([f.split(" ", 1)[1] for f in found],
                         ["warning[bad-color]", "error[bad-arrow]", "error[syntax]"])
        lines = [int(f.split(":")[1]) for f in found]
        self.assertEqual(lines, sorted(lines))

    def test_fail_on(self):
        self.write("w.mmd", WARNING)
        self.assertEqual(len(self.check("w.mmd", check=0)), 1)
        self.assertEqual(len(self.check("w.mmd", "--fail-on", "error", check=0)), 1)
        self.assertEqual(len(self.check("w.mmd", "--fail-on", "warning", check=1)), 1)
        self.write("x.mmd", FLOW)
        self.check("x.mmd", "--fail-on", "warning", check=0)

    def test_a_failure_is_graver(self):
        self.write("x.mmd", BROKEN)
        done = self.nacre("check", "x.mmd", "gone.mmd", check=2)
        self.message(done, "gone.mmd: error[cannot-read]: ")
        self.assertIn(b"x.mmd:2:", done.stdout)
        self.assertNotIn(b"gone.mmd", done.stdout)

    def test_standard_input(self):
        self.assertEqual(self.check(stdin=BROKEN.encode()), self.check("-", stdin=BROKEN.encode()))
        self.write("x.mmd", BROKEN)
        self.assertEqual(self.checked("x.mmd", "-", stdin=BROKEN.encode()), ["x.mmd", "<stdin>"])

    def test_no_end_of_findings(self):
        text = "flowchart LR\n" + "  A -> B\n" * 1000
        findings = self.json(check=1, stdin=text.encode())["findings"]
        self.assertEqual([f["code"] for f in findings], ["bad-arrow"] * 200 + ["too-many-findings"])
        self.assertEqual([f["line"] for f in findings], [*range(2, 202), 201])

    def test_nobody_waits_at_a_terminal(self):
        done = subprocess.run([NACRE, "check"], stdin=self.terminal(), capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.message(done, "  hint: name files or folders: 'nacre check .'")

    def test_the_place_of_a_theme(self):
        for text, place, word in (('%%{init: {"theme": "darc"}}%%\n' + FLOW, 1, '"dark"'),
                                  ("---\nconfig:\n  theme: darc\n---\n" + FLOW, 3, "dark"),
                                  ("---\nconfig:\n  theme: 'darc'\n---\n" + FLOW, 3, "'dark'")):
            finding, = self.json(check=0, stdin=text.encode())["findings"]
            self.assertEqual((finding["code"], finding["line"], finding["replacement"]), ("unknown-theme", place, word))
            self.assertEqual(text[finding["start"]:finding["end"]].replace("darc", "dark"), word)

    def test_configuration(self):
        self.write("nacre.yaml", "theme: nacre-drak\nflowchart:\n  nodeSpacing: wide\n")
        self.write("x.mmd", FLOW)
        self.write("y.mmd", FLOW)
        found = self.check("x.mmd", "y.mmd", check=0)
        self.assertEqual(found[0], "nacre.yaml:3:16: warning[bad-config]")
        self.assertEqual(len([f for f in found if "unknown-theme" in f]), 2)
        self.assertEqual(self.check("x.mmd", "--no-config", check=0), [])
        self.write("own.yaml", "theme: [\n")
        done = self.nacre("check", "x.mmd", "-c", "own.yaml", check=2)
        self.message(done, "own.yaml:2:1: error[broken-config]: ")
        self.assertEqual(done.stdout, b"")

    def test_limits(self):
        self.write("x.mmd", FLOW)
        self.assertEqual(self.check("x.mmd", "--max-nodes=1"), ["x.mmd:2:14: error[input-too-large]"])
        self.nacre("check", "x.mmd", "--max-input=5", check=2)


class Places(CheckTest):
    """Lines and columns are those of the host file."""

    def places(self, text, name="d.md"):
        self.write(name, text)
        return [(f["line"], f["column"], f["endColumn"], self.read(name)[f["start"]:f["end"]].decode())
                for f in self.json(name)["findings"]]

    def test_in_containers(self):
        text = ("# Title\n\n1. one\n\n   ```mermaid\n   flowchart LR\n     A -> B\n   ```\n\n"
                "> quote\n> - ```mermaid\n>   flowchrt LR\n>   A --> B\n>   ```\n")
        self.assertEqual(self.places(text), [(7, 8, 10, "->"), (12, 5, 13, "flowchrt")])

    def test_line_ends_and_marks(self):
        for end in ("\n", "\r\n", "\r"):
            for mark in ("", "\ufeff"):
                with self.subTest(repr(mark + end)):
                    text = (mark + "flowchart LR\n  Ä -> B\n").replace("\n", end)
                    self.assertEqual(self.places(text, "x.mmd"), [(2, 5, 7, "->")])
                    text = (mark + "```mermaid\nflowchrt LR\nA --> B\n```\n").replace("\n", end)
                    self.assertEqual(self.places(text), [(2, 1, 9, "flowchrt")])

    def test_behind_front_matter_and_comments(self):
        text = "---\ntitle: T\n---\n%% c\nflowchart LR\n%% d\n  A[\"ü\"] -> B\n"
        self.assertEqual(self.places(text, "x.mmd"), [(7, 10, 12, "->")])

    def test_an_error_of_front_matter_in_a_quote(self):
        text = "> ```mermaid\n> ---\n> title: [\n> ---\n> flowchart LR\n> A --> B\n> ```\n"
        self.assertEqual([p[0] for p in self.places(text)], [3])

    def test_a_place_of_several_lines(self):
        text = 'C4Context\n  System(a, "one\n  two", "x")\n  Rel(a, b)\n'
        self.write("x.mmd", text)
        for finding in self.json("x.mmd")["findings"]:
            self.assertLessEqual((finding["line"], finding["column"]), (finding["endLine"], finding["endColumn"]))
            lines = self.read("x.mmd").decode().splitlines()
            self.assertLessEqual(finding["endColumn"], len(lines[finding["endLine"] - 1]) + 1)


class Folders(CheckTest):
    def setUp(self):
        super().setUp()
        for name in ("b.mmd", "a.mermaid", "a/x.MMD", "a/deep/y.mmd", "a-b/z.mmd", ".hidden/n.mmd", "node_modules/n.mmd",
                     "a/node_modules/n.mmd", "a/.git/n.mmd", "note.txt", "mmd", ".dot.mmd"):
            self.write(name, BROKEN)
        self.write("doc.md", fence(BROKEN))
        self.write("a/doc.markdown", fence(BROKEN))

    ALL = [".dot.mmd", "a/deep/y.mmd", "a/doc.markdown", "a/x.MMD", "a-b/z.mmd", "a.mermaid", "b.mmd", "doc.md"]

    def test_everything_below(self):
        self.assertEqual(self.checked("."), self.ALL)
        self.assertEqual(self.checked("./"), self.ALL)
        self.assertEqual(self.checked("a"), [n for n in self.ALL if n.startswith("a/")])
        self.assertEqual(self.checked("a//"), [n for n in self.ALL if n.startswith("a/")])
        self.assertEqual(self.checked("..", cwd=self.folder / "a-b"), ["../" + n for n in self.ALL])
        self.assertEqual(self.checked(str(self.folder)), [str(self.folder / n) for n in self.ALL])

    def test_named_things_are_checked(self):
        self.assertEqual(self.checked(".hidden"), [".hidden/n.mmd"])
        self.assertEqual(self.checked("node_modules"), ["node_modules/n.mmd"])
        self.assertEqual(self.checked("note.txt", "mmd"), ["note.txt", "mmd"])

    def test_each_file_once(self):
        self.assertEqual(self.checked("b.mmd", ".", "a/../b.mmd", "a"), ["b.mmd", *[n for n in self.ALL if n != "b.mmd"]])

    def test_exclude(self):
        def without(*globs):
            return self.checked(".", *["--exclude=" + g for g in globs])
        for globs, gone in ((["a"], "a/"), (["a/"], "a/"), (["deep"], "a/deep/"), (["*.mmd"], r".*\.mmd$"),
                            (["a/*"], "a/"), (["a/**"], "a/"), (["a/*.*"], r"a/[^/]*$"), (["**/y.mmd"], "a/deep/y"),
                            (["**/b.mmd"], "b.mmd"), (["?.mmd"], "b.mmd|a/deep/y|a-b/z"), (["[a-c].mmd"], "b.mmd"),
                            (["[!a-c].mmd"], "a/deep/y|a-b/z"), (["a/**/y.mmd"], "a/deep/y"), (["\\b.mmd"], "b.mmd"),
                            (["b.mmd", "doc.*"], "b.mmd|doc.md|a/doc"), (["y.mm", "/b.mmd", "A", ""], "nothing")):
            with self.subTest(globs):
                self.assertEqual(without(*globs), [n for n in self.ALL if not re.match(gone, n)])

    def test_exclude_below_the_named_folder(self):
        for glob in ("a/deep/*", "deep/*", "deep"):
            self.assertEqual(self.checked("a", "--exclude", glob), ["a/doc.markdown", "a/x.MMD"])
        self.assertEqual(self.checked("a", "--exclude", "a"), ["a/deep/y.mmd", "a/doc.markdown", "a/x.MMD"])
        self.assertEqual(self.checked("b.mmd", "a-b/z.mmd", "--exclude", "b.*"), ["a-b/z.mmd"])

    def test_links(self):
        os.symlink(".", self.folder / "a" / "loop")
        os.symlink("..", self.folder / "a" / "deep" / "up")
        os.symlink("/", self.folder / "root")
        os.symlink("b.mmd", self.folder / "link.mmd")
        os.symlink("nowhere", self.folder / "dead.mmd")
        os.mkfifo(self.folder / "pipe.mmd")
        self.assertEqual(self.checked("."), self.ALL)
        self.assertEqual(self.checked("link.mmd"), ["link.mmd"])
        self.assertEqual(self.checked("a/loop"), [n.replace("a/", "a/loop/", 1) for n in self.ALL if n.startswith("a/")])

    def test_nothing_to_check(self):
        (self.folder / "empty").mkdir()
        self.write("txt/x.txt", FLOW)
        for name in ("empty", "txt"):
            done = self.nacre("check", name, check=2)
            self.message(done, name + ": error[nothing-to-check]: there is no diagram and no document in this folder")
            self.message(done, "  hint: diagrams end in .mmd or .mermaid")
        done = self.nacre("check", "a", "--exclude", "*", check=2)
        self.message(done, "a: error[nothing-to-check]: everything in this folder is excluded")
        done = self.nacre("check", "empty", "b.mmd", check=2)
        self.assertIn(b"b.mmd:2:", done.stdout)

    def test_a_folder_that_cannot_be_read(self):
        if os.getuid() == 0:
            self.skipTest("nothing is forbidden to root")
        self.write("locked/x.mmd", FLOW)
        (self.folder / "locked").chmod(0)
        self.addCleanup((self.folder / "locked").chmod, 0o700)
        self.message(self.nacre("check", ".", check=2), "locked: error[cannot-read]: ")

    def test_deep_folders(self):
        path = self.folder
        for _ in range(300):
            path = path / "d"
        path.mkdir(parents=True)
        (path / "x.mmd").write_text(BROKEN)
        self.assertEqual(self.checked("d"), ["d/" * 300 + "x.mmd"])

    def test_the_outcome_does_not_depend_on_threads(self):
        for i in range(200):
            self.write("many/%d.mmd" % i, BROKEN if i % 3 else WARNING)
            self.write("many/%d.md" % i, fence(BROKEN) * (i % 4))
        for form in ("text", "json", "sarif", "github"):
            outputs = {self.nacre("check", "many", "--format", form, "-j", n, check=1).stdout
                       for n in ("1", "2", "7", "100000")}
            self.assertEqual(len(outputs), 1)


class Portable(CheckTest):
    def test_what_mermaid_refuses(self):
        text = 'C4Context\n  System(a, "A")\n  System(b, "B")\n  Rel_Neighbor(a, b, "x")\n'
        self.assertEqual(self.check("-", check=0, stdin=text.encode()), [])
        self.assertEqual(self.check("--portable", "-", stdin=text.encode()), ["<stdin>:4:3: error[not-portable]"])

    def test_edges(self):
        def chart(n):
            return ("flowchart LR\n" + "".join("  a%d --> b\n" % i for i in range(n))).encode()
        self.assertEqual(self.check("--portable", check=0, stdin=chart(500)), [])
        found = self.json("--portable", stdin=chart(502))["findings"]
        self.assertEqual([(f["code"], f["line"]) for f in found], [("not-portable", 502)])
        self.assertIn("502 edges", found[0]["message"])
        self.assertEqual(self.check(check=0, stdin=chart(502)), [])
        self.write("site.yaml", "maxEdges: 1000\n")
        self.assertEqual(self.check("--portable", "-c", "site.yaml", check=0, stdin=chart(502)), [])
        sequence = "sequenceDiagram\n" + "  A->>B: x\n" * 501
        self.assertEqual(self.check("--portable", check=0, stdin=sequence.encode()), [])

    def test_size(self):
        def chart(label, comment=""):
            return (comment + "flowchart LR\n  A[%s]\n" % label).encode()
        room = 50000 - len(chart("").decode())
        for text, ok in ((chart("x" * room), True), (chart("x" * (room + 1)), False), (chart("é" * room), True),
                         (chart("\U0001f600" * (room // 2 + 1)), False), (chart("x" * room, "%% not counted\n"), True),
                         (chart("#35;" * (room // 4)), True), (chart("#35;" * (room // 4 + 1)), False)):
            found = self.json("--portable", "--max-label=1M", check=0 if ok else 1, stdin=text)["findings"]
            self.assertEqual([f["code"] for f in found], [] if ok else ["not-portable"])
        self.write("site.yaml", "maxTextSize: 100000\n")
        self.check("--portable", "-c", "site.yaml", check=0, stdin=chart("x" * (room + 1)))


class Formats(CheckTest):
    def test_json(self):
        at = self.write("d.md", fence(FLOW) + "\n" + fence("flowchrt LR\nA --> B\n")).read_text().index("flowchrt")
        self.write("w.mmd", WARNING)
        report = self.json("d.md", "w.mmd", "gone.mmd", check=2)
        self.assertEqual({k: report[k] for k in ("version", "files", "diagrams", "errors", "warnings")},
                         {"version": 1, "files": 2, "diagrams": 3, "errors": 2, "warnings": 1})
        self.assertEqual(report["findings"][0],
                         {"path": "d.md", "diagram": 2, "line": 7, "column": 1, "endLine": 7, "endColumn": 9, "start": at,
                          "end": at + 8, "severity": "error", "code": "unknown-diagram",
                          "message": "'flowchrt' is no diagram type", "hint": "did you mean 'flowchart'?",
                          "replacement": "flowchart"})
        self.assertEqual((report["findings"][1]["severity"], report["findings"][1]["path"]), ("warning", "w.mmd"))
        self.assertNotIn("diagram", report["findings"][1])
        self.assertEqual(report["findings"][2], {"path": "gone.mmd", "severity": "error", "code": "cannot-read",
                                                 "message": "cannot be read: No such file or directory"})
        self.assertEqual(self.json(check=0, stdin=FLOW.encode()),
                         {"version": 1, "findings": [], "files": 1, "diagrams": 1, "errors": 0, "warnings": 0})

    def test_strange_names(self):
        names = ['"q\\".mmd', "new\nline.mmd", "tab\t.mmd", "ü%41.mmd", "a:b,c.mmd", "\u202eevil.mmd"]
        for name in names:
            self.write(name, BROKEN)
        (pathlib.Path(os.fsdecode(os.fsencode(self.folder) + b"/\xff.mmd"))).write_text(BROKEN)
        self.assertEqual(sorted(self.checked(".")), sorted([*names, "\ufffd.mmd"]))
        for form in ("text", "github"):
            output = self.nacre("check", "--format", form, ".", check=1).stdout
            self.assertFalse([b for b in output if b < 32 and b != 10])
            self.assertNotIn("\u202e".encode(), output)
        log = json.loads(self.nacre("check", "--format=sarif", ".", check=1).stdout)
        uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]}
        self.assertEqual(uris, {"%22q%5C%22.mmd", "new%0Aline.mmd", "tab%09.mmd", "%C3%BC%2541.mmd", "./a%3Ab%2Cc.mmd",
                                "%E2%80%AEevil.mmd", "%FF.mmd"})

    def test_github(self):
        self.write("a,b: 100%.mmd", "flowchrt LR\nA --> B\n")
        done = self.nacre("check", "--format", "github", "a,b: 100%.mmd", "gone.mmd", check=2)
        self.assertEqual(done.stdout.decode(),
                         "::error file=a%2Cb%3A 100%25.mmd,line=1,endLine=1,col=1,endColumn=8,title=unknown-diagram::"
                         "'flowchrt' is no diagram type%0Ahint: did you mean 'flowchart'?\n"
                         "::error file=gone.mmd,title=cannot-read::cannot be read: No such file or directory\n")
        self.message(done, "gone.mmd: error[cannot-read]: ")
        done = self.nacre("check", "--format", "github", stdin=WARNING.encode())
        self.assertTrue(done.stdout.startswith(b"::warning file=<stdin>,line="))

    def test_sarif(self):
        self.write("d.md", "> " + fence("flowchrt LR\nA --> B\n").replace("\n", "\n> "))
        log = json.loads(self.nacre("check", "--format", "sarif", "d.md", check=1).stdout)
        self.assertEqual(log["version"], "2.1.0")
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        result, = run["results"]
        self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
        region = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 11, "byteOffset": 15, "byteLength": 8}
        self.assertEqual(result["locations"][0]["physicalLocation"], {"artifactLocation": {"uri": "d.md"}, "region": region})
        change, = result["fixes"][0]["artifactChanges"]
        self.assertEqual(change["replacements"], [{"deletedRegion": region, "insertedContent": {"text": "flowchart"}}])
        self.assertEqual(run["invocations"], [{"executionSuccessful": True}])

    def test_what_is_proposed_helps(self):
        """A replacement, put in place, takes its finding away."""
        texts = re.findall(r"^```text\n(.*?)^```", (SOURCE / "docs/diagnostics.md").read_text(encoding="utf-8"),
                           re.M | re.S)
        texts += ["%%{init: {\"flowchart\": {\"nodeSpacnig\": 3}}}%%\n" + FLOW, "sequenceDiagram\n  participnt A\n  A->>B: x\n",
                  "C4Context\n  Persn(a, \"A\")\n", "sequenceDiagram\n  lop x\n  A->>B: x\n  end\n"]
        proposed = 0
        for text in texts:
            for finding in self.json("--portable", check=None, stdin=text.encode())["findings"]:
                if "replacement" not in finding:
                    continue
                proposed += 1
                raw = text.encode()
                better = raw[:finding["start"]] + finding["replacement"].encode() + raw[finding["end"]:]
                left = self.json("--portable", check=None, stdin=better)["findings"]
                self.assertNotIn((finding["code"], finding["start"]), [(f["code"], f["start"]) for f in left], text)
        self.assertGreater(proposed, 4)


class Rules(CheckTest):
    def test_both_lists(self):
        rows = re.findall(r'^NC_RULE_ENUM\(\w+,\s*"([^"]+)",\s*NC_(\w+),\s*"(.*)"\)$',
                          (SOURCE / "src/base/rules.def").read_text(encoding="utf-8"), re.M)
        rules = json.loads(self.nacre("check", "--list-rules", "--format=json").stdout)["rules"]
        self.assertEqual([(r["code"], r["summary"]) for r in rules], [(code, summary) for code, _, summary in rows])
        for rule, (_, severity, _) in zip(rules, rows):
            self.assertEqual(rule["portable"], severity == "PORTABILITY")
            self.assertEqual(rule["severity"], "warning" if severity == "WARNING" else "error")
        lines = self.nacre("check", "--list-rules").stdout.decode().splitlines()
        self.assertEqual([re.split(r"  +", line) for line in lines],
                         [[c, "--portable" if s == "PORTABILITY" else s.lower(), t] for c, s, t in rows])

    def test_no_other_format(self):
        for form in ("sarif", "github"):
            done = self.nacre("check", "--list-rules", "--format", form, check=2)
            self.message(done, "nacre: error[usage]: the list of rules is no " + form)


if __name__ == "__main__":
    unittest.main()
