"""How large a diagram may be: every limit in every family, its option, its message."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import C4, FLOW, SEQUENCE, ProgramTest

NESTED = {
    "flowchart": "flowchart TB\nsubgraph a\nsubgraph b\nsubgraph c\nx\nend\nend\nend\n",
    "sequence": "sequenceDiagram\nloop a\nloop b\nloop c\nA->>B: x\nend\nend\nend\n",
    "c4": "C4Context\nBoundary(a, a) {\nBoundary(b, b) {\nBoundary(c, c) {\nSystem(s, s)\n}\n}\n}\n",
}
LINES = {
    "flowchart": "flowchart LR\nA --> B\nB --> C\nC --> A\n",
    "sequence": "sequenceDiagram\nparticipant A\nparticipant B\nparticipant C\nA->>B: x\nB->>C: y\nC->>A: z\n",
    "c4": "C4Context\nSystem(a, A)\nSystem(b, B)\nSystem(c, C)\nRel(a, b, x)\nRel(b, c, y)\nRel(c, a, z)\n",
}
LABELS = {
    "flowchart": "flowchart LR\nA[%s]\n",
    "sequence": "sequenceDiagram\nA->>B: %s\n",
    "c4": 'C4Context\nSystem(a, "%s")\n',
}


class Limits(ProgramTest):
    def holds(self, text, option, at, line, words):
        """Fails with the limit one below `at`, in this line; with `at` it is drawn."""
        for command in (["render", "-o", "-"], ["dump"]):
            self.nacre(*command, "-", option, str(at), stdin=text.encode())
            done = self.nacre(*command, "-", option, str(at - 1), stdin=text.encode(), check=1)
            self.assertIn(": error[input-too-large]: ", self.message(done, "<stdin>:%s:" % line))
            self.assertIn(words, self.message(done, "<stdin>:%s:" % line))
            self.assertEqual(done.stderr.count(b"error["), 1, done.stderr)
            self.assertEqual(done.stdout, b"")

    def test_nodes(self):
        for family, line in (("flowchart", "3"), ("sequence", "4"), ("c4", "4")):
            with self.subTest(family):
                self.holds(LINES[family], "--max-nodes", 3, line, "more than 2")

    def test_edges(self):
        for family, line in (("flowchart", "4"), ("sequence", "7"), ("c4", "7")):
            with self.subTest(family):
                self.holds(LINES[family], "--max-edges", 3, line, "more than 2")

    def test_nesting(self):
        for family, line in (("flowchart", "4"), ("sequence", "4"), ("c4", "4")):
            with self.subTest(family):
                self.holds(NESTED[family], "--max-nesting", 3, line, "deeper than 2" if family != "flowchart"
                           else "more than 2 deep")

    def test_labels(self):
        for family, line in (("flowchart", "2"), ("sequence", "2"), ("c4", "2")):
            with self.subTest(family):
                self.holds(LABELS[family] % ("x" * 1024), "--max-label", 1024, line, "1023")
        self.nacre("dump", "--max-label=1K", stdin=(LABELS["c4"] % ("x" * 1024)).encode())

    def test_more_than_the_default(self):
        deep = "flowchart TB\n" + "".join("subgraph s%d\n" % i for i in range(300)) + "x\n" + "end\n" * 300
        self.nacre("dump", stdin=deep.encode(), check=1)
        self.nacre("dump", "--max-nesting", "300", stdin=deep.encode())
        self.nacre("render", "-", "--max-nesting", "300", stdin=deep.encode())
        wide = LABELS["flowchart"] % ("x " * 40000)
        self.nacre("dump", stdin=wide.encode(), check=1)
        self.nacre("dump", "--max-label", "100000", stdin=wide.encode())

    def test_input(self):
        self.write("x.mmd", FLOW)
        self.write("d.md", "```mermaid\n" + SEQUENCE + "```\n")
        for name in ("x.mmd", "d.md"):
            size = len(self.read(name))
            self.nacre("render", name, "-o", "out/", "--max-input", str(size))
            done = self.nacre("render", name, "-o", "out/", "--max-input", str(size - 1), check=2)
            self.message(done, "%s: error[input-too-large]: more than %d bytes" % (name, size - 1))
            self.message(done, "  hint: divide it, or raise the limit with '--max-input'")
        self.message(self.nacre("dump", "--max-input", "10", stdin=C4.encode(), check=2),
                     "standard input: error[input-too-large]: ")
        big = FLOW + "%% " + "x" * (17 << 20) + "\n"
        self.nacre("dump", stdin=big.encode(), check=2)
        self.nacre("dump", "--max-input=18M", stdin=big.encode())

    def test_values(self):
        for value in ("", "0", "-1", "1.5", "ten", "1T", "1KK", "K", "99999999999999999999", "99999999999999999G"):
            done = self.nacre("dump", "--max-input=" + value, check=2)
            self.message(done, "nacre: error[usage]: '%s' is no value for '--max-input'" % value)
            self.assertIn(b"  hint: a whole number above 0; K, M or G behind it", done.stderr)
        self.message(self.nacre("dump", "--max-nodes=1K", check=2), "  hint: a whole number above 0")


if __name__ == "__main__":
    unittest.main()
