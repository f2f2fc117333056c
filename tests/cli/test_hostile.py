"""Texts made to hurt: each is answered within the budget, with a coded message or a picture.

The budget is 1 s and 200 MB. What is asserted is memory, and processor time with room for a slow
machine: a text that needs ten times its share has a cost that grows faster than its length.
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import NACRE

MB = 1 << 20
MEMORY = 200 * MB
SECONDS = 10

F = "flowchart LR\n"
S = "sequenceDiagram\n"
C = "C4Context\n"


def much(piece, size=MB):
    return piece * (size // len(piece))


def numbered(form, count):
    return "".join(form % i for i in range(count))


def aliases():
    """Nine maps, each nine times the one before: 9^9 values when written out."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += ["a%d: &a%d [%s]" % (i, i, ", ".join(["*a%d" % (i - 1)] * 9)) for i in range(1, 9)]
    return "---\n%s\nconfig: *a8\n---\n%sa\n" % ("\n".join(lines), F)


# name: text, the code of the first message (None: a picture and no error)
TEXTS = {
    "parentheses": (F + much("("), "syntax"),
    "parentheses of a node": (F + "a" + much("("), "unclosed"),
    "brackets of nodes": (F + much("a["), "unclosed"),
    "braces": (F + "a" + much("{"), "unclosed"),
    "quotes": (F + much('"'), None),
    "quotes and backticks": (F + "a[" + much('"`'), "unclosed"),
    "a chain of arrows": (F + much("A-->"), "input-too-large"),
    "dashes": (F + "a " + much("-"), "bad-arrow"),
    "dots": (F + "a -" + much("."), "bad-arrow"),
    "pipes": (F + "a-->" + much("|"), "syntax"),
    "an arrow's endless text": (F + "a -- " + much("text "), "bad-arrow"),
    "subgraphs": (F + much("subgraph x\n"), "input-too-large"),
    "ends": (F + much("end\n"), "unexpected-end"),
    "ampersands": (F + much("&"), "input-too-large"),
    "ampersands of a name": (F + "a" + much("&"), "input-too-large"),
    "ampersands and names": (F + much("a & "), "syntax"),
    "ampersands that multiply": (F + numbered("a%d & ", 2000) + "a --> " + numbered("b%d & ", 2000) + "b", "input-too-large"),
    "braces of data": (F + "a@" + much("{"), "unclosed"),
    "data in data": (F + much("a@{"), "unclosed"),
    "deep data": (F + "a@{ x: " + much("[", 200000) + " }", "bad-data"),
    "data on every line": (F + much("a@{ shape: cyl }\n"), None),
    "a long label": (F + "a[" + much("x ") + "]", "input-too-large"),
    "a long quoted label": (F + 'a["' + much("word ") + '"]', "input-too-large"),
    "a long edge label": (F + "a-->|" + much("x") + "|b", "input-too-large"),
    "a long name": (F + much("x"), "input-too-large"),
    "a label of stars": (F + 'a["`' + "*" * 60000 + '`"]', None),
    "a label of tags": (F + 'a["' + "<b>" * 20000 + '"]', None),
    "a label of line breaks": (F + 'a["' + "<br>" * 15000 + '"]', None),
    "a label of entities": (F + 'a["' + much("#35;") + '"]', "input-too-large"),
    "too many nodes": (F + numbered("n%d\n", 150000), "input-too-large"),
    "linkStyle with many numbers": (F + "a-->b\nlinkStyle " + much("0,") + "0 stroke:red", None),
    "a class of many": (F + "class " + numbered("n%d,", 150000) + "n x", None),
    "one slip on every line": (F + much("a -> b\n"), "bad-arrow"),
    "colours": (F + much("style:#;", 200000), "syntax"),
    "tags that never close": (F + much('<a b="c'), "syntax"),
    "loops": (S + much("loop x\n"), "input-too-large"),
    "loops that close": (S + "loop x\n" * 20000 + "A->>B: x\n" + "end\n" * 20000, "input-too-large"),
    "boxes in boxes": (S + much("box x\n"), "input-too-large"),
    "a million participants": (S + numbered("actor %x\n", 1000000), "input-too-large"),
    "messages that activate": (S + much("A->>+B: x\n"), "input-too-large"),
    "arrows of messages": (S + much("->>"), "syntax"),
    "a long text of a message": (S + "A->>B: " + much("word "), "input-too-large"),
    "a long name of a participant": (S + much("A") + "->>B: x", "input-too-large"),
    "a long title": (S + "title " + much("word "), "input-too-large"),
    "sequence slips": (S + much("A=>B\n"), "sequence-arrow"),
    "menus": (S + "links A: " + much("["), "input-too-large"),
    "calls": (C + much("Person("), "unclosed"),
    "arguments": (C + "Person(" + much("a,"), "unclosed"),
    "named arguments": (C + "Person(a, " + much('$x="y", '), "unclosed"),
    "boundaries": (C + numbered('Boundary(a%d, "b") {\n', 40000), "input-too-large"),
    "braces of C4": (C + much("{"), "syntax"),
    "quotes that never close": (C + much('Person(a, "x)\n'), "unclosed"),
    "a long title of C4": (C + "title " + much("word "), "input-too-large"),
    "a long text of C4": (C + 'Person(a, "' + much("word ") + '")', "input-too-large"),
    "unknown macros": (C + much("Foo(a)\n"), "c4-unknown-macro"),
    "aliases that multiply": (aliases(), "front-matter"),
    "deep YAML": ("---\nconfig: " + much("[", 100000) + "\n---\n" + F, "front-matter"),
    "YAML with one key": ("---\n" + "a: 1\n" * 200000 + "---\n" + F, "front-matter"),
    "front matter that never ends": ("---\n" + much("a: b\n"), "front-matter"),
    "fences": (much("---\n"), "front-matter"),
    "deep JSON": ("%%{init: " + much("[", 100000) + "}%%\n" + F + "a", "bad-directive"),
    "directives": (much("%%{init: {}}%%\n") + F + "a", "input-too-large"),
    "directives with keys": ("".join('%%%%{init: {"k%d": 1}}%%%%\n' % i for i in range(40000)) + F + "a", "input-too-large"),
    "open directives": (much("%%{") + F, "bad-directive"),
    "comments": (much("%%x\n") + F + "a", None),
    "blanks": (much(" "), "empty-diagram"),
    "line feeds": (much("\n"), "empty-diagram"),
    "a NUL": (F + "a\0b", "invalid-utf8"),
    "NULs": ("\0" * MB, "invalid-utf8"),
    "no UTF-8": (F.encode() + b"\xff" * MB, "invalid-utf8"),
    "half a character": (F.encode() + b" a[\xe2\x82", "invalid-utf8"),
    "combining marks": (F + "a[e" + "\u0301" * 30000 + "]", None),
    "directions of text": (F + "a[" + "\u202e" * 20000 + "]", None),
    "sixteen megabytes": (F + "%%" + "x" * (16 * MB - 20) + "\n", None),
    "more than that": ("x" * (17 * MB), "input-too-large"),
}


class Hostile(unittest.TestCase):
    def answer(self, text):
        """Exit status, standard error, and what it took."""
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
            given.write(text if isinstance(text, bytes) else text.encode())
            given.seek(0)
            process = subprocess.Popen([NACRE, "render", "--no-config", "-", "-o", os.devnull], stdin=given,
                                       stdout=subprocess.DEVNULL, stderr=said, preexec_fn=limit)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            return process.returncode, said.read().decode(errors="replace"), used

    def test_each_is_answered_within_the_budget(self):
        slowest, largest = (0, ""), (0, "")
        for name, (text, code) in TEXTS.items():
            with self.subTest(name):
                status, said, used = self.answer(text)
                first = said.split("\n", 1)[0]
                self.assertIn(status, (0,) if code in (None, "bad-directive") and "error[" not in said else (1, 2), first)
                if code:
                    self.assertRegex(first, r"(error|warning)\[%s\]: " % code)
                self.assertLess(len(said), 200 * 1000)
                slowest = max(slowest, (used.ru_utime + used.ru_stime, name))
                largest = max(largest, (used.ru_maxrss * 1024, name))
                self.assertLess(used.ru_maxrss * 1024, MEMORY)
        print("slowest: %.2f s, %s; largest: %d MB, %s" % (slowest[0], slowest[1], largest[0] / MB, largest[1]))


if __name__ == "__main__":
    unittest.main()
