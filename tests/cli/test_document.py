"""nacre render of Markdown documents."""
import os
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, C4, FLOW, SEQUENCE, ProgramTest


def fence(text):
    return "```mermaid\n" + text + "```\n"


DOCUMENT = "# Title\n\nText with a [link](other.md#part).\n\n" + fence(FLOW) + "\nBetween.\n\n" + fence(SEQUENCE) + "End\n"


class Documents(ProgramTest):
    def test_pictures_take_the_fences_places(self):
        self.write("docs/d.md", DOCUMENT)
        done = self.nacre("render", "docs/d.md", "-o", "docs/new/")
        self.assertEqual((done.stdout, done.stderr), (b"", b""))
        self.assertEqual(self.files(), ["docs/d.md", "docs/new/d-1.svg", "docs/new/d-2.svg", "docs/new/d.md"])
        text = self.read("docs/new/d.md").decode()
        images = re.findall(r"!\[([^\]]*)\]\(([^ )]*)[^)]*\)", text)
        self.assertEqual([i[1] for i in images], ["d-1.svg", "d-2.svg"])
        self.assertTrue(all(i[0] for i in images), images)
        self.assertIn("[link](../other.md#part)", text)
        self.assertNotIn("mermaid", text)
        self.assertIn("\nBetween.\n", text)

    def test_links_may_stay(self):
        self.write("docs/d.md", DOCUMENT)
        self.nacre("render", "docs/d.md", "-o", "new/", "--links", "keep")
        self.assertIn(b"[link](other.md#part)", self.read("new/d.md"))
        self.nacre("render", "docs/d.md", "-o", "new/", "--links=rebase")
        self.assertIn(b"[link](../docs/other.md#part)", self.read("new/d.md"))

    def test_folders_with_odd_names_in_links(self):
        self.write("my docs/d.md", DOCUMENT)
        self.nacre("render", "my docs/d.md", "-o", "out/")
        self.assertIn(b"[link](../my%20docs/other.md#part)", self.read("out/d.md"))

    def test_a_title_is_the_images_title(self):
        self.write("d.md", fence('---\ntitle: All "of" it\n---\n' + FLOW))
        self.nacre("render", "d.md", "-o", "out/")
        self.assertIn(b'](d-1.svg "All \\"of\\" it")', self.read("out/d.md"))
        for text in (FLOW, SEQUENCE, C4):
            self.write("d.md", fence(text))
            self.nacre("render", "d.md", "-o", "out/")
            self.assertIn(b"](d-1.svg)", self.read("out/d.md"))

    def test_names_in_links_are_escaped(self):
        self.write("a (b) ü.md", fence(FLOW))
        self.nacre("render", "a (b) ü.md", "-o", "out/")
        self.assertIn(b"](a%20%28b%29%20%C3%BC-1.svg", self.read("out/a (b) ü.md"))

    def test_output_file(self):
        self.write("d.md", DOCUMENT)
        self.nacre("render", "d.md", "-o", "index.md")
        self.assertEqual(self.files(), ["d.md", "index-1.svg", "index-2.svg", "index.md"])
        self.assertIn(b"(index-2.svg", self.read("index.md"))

    def test_a_document_needs_a_place(self):
        self.write("d.md", DOCUMENT)
        for args, message in (([], "a document needs '-o' or '--in-place'"),
                              (["-o", "-"], "a document's pictures are files"),
                              (["-o", "d.svg"], "a document does not become the one picture"),
                              (["-o", "./"], "would be written onto the input 'd.md'"),
                              (["-o", "d.md"], "would be written onto the input 'd.md'")):
            done = self.nacre("render", "d.md", *args, check=2)
            self.assertIn(message, done.stderr.decode())
        self.message(self.nacre("render", "d.md", "--in-place", "-o", "x/", check=2),
                     "nacre: error[usage]: '--in-place' and '-o' exclude each other")
        self.assertEqual(self.files(), ["d.md"])
        self.assertEqual(self.read("d.md"), DOCUMENT.encode())

    def test_several_documents(self):
        self.write("docs/d.md", DOCUMENT)
        self.write("docs/sub/d.md", DOCUMENT)
        self.write("docs/x.mmd", FLOW)
        self.nacre("render", "docs/d.md", "docs/sub/d.md", "docs/x.mmd", "-o", "out/")
        self.assertEqual([f for f in self.files() if f.startswith("out/")],
                         ["out/d-1.svg", "out/d-2.svg", "out/d.md", "out/sub/d-1.svg", "out/sub/d-2.svg",
                          "out/sub/d.md", "out/x.svg"])

    def test_a_picture_of_one_is_a_picture_of_another(self):
        self.write("d.md", DOCUMENT)
        self.write("d-1.mmd", FLOW)
        done = self.nacre("render", "d.md", "d-1.mmd", "-o", "out/", check=2)
        self.assertIn(b"error[output-collision]: ", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_nothing_to_replace(self):
        for text in (b"", b"no fence\r\n", b"\xef\xbb\xbf# Mark\n", b"```c\nint x;\n```\n", b"```mermaid\n```\n",
                     b"````\n```mermaid\nflowchart LR\n```\n````\n", b"no end of line"):
            self.write("d.md", text)
            self.nacre("render", "d.md", "-o", "out/")
            self.assertEqual(self.read("out/d.md"), text)


class InPlace(ProgramTest):
    def test_rewrites_and_keeps_the_mode(self):
        path = self.write("docs/d.md", DOCUMENT)
        os.chmod(path, 0o600)
        self.nacre("render", "--in-place", "docs/d.md")
        self.assertEqual(self.files(), ["docs/d-1.svg", "docs/d-2.svg", "docs/d.md"])
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        text = self.read("docs/d.md").decode()
        self.assertIn("[link](other.md#part)", text)
        self.assertIn("(d-2.svg", text)
        self.nacre("render", "--in-place", "docs/d.md")
        self.assertEqual(self.read("docs/d.md").decode(), text)

    def test_a_new_diagram_gets_a_new_number(self):
        self.write("d.md", DOCUMENT)
        self.nacre("render", "--in-place", "d.md")
        first = self.read("d-1.svg")
        self.write("d.md", self.read("d.md") + fence(C4).encode())
        self.nacre("render", "--in-place", "d.md")
        self.assertEqual(self.read("d-1.svg"), first)
        self.assertIn(b"(d-3.svg", self.read("d.md"))
        self.assertIn("d-3.svg", self.files())


class Errors(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("d.md", "# Title\n\n" + fence(BROKEN) + "\n> quoted\n>\n> ```mermaid\n> flowchart LR\n> A -> B\n> ```\n\n" + fence(FLOW))

    def test_all_are_told_and_nothing_is_written(self):
        done = self.nacre("render", "d.md", "-o", "out/", check=1)
        self.message(done, "d.md:5:")
        self.message(done, "d.md:12:")
        self.assertEqual(self.files(), ["d.md"])
        self.assertFalse((self.folder / "out").exists())

    def test_the_source_line_and_the_caret(self):
        lines = self.nacre("render", "d.md", "-o", "out/", check=1).stderr.decode().splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("d.md:12:"))
        column = int(lines[at].split(":")[2])
        self.assertEqual(lines[at + 1], "    > A -> B")
        self.assertEqual(lines[at + 2].index("^"), 4 + column - 1)

    def test_keep_going(self):
        done = self.nacre("render", "d.md", "-o", "out/", "--keep-going", check=1)
        self.message(done, "d.md:5:")
        self.assertEqual(self.files(), ["d.md", "out/d-3.svg", "out/d.md"])
        text = self.read("out/d.md").decode()
        self.assertIn(fence(BROKEN), text)
        self.assertIn("> ```mermaid\n> flowchart LR\n", text)
        self.assertIn("(d-3.svg", text)

    def test_one_bad_document_does_not_stop_another(self):
        self.write("good.md", DOCUMENT)
        self.nacre("render", "d.md", "good.md", "-o", "out/", check=1)
        self.assertEqual([f for f in self.files() if f.startswith("out/")],
                         ["out/good-1.svg", "out/good-2.svg", "out/good.md"])

    def test_in_place_leaves_a_bad_document_alone(self):
        before = self.read("d.md")
        self.nacre("render", "--in-place", "d.md", check=1)
        self.assertEqual(self.read("d.md"), before)
        self.assertEqual(self.files(), ["d.md"])


if __name__ == "__main__":
    unittest.main()
