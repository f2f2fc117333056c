"""Icons and images: built in, from packs, from a folder; what is refused and what stands for it."""
import base64
import json
import os
import pathlib
import re
import struct
import sys
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ProgramTest


def png(width, height):
    """A plain grey picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(width) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


PACK = json.dumps({"prefix": "own", "icons": {"dot": {"body": "<circle cx='8' cy='8' r='5' fill='#f08'/>"}}})
ICON = 'flowchart LR\n  A@{ icon: "%s", form: "square", label: "Words" } --> B\n'
IMAGE = 'flowchart LR\n  A@{ img: "%s", label: "Words" } --> B\n'


class Icons(ProgramTest):
    def draw(self, text, *args, **more):
        return self.nacre("render", "-", *args, stdin=text.encode(), **more)

    def test_built_in(self):
        for name in ("fa:user", "fa:fa-user", "fas:house", "fab:github"):
            done = self.draw(ICON % name)
            self.assertEqual(done.stderr, b"")
            self.assertEqual(done.stdout.count(b'class="label-icon"'), 1)

    def test_in_a_label(self):
        done = self.draw("flowchart LR\n  A[fa:fa-car Drive] -->|fa:fa-bell| B[fa:fa-home]\n")
        self.assertEqual(done.stdout.count(b'class="label-icon"'), 3)
        self.assertNotIn(b"fa:fa", done.stdout)
        self.assertIn(b"Drive</tspan>", done.stdout)

    def test_in_every_format(self):
        self.write("a.mmd", "flowchart LR\n  A[fa:fa-car Drive]\n")
        self.nacre("render", "a.mmd", "-f", "svg,png,pdf")
        self.nacre("render", "a.mmd", "--svg", "plain", "-o", "p.svg")
        self.assertEqual(self.files(), ["a.mmd", "a.pdf", "a.png", "a.svg", "p.svg"])

    def test_unknown(self):
        done = self.draw(ICON % "fa:gihtub")
        self.message(done, "<stdin>:2:3: warning[unknown-icon]: there is no icon 'fa:gihtub'")
        self.message(done, "  hint: did you mean 'fa:github'?")
        self.assertIn(b'class="label-icon"', done.stdout)
        checked = self.nacre("check", "-", stdin=b"flowchart LR\n  A[fa:fa-gihtub x]\n")
        self.assertIn(b"warning[unknown-icon]", checked.stdout)

    def test_packs(self):
        self.write("own.json", PACK)
        done = self.draw(ICON % "own:dot", "--icons", "own=own.json")
        self.assertEqual(done.stderr, b"")
        self.assertIn(b'fill="#f08"', done.stdout)
        missing = self.draw(ICON % "own:dot")
        self.message(missing, "<stdin>:2:3: warning[unknown-icon]")

    def test_broken_packs(self):
        self.write("bad.json", '{"icons": ')
        self.write("other.json", "[]")
        for word, code in (("own=bad.json", "cannot-read"), ("own=other.json", "cannot-read"),
                           ("own=none.json", "cannot-read"), ("own", "usage"), ("=x.json", "usage")):
            done = self.draw(ICON % "own:dot", "--icons", word, check=2)
            self.assertIn(("error[%s]" % code).encode(), done.stderr)
            self.assertEqual(done.stdout, b"")

    def test_hostile_packs(self):
        for what, text, code in (("deep", "[" * 100000, 2), ("bytes", b'{"icons":{"x":{"body":"\xff"}}}', 2),
                                 ("zero", '{"icons":{"x":{"body":"\\u0000"}}}', 2),
                                 ("no body", '{"icons":{"x":{"body":5}}}', 0), ("no icon", '{"icons":{"x":"y"}}', 0),
                                 ("a ring", '{"icons":{},"aliases":{"x":{"parent":"y"},"y":{"parent":"x"}}}', 0)):
            with self.subTest(what):
                self.write("own.json", text)
                done = self.draw(ICON % "own:x", "--icons", "own=own.json", check=code)
                self.assertIn(b"cannot be used" if code else b"warning[unknown-icon]", done.stderr)

    def test_hostile_bodies(self):
        path = "<path d='M0 0h9v9z'/>"
        for body, drawn in (("<script>alert(1)</script>" + path, True), ("<path onload='x()' d='M0 0h9v9z'/>", True),
                            ("<image href='https://example.org/x.png'/>" + path, True),
                            ("<path fill='url(https://example.org/#a)' d='M0 0h9v9z'/>", True),
                            ("<path style='fill:url(javascript:x())' d='M0 0h9v9z'/>", True),
                            ("<use xlink:href='file:///etc/passwd#a'/>", False),
                            ("<a href='javascript:x()'>%s</a>" % path, False),
                            ("<foreignObject><script>1</script></foreignObject>", False),
                            ("<!-- " + path, False), ("<path d='M0 0", False), ("<g>" * 100000 + path, False)):
            with self.subTest(body[:40]):
                self.write("own.json", json.dumps({"icons": {"x": {"body": body}}}))
                done = self.draw(ICON % "own:x", "--icons", "own=own.json")
                self.assertIn(b'class="label-icon"', done.stdout)  # the icon, or the question mark
                if drawn:
                    self.assertNotIn(b"unknown-icon", done.stderr)
                for word in (b"<script", b"onload", b"example.org", b"javascript", b"passwd", b"foreignObject"):
                    self.assertNotIn(word, done.stdout)

    def test_configuration(self):
        self.write("p/own.json", PACK)
        self.write("p/pictures/a.png", png(4, 3))
        self.write("p/nacre.yaml", "icons:\n  own: own.json\nimages: pictures\n")
        self.write("p/a.mmd", ICON % "own:dot")
        self.write("p/b.mmd", IMAGE % "a.png")
        done = self.nacre("render", "p/a.mmd", "p/b.mmd", "-o", "out/")
        self.assertEqual(done.stderr, b"")
        self.assertIn(b'fill="#f08"', self.read("out/a.svg"))
        self.assertIn(b"<image", self.read("out/b.svg"))

    def test_configuration_stays_below_its_folder(self):
        self.write("own.json", PACK)
        self.write("p/a.mmd", ICON % "own:dot")
        (self.folder / "p/link.json").symlink_to(self.folder / "own.json")
        for path in ("../own.json", str(self.folder / "own.json"), "link.json"):
            self.write("p/nacre.yaml", "icons:\n  own: %s\n" % path)
            done = self.nacre("render", "p/a.mmd", check=2)
            self.assertIn(b"cannot be used", done.stderr)
        text = "---\nconfig:\n  icons:\n    own: own.json\n---\n" + ICON % "own:dot"
        self.message(self.draw(text), "<stdin>:3:3: warning[")


class Images(ProgramTest):
    def draw(self, name, *args, **more):
        return self.nacre("render", "-", *args, stdin=(IMAGE % name).encode(), **more)

    def test_data(self):
        uri = "data:image/png;base64," + base64.b64encode(png(30, 20)).decode()
        done = self.draw(uri)
        self.assertEqual(done.stderr, b"")
        self.assertIn(b'width="30" height="20"', done.stdout)
        for args in (("-f", "png"), ("-f", "pdf"), ("--svg", "plain")):
            self.assertEqual(self.draw(uri, *args).stderr, b"")

    def test_folder(self):
        self.write("p/deep/a.png", png(8, 8))
        self.assertIn(b"<image", self.draw("deep/a.png", "--images", "p").stdout)
        self.assertIn(b"<image", self.draw("./deep//a.png", "--images", "p").stdout)

    def test_refused(self):
        self.write("a.png", png(8, 8))
        self.write("p/text.png", "no picture")
        self.write("p/cut.png", png(200, 200)[:60])
        self.write("p/broken.png", png(20, 20).replace(zlib.compress(bytes(21 * 20))[:6], b"broken"))
        self.write("p/huge.png", png(8, 8).replace(struct.pack(">II", 8, 8), struct.pack(">II", 60000, 60000)))
        (self.folder / "p/link.png").symlink_to(self.folder / "a.png")
        (self.folder / "p/folder.png").mkdir()
        (self.folder / "p/up").symlink_to(self.folder)
        os.mkfifo(self.folder / "p/pipe.png")
        for name in ("../a.png", "x/../../a.png", str(self.folder / "a.png"), "link.png", "none.png", "text.png",
                     "cut.png", "broken.png", "huge.png", "folder.png", "up/a.png", "pipe.png", "https://example.org/a.png"):
            with self.subTest(name):
                done = self.draw(name, "--images", "p")
                self.message(done, "<stdin>:2:3: warning[image]: the image '%s' is not shown" % name[:30])
                self.assertNotIn(b"<image", done.stdout)
                self.assertIn(b'class="label-icon"', done.stdout)  # something stands for it

    def test_refused_data(self):
        good = base64.b64encode(png(8, 8)).decode()
        for uri in ("data:image/svg+xml;base64," + base64.b64encode(b'<svg onload="x"/>').decode(),
                    "data:image/jpeg;base64," + good, "data:text/html;base64," + good, "data:image/png," + good,
                    "data:image/png;base64,", "data:image/png;base64,%%%%", "data:image/png;base64," + good[:60]):
            with self.subTest(uri[:40]):
                done = self.draw(uri)
                self.message(done, "<stdin>:2:3: warning[image]: the image 'data:...' is not shown: ")
                self.assertNotIn(b"<image", done.stdout)

    def test_what_stands_behind_a_picture_is_cut_off(self):
        self.write("p/a.png", png(8, 8) + b"<script>alert(1)</script>")
        shown = re.search(rb'href="data:image/png;base64,([^"]*)"', self.draw("a.png", "--images", "p").stdout)
        self.assertEqual(base64.b64decode(shown[1]), png(8, 8))

    def test_without_a_folder(self):
        done = self.draw("a.png")
        self.message(done, "  hint: '--images DIR'")
        self.draw("a.png", "--images", "none", check=2)


if __name__ == "__main__":
    unittest.main()
