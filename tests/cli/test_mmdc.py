"""nacre mmdc: what Mermaid CLI writes, under which names, with which exit status.

RECORDED is what Mermaid CLI 12.2 did in the same situation. Where NACRE_NODE_MODULES leads to it (and a browser is
there), it is run again and the table is checked too.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, C4, FLOW, NACRE, SEQUENCE, ProgramTest

TOLD = 'flowchart LR\n  accTitle: A "title" here\n  accDescr: What [it] shows\n  A --> B\n'
DOCUMENT = ("# Title\n\n```mermaid\n" + FLOW + "```\n\n- item\n\n  ```mermaid\n  " + FLOW.replace("\n  ", "\n    ") + "  ```\n\n"
            ":::mermaid\n" + SEQUENCE + ":::\n\n````\n```mermaid\n" + FLOW + "```\n````\n\n"
            "~~~mermaid\n" + FLOW + "~~~\n\n> ```mermaid\n> " + FLOW + "> ```\n\n``` mermaid\n" + FLOW + "```\n\n"
            "```Mermaid\n" + FLOW + "```\n\n```mermaid title\n" + FLOW + "```\n\n   ```mermaid  \n" + TOLD + "```  \nend")
SHOWN = ("# Title\n\n![diagram](./{0}-1.svg)\n\n- item\n\n![diagram](./{0}-2.svg)\n\n![diagram](./{0}-3.svg)\n\n"
         "````\n![diagram](./{0}-4.svg)\n````\n\n~~~mermaid\n" + FLOW + "~~~\n\n> ```mermaid\n> " + FLOW + "> ```\n\n"
         "``` mermaid\n" + FLOW + "```\n\n```Mermaid\n" + FLOW + "```\n\n```mermaid title\n" + FLOW + "```\n\n"
         '![What \\[it\\] shows](./{0}-5.svg "A \\"title\\" here")\nend')
FILES = {
    "x.mmd": FLOW, "s.mmd": SEQUENCE, "c.mmd": C4, "bad.mmd": BROKEN, "empty.mmd": "",
    "d.md": "a\n```mermaid\n" + FLOW + "```\nb\n", "many.md": DOCUMENT, "none.markdown": "no diagram\n",
    "cr.md": "a\r\n```mermaid\r\n" + FLOW.replace("\n", "\r\n") + "```\r\nb\r\n",
    "bad.md": "```mermaid\n" + FLOW + "```\n```mermaid\n" + BROKEN + "```\n", "open.md": "```mermaid\n" + FLOW,
    "config.json": '{"theme": "forest", "flowchart": {"nodeSpacing": 60}}', "broken.json": "{", "style.css": ".node rect { stroke: red }\n",
    "sub/y.mmd": FLOW, "sub/e.md": "```mermaid\n" + FLOW + "```\n",
}
# arguments, exit status, files that come into being (or change), input
RECORDED = [
    ("-i x.mmd", 0, "x.mmd.svg"),
    ("--input=x.mmd", 0, "x.mmd.svg"),
    ("--input x.mmd --output y.svg", 0, "y.svg"),
    ("-ix.mmd -oy.svg -q", 0, "y.svg"),
    ("-i s.mmd -o y.png", 0, "y.png"),
    ("-i c.mmd -o y.pdf", 0, "y.pdf"),
    ("-i x.mmd -e png", 0, "x.mmd.png"),
    ("-i x.mmd -o y.svg -e png", 0, "y.svg"),
    ("-i x.mmd -o y.md", 0, "y.md"),
    ("-i sub/y.mmd", 0, "sub/y.mmd.svg"),
    ("-i x.mmd -o sub/z.svg", 0, "sub/z.svg"),
    ("-i - -o y.svg", 0, "y.svg"),
    ("-i -", 0, "out.svg"),
    ("-e pdf", 0, "out.pdf"),
    ("", 0, "out.svg"),
    ("-i x.mmd -o -", 0, ""),
    ("-i x.mmd -o - -e png", 0, ""),
    ("-i d.md", 0, "d.md-1.svg"),
    ("-i d.md -o out.md", 0, "out-1.svg out.md"),
    ("-i d.md -o out.markdown -e png", 0, "out-1.png out.markdown"),
    ("-i d.md -o out.png", 0, "out-1.png"),
    ("-i d.md -o out.svg -e png", 0, "out-1.svg"),
    ("-i d.md -o sub/out.md", 0, "sub/out-1.svg sub/out.md"),
    ("-i d.md -o d.md", 0, "d-1.svg d.md"),
    ("-i d.md -o out.md -a pics/deep", 0, "out.md pics/deep/out-1.svg"),
    ("-i sub/e.md -o sub/o.md -a pics", 0, "pics/o-1.svg sub/o.md"),
    ("-i d.md -o sub/out.md -a .", 0, "out-1.svg sub/out.md"),
    ("-i d.md -o out.pdf -a pics", 0, "pics/out-1.pdf"),
    ("-i many.md -o out.md", 0, "out-1.svg out-2.svg out-3.svg out-4.svg out-5.svg out.md"),
    ("-i cr.md -o out.md", 0, "out-1.svg out.md"),
    ("-i open.md -o out.md", 0, "out.md"),
    ("-i none.markdown -o out.md", 0, "out.md"),
    ("-i none.markdown", 0, ""),
    ("-i x.mmd -t dark -b transparent -c config.json -C style.css -I chart -s 2 -j 1", 0, "x.mmd.svg"),
    ("-i x.mmd -o y.png --size 600 -b #F0F0F0", 0, "y.png"),
    ("-i x.mmd --no-font-embed -t null", 0, "x.mmd.svg"),
    ("-i x.mmd -o y.pdf --pdf-paper-format A4", 0, "y.pdf"),
    ("-i gone.mmd", 1, ""),
    ("-i bad.mmd", 1, ""),
    ("-i empty.mmd", 1, ""),
    ("-i x.mmd -o y.txt", 1, ""),
    ("-i x.mmd -o y", 1, ""),
    ("-i x.mmd -o /dev/stdout -e svg", 1, ""),
    ("-i x.mmd -o y.SVG", 1, ""),
    ("-i x.mmd -o gone/y.svg", 1, ""),
    ("-i x.mmd -a pics", 1, ""),
    ("-a pics", 1, ""),
    ("-i d.md -o -", 1, ""),
    ("-i x.mmd -c gone.json", 1, ""),
    ("-i x.mmd -c broken.json", 1, ""),
    ("-i x.mmd -C gone.css", 1, ""),
    ("-i x.mmd -e gif", 1, ""),
    ("-i x.mmd -t dracula", 1, ""),
    ("-i x.mmd -s 0", 1, ""),
    ("-i x.mmd -j none", 1, ""),
    ("-i x.mmd --sizes 3", 1, ""),
    ("-i x.mmd y.mmd", 1, ""),
    ("-i", 1, ""),
    ("-i x.mmd -o", 1, ""),
]
# one diagram of two is bad: Mermaid CLI may have written the other, nacre writes nothing
PARTIAL = [("-i bad.md -o out.md", 1)]
# of Mermaid CLI 11, refused by 12
ELDER = [
    ("-i x.mmd -w 1024 -H 768", 0, "x.mmd.svg", ("width", "height")),
    ("-i x.mmd -o y.pdf -f", 0, "y.pdf", ()),
    ("-i x.mmd --iconPacks @iconify-json/logos @iconify-json/mdi -o y.svg", 0, "y.svg", ("iconPacks",)),
    ("-i x.mmd --iconPacksNamesAndUrls a#https://example.org/a.json -q", 0, "x.mmd.svg", ()),
]


def find_cli():
    """The command line of Mermaid CLI 12 with a browser's settings, or None."""
    modules = os.environ.get("NACRE_NODE_MODULES")
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    package = pathlib.Path(modules or "/nowhere") / "@mermaid-js" / "mermaid-cli"
    if not browser or not shutil.which("node") or not (package / "package.json").exists():
        return None
    if not json.loads((package / "package.json").read_text())["version"].startswith("12."):
        return None
    return ["node", str(package / "src" / "cli.js")], browser


CLI = find_cli()


class Mmdc(ProgramTest):
    def setUp(self):
        super().setUp()
        self.start()

    def start(self):
        for child in self.folder.iterdir():
            if child.name != ".git":
                shutil.rmtree(child) if child.is_dir() else child.unlink()
        for name, text in FILES.items():
            self.write(name, text)

    def changed(self):
        """Files that are new or not as they were, in order."""
        return " ".join(f for f in self.files() if not f.startswith(".git/") and self.read(f) != FILES.get(f, "\0").encode())

    def mmdc(self, args, check=0, **more):
        more.setdefault("stdin", FLOW.encode())
        return self.nacre("mmdc", *args.split(), check=check, **more)


class Table(Mmdc):
    def test_recorded(self):
        for args, status, files in RECORDED:
            with self.subTest(args=args):
                self.start()
                self.mmdc(args, check=status)
                self.assertEqual(self.changed(), files)

    def test_options_of_version_11(self):
        for args, status, files, said in ELDER:
            with self.subTest(args=args):
                self.start()
                done = self.mmdc(args, check=status)
                self.assertEqual(self.changed(), files)
                lines = done.stderr.decode().splitlines()
                for name in said:
                    self.assertEqual(len([line for line in lines if "'--%s' has no effect" % name in line]), 1, lines)
                self.assertEqual(len([line for line in lines if "has no effect" in line]), len(said))

    def test_nothing_is_half_written(self):
        for args, status in PARTIAL:
            done = self.mmdc(args, check=status)
            self.message(done, "bad.md:7:")
            self.assertEqual(self.changed(), "")

    @unittest.skipUnless(CLI, "no Mermaid CLI 12 with a browser in NACRE_NODE_MODULES")
    def test_side_by_side(self):
        command, browser = CLI
        for args, status, files in RECORDED:
            with self.subTest(args=args):
                self.start()
                (self.folder / ".git" / "p.json").write_text(json.dumps({"executablePath": browser, "args": ["--no-sandbox"]}))
                words = args.split()
                if "-i" not in words[-1:] and "-o" not in words[-1:]:
                    words += ["-p", ".git/p.json"]
                done = subprocess.run([*command, *words], input=FLOW.encode(), cwd=self.folder, capture_output=True, timeout=300)
                self.assertEqual((done.returncode, self.changed()), (status, files), done.stderr.decode(errors="replace"))
                theirs = {f: self.read(f) for f in files.split()}
                self.start()
                self.mmdc(args, check=status)
                for name in files.split():
                    self.compare(name, theirs[name], self.read(name))

    def compare(self, name, theirs, ours):
        """Documents are the same; pictures are of one format."""
        def kind(data):
            return "png" if data[:4] == b"\x89PNG" else "pdf" if data[:4] == b"%PDF" else "svg" if b"<svg" in data[:200] else "text"
        self.assertEqual(kind(theirs), kind(ours), name)
        if kind(theirs) == "text":
            self.assertEqual(theirs.decode(), ours.decode())


class Markdown(Mmdc):
    def test_which_blocks(self):
        self.mmdc("-i many.md -o out.md")
        self.assertEqual(self.read("out.md").decode(), SHOWN.format("out"))

    def test_the_carriage_return_of_a_closing_fence(self):
        self.mmdc("-i cr.md -o out.md")
        self.assertEqual(self.read("out.md"), b"a\r\n![diagram](./out-1.svg)\nb\r\n")

    def test_links(self):
        for args, link in (("-i d.md -o sub/out.md -a .", "./../out-1.svg"), ("-i d.md -o out.md -a a/b", "./a/b/out-1.svg"),
                           ("-i d.md -o out.md -a a/../b", "./b/out-1.svg")):
            self.mmdc(args)
            self.assertIn("(%s)" % link, self.read(args.split()[3]).decode())
        self.nacre("mmdc", "-i", "d.md", "-o", "a b(1).md")
        self.assertIn("![diagram](./a%20b%281%29-1.svg)", self.read("a b(1).md").decode())
        self.assertIn("a b(1)-1.svg", self.files())

    def test_marks_in_the_text(self):
        """Classes have three colons, but not at the end of a line."""
        self.write("c.md", "```mermaid\nflowchart LR\n  A:::big --> B\n  classDef big fill:#f00\n```\n")
        self.mmdc("-i c.md -o out.md")
        self.assertEqual(self.read("out.md"), b"![diagram](./out-1.svg)\n")

    def test_odd_blocks(self):
        """As Mermaid CLI's own pattern has it: any three marks, anywhere at a line's end, any line end."""
        for before, after in (("\ufeff```mermaid\n" + FLOW + "```\nend", "{1}\nend"),
                              ("`:`mermaid\n" + FLOW.rstrip() + " :`: \nend\n", "{1}\nend\n"),
                              ("````mermaid\n" + FLOW + "````\n", "````mermaid\n" + FLOW + "````\n"),
                              ("```mermaid\r\n" + FLOW + ":::\r\r```mermaid\n" + FLOW + "```", "{1}{2}")):
            self.write("o.md", before)
            self.mmdc("-i o.md -o out.md")
            self.assertEqual(self.read("out.md").decode(), re.sub(r"{(\d)}", r"![diagram](./out-\1.svg)", after))

    def test_places_are_those_of_the_document(self):
        self.message(self.mmdc("-i bad.md -o out.md", check=1), "bad.md:7:5: error[")

    def test_jobs_change_nothing(self):
        results = []
        for jobs in ("1", "2", "5"):
            self.start()
            done = self.mmdc("-i many.md -o out.md -j " + jobs)
            results.append((done.stderr, {f: self.read(f) for f in self.changed().split()}))
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])


class Looks(Mmdc):
    def picture(self, args, text=FLOW):
        self.write("p.mmd", text)
        self.mmdc("-i p.mmd -o p.svg --no-font-embed " + args)
        return self.read("p.svg").decode()

    def test_the_document_beats_the_configuration_beats_the_option(self):
        forest, dark = self.picture("-t forest"), self.picture("-t dark")
        self.write("dark.json", '{"theme": "dark"}')
        def bare(svg):
            return re.sub(r'nacre-[0-9a-f]+|data-nacre="[^"]*"', "", svg)
        self.assertNotEqual(bare(forest), bare(dark))
        self.assertEqual(bare(self.picture("-t forest -c dark.json")), bare(dark))
        self.assertEqual(bare(self.picture("-t dark", "---\nconfig:\n  theme: forest\n---\n" + FLOW)), bare(forest))

    def test_ground(self):
        self.assertRegex(self.picture("-t dark"), r'<rect class="background"[^>]*fill="(white|#fff(fff)?)"')
        self.assertNotIn('class="background"', self.picture("-b transparent"))
        self.assertRegex(self.picture("-b #F0F0F0"), r'<rect class="background"[^>]*fill="#f0f0f0"')

    def test_ids_and_styles(self):
        self.assertIn('<svg xmlns="http://www.w3.org/2000/svg" id="chart"', self.picture("-I chart"))
        self.assertIn("stroke:red", self.picture("-C style.css").replace(" ", ""))
        done = self.mmdc("-i x.mmd -I an.id")
        self.assertIn(b"'--svgId' has no effect", done.stderr)

    def size(self, args):
        self.mmdc("-i x.mmd -o p.png " + args)
        data = self.read("p.png")
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")

    def test_sizes(self):
        one, three = self.size(""), self.size("-s 3")
        self.assertLessEqual(abs(one[0] * 3 - three[0]), 3)
        self.assertEqual(max(self.size("--size 640")), 640)
        self.assertEqual(max(self.size("--size 320 -s 2")), 640)

    def test_no_project_is_looked_for(self):
        plain = self.picture("")
        self.write("nacre.yaml", "theme: dark\n")
        self.assertEqual(self.picture(""), plain)


class Streams(Mmdc):
    def test_standard_output(self):
        done = self.mmdc("-i x.mmd -o - -e svg")
        self.assertTrue(done.stdout.startswith(b"<svg"))
        self.assertEqual(done.stderr, b"")
        done = self.mmdc("-i - -o -")
        self.assertTrue(done.stdout.startswith(b"<svg"))
        self.assertIn(b"no format is named", done.stderr)
        self.assertTrue(self.mmdc("-i - -o - -e png").stdout.startswith(b"\x89PNG"))

    def test_quiet(self):
        self.assertIn(b"wrote x.mmd.svg", self.mmdc("-i x.mmd").stderr)
        self.assertEqual(self.mmdc("-i x.mmd -q -w 3 --iconPacks a").stderr, b"")

    def test_called_mmdc(self):
        called = self.folder / ".git" / "mmdc"  # a link in a folder that is not looked at
        os.symlink(NACRE, called)
        done = subprocess.run([str(called), "-i", "d.md", "-o", "out.md"], cwd=self.folder, capture_output=True)
        self.assertEqual((done.returncode, self.changed()), (0, "out-1.svg out.md"), done.stderr)
        done = subprocess.run([str(called), "render", "x.mmd"], cwd=self.folder, capture_output=True)
        self.assertEqual(done.returncode, 1)

    def test_version_and_help(self):
        self.assertRegex(self.mmdc("--version").stdout.decode(), r"^nacre \d")
        self.assertEqual(self.mmdc("-V").stdout, self.mmdc("--version").stdout)
        self.assertIn(b"--puppeteerConfigFile", self.mmdc("-h").stdout)

    def test_a_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([NACRE, "mmdc", "-i", "x.mmd", "-o", "-", "-e", "svg"], stdout=full, stderr=subprocess.PIPE,
                                  cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"error[cannot-write]", done.stderr)


if __name__ == "__main__":
    unittest.main()
