"""nacre render -f txt and -f ascii: nothing is lost, nothing is overwritten, and it fits where it can."""
import json
import pathlib
import re
import sys
import unicodedata
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness
from harness import C4, FLOW, SEQUENCE, SOURCE, ProgramTest

HEADS = "▲▶▼◀●╳"
WIDE = """flowchart LR
  A[日本語のラベル] -->|はい| B{判断する?}
  B -.-> C((丸)) & D[(データ)]
  subgraph g [グループ]
    C
  end
"""


def width(line):
    """Cells of a line in a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def words(model):
    """Every word of a model's labels."""
    keys = ("label", "text", "title", "technology", "description")
    found = []
    if isinstance(model, dict):
        for key, value in model.items():
            if key in keys and isinstance(value, str) and model.get("fragment") != "rect" and \
                    model.get("kind") != "rect":
                found += re.findall(r"[A-Za-z0-9]{3,}", re.sub(r"<[^>]*>|&\w+;|\bfa\w?:\S+|\\n", " ", value))
            found += words(value)
    elif isinstance(model, list):
        for value in model:
            found += words(value)
    return found


class Text(ProgramTest):
    def draw(self, text, *args, form="txt", check=0):
        source = text if isinstance(text, bytes) else text.encode()
        return self.nacre("render", "-", "-f", form, "-o", "-", *args, stdin=source, check=check)

    def lines(self, text, *args, **more):
        return self.draw(text, *args, **more).stdout.decode().splitlines()

    def test_a_small_chart(self):
        self.assertEqual(self.draw("flowchart LR\n  A[One] -->|yes| B(Two)\n").stdout.decode(),
                         "┌─────┐         ╭─────╮\n"
                         "│ One ├───yes──▶│ Two │\n"
                         "└─────┘         ╰─────╯\n")
        self.assertEqual(self.draw("flowchart LR\n  A[One] -->|yes| B(Two)\n", form="ascii").stdout.decode(),
                         "+-----+         .-----.\n"
                         "| One +---yes-->| Two |\n"
                         "+-----+         '-----'\n")

    def test_no_word_is_lost(self):
        """Of every diagram at hand, wide and in as few columns as may be."""
        sources = sorted([*(SOURCE / "tests/golden").glob("*/*.mmd"), *(SOURCE / "samples").glob("*.mmd")])
        self.assertGreater(len(sources), 30)
        for source in sources:
            text = source.read_bytes()
            model = json.loads(self.nacre("dump", "-", stdin=text).stdout)
            for args in ((), ("--columns", "80"), ("--columns", "1")):
                with self.subTest(source.name, args=args):
                    out = self.draw(text, *args).stdout.decode()
                    self.assertEqual([w for w in words(model) if w not in out and w not in ("rgb",) and
                                      not (source.name == "fragments.mmd" and w.isdigit())], [])

    def test_every_head_shows(self):
        """In charts whose labels have no such characters; an edge has at most two."""
        for source in sorted((SOURCE / "tests/golden/flowchart").glob("*.mmd")):
            text = source.read_bytes()
            model = json.loads(self.nacre("dump", "-", stdin=text).stdout)
            wanted = sum((e.get("head", "none") != "none") + (e.get("tail", "none") != "none")
                         for e in model["edges"] if e.get("stroke") != "invisible")
            out = self.draw(text).stdout.decode()
            marks = sum(n.get("shape") in ("f-circ", "anchor") for n in model["nodes"])
            with self.subTest(source.name):
                self.assertEqual(sum(out.count(h) for h in HEADS), wanted + marks)

    def test_it_fits_or_says_so(self):
        for source in (FLOW, SEQUENCE, C4, (SOURCE / "samples/c4-context.mmd").read_text()):
            for columns in (200, 80, 60, 20):
                done = self.draw(source, "--columns", str(columns))
                widest = max(width(line) for line in done.stdout.decode().splitlines())
                with self.subTest(source[:20], columns=columns):
                    self.assertEqual(widest > columns, b"too-few-columns" in done.stderr)

    def test_narrower_is_not_wider(self):
        source = (SOURCE / "samples/c4-context.mmd").read_text()
        widest = [max(map(width, self.lines(source, "--columns", n))) for n in ("100", "56", "1")]
        self.assertEqual(widest, sorted(widest, reverse=True))
        self.assertLess(widest[2], widest[0])

    def test_wide_characters_take_two_cells(self):
        """The right borders of a box stand in one column, whatever it holds."""
        for label in ("日本語のラベル", "héllo", "e\u0301a\u0308", "한국어 and more", "🚀 go", "ﾊﾝｶｸ"):
            lines = self.lines("flowchart LR\n  A[%s]\n" % label)
            with self.subTest(label):
                self.assertEqual(len({width(line) for line in lines}), 1, lines)
                self.assertIn(label, lines[1])

    def test_ascii_is_ascii(self):
        for source in (FLOW, SEQUENCE, C4):
            self.draw(source, form="ascii").stdout.decode("ascii")

    def test_no_escape_reaches_the_terminal(self):
        out = self.draw(b"flowchart LR\n  A[\"red \x1b[31m and \xc2\x9b and \xe2\x80\xae turned\"]\n").stdout
        self.assertNotIn(b"\x1b", out)
        self.assertNotIn("\u009b", out.decode())
        self.assertNotIn("\u202e", out.decode())

    def test_same_bytes(self):
        for source in (FLOW, SEQUENCE, C4, WIDE):
            first = self.draw(source).stdout
            env = harness.environment(LC_ALL="ja_JP.UTF-8", LANG="C", COLUMNS="20", TERM="dumb", HOME=None)
            self.assertEqual(self.draw(source).stdout, first)
            self.assertEqual(self.nacre("render", "-", "-f", "txt", "-o", "-", stdin=source.encode(), env=env).stdout, first)

    def test_files(self):
        self.write("a.mmd", FLOW)
        self.nacre("render", "a.mmd", "-f", "svg,txt")
        self.assertEqual(self.files(), ["a.mmd", "a.svg", "a.txt"])
        self.nacre("render", "a.mmd", "-o", "b.txt")
        self.assertEqual(self.read("a.txt"), self.read("b.txt"))


if __name__ == "__main__":
    unittest.main()
