"""nacre render of scripts that the embedded fonts lack: the system's fonts, with many, few, broken or no fonts."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import SOURCE, ProgramTest, environment
from test_pictures import header, pixels

os.environ["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=%s" % (SOURCE / "tests" / "lsan-cairo.supp")

WORDS = {"chinese": "订单服务", "japanese": "ユーザー名", "korean": "사용자", "arabic": "مرحبا", "hebrew": "שלום",
         "devanagari": "नमस्ते", "thai": "สวัสดี", "emoji": "😀"}
FORMATS = ("svg", "png", "pdf")


def labelled(text):
    return 'flowchart LR\n  a["%s"] --> b[End]\n' % text


def font_of(code):
    """A file of this system that has the character, by fontconfig; None without either."""
    if not shutil.which("fc-list"):
        return None
    said = subprocess.run(["fc-list", ":charset=%x" % code, "file"], capture_output=True, text=True).stdout
    files = sorted(line.rstrip().rstrip(":") for line in said.splitlines() if line.strip())
    return files[0] if files else None


class Scripts(ProgramTest):
    def draw(self, text, fmt, *args, **more):
        return self.nacre("render", "--no-config", "-", "-o", "-", "-f", fmt, *args, stdin=text.encode(), **more)

    def known(self):
        """The words that this system has fonts for."""
        found = {}
        for name, word in WORDS.items():
            said = self.draw(labelled(word), "svg").stderr.decode()
            if "[missing-glyphs]" in said:
                print("skip: no font for " + name)
            else:
                found[name] = word
        return found

    def test_pictures_carry_what_they_show(self):
        for name, word in self.known().items():
            with self.subTest(name):
                done = self.draw(labelled(word), "svg")
                self.message(done, "<stdin>:2:6: warning[fallback-font]: '%s'" % word[0])
                svg = done.stdout.decode()
                faces = re.findall(r"@font-face\{font-family:([\w.-]+);[^}]*base64", svg)
                used = re.search(r'font-family="(nacre-[0-9a-f]+-[\w.-]+),\'[^\']+\',sans-serif"[^>]*>[^<]*%s' % word[0], svg)
                self.assertTrue(used, svg[-600:])
                self.assertIn(used[1], faces)
                bare = self.draw(labelled(word), "svg", "--font-embed", "none").stdout.decode()
                self.assertNotIn("base64", bare)

    def test_pdf_has_the_text(self):
        if not shutil.which("pdftotext"):
            self.skipTest("no pdftotext")
        for name, word in self.known().items():
            with self.subTest(name):
                pdf = self.draw(labelled("x " + word), "pdf").stdout
                said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True).stdout.decode()
                self.assertIn(word, said)

    def test_emoji_have_colours(self):
        if "emoji" not in self.known():
            return
        for fmt in ("png",):
            png = self.draw(labelled("😀"), fmt).stdout
            size = {2: 3, 6: 4}.get(header(png)[3])
            self.assertTrue(size, "so many colours fit no palette")
            yellow = 0
            for row in pixels(png):
                for i in range(0, len(row), size):
                    yellow += row[i] > 200 and row[i + 2] < 120
            self.assertGreater(yellow, 100)
        plain = self.draw(labelled("😀"), "svg", "--svg", "plain").stdout
        self.assertIn(b"data:image/png", plain)

    def test_same_bytes(self):
        text = labelled(" ".join(WORDS.values()))
        for fmt in FORMATS:
            first = self.draw(text, fmt).stdout
            for lang in ("C", "ja_JP.UTF-8", "zh_TW.UTF-8"):
                env = environment(LANG=lang, LC_ALL=None, LANGUAGE=None, PANGO_LANGUAGE=None)
                self.assertEqual(first, self.draw(text, fmt, env=env).stdout, fmt + " " + lang)

    def test_embedded_means_embedded(self):
        done = self.draw(labelled(WORDS["chinese"]), "svg", "--fonts", "embedded")
        self.message(done, "<stdin>:2:6: warning[missing-glyphs]: the embedded fonts have no glyph for '订' (U+8BA2)")
        text = "---\nconfig:\n  fontFamily: Nobody Has This\n---\n" + labelled("plain")
        self.assertEqual(self.draw(text, "svg", "--fonts", "embedded").stderr, b"")
        self.message(self.draw(text, "svg"), "<stdin>:3:15: warning[unknown-font-family]: ")

    def test_a_family_of_the_system(self):
        file = font_of(0x41)
        if not file:
            self.skipTest("no fontconfig or no font")
        said = subprocess.run(["fc-scan", "-f", "%{family[0]}", file], capture_output=True, text=True).stdout
        text = "---\nconfig:\n  fontFamily: '\"%s\", sans-serif'\n---\n%s" % (said, labelled("plain"))
        for fmt in FORMATS:
            done = self.draw(text, fmt)
            self.message(done, "<stdin>:6:6: warning[fallback-font]: text set in a font of this system: '%s'" % said)


class Fonts(ProgramTest):
    """With a fontconfig of the test's own."""

    def with_fonts(self, text, *files):
        folder = self.folder / "fonts"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for i, content in enumerate(files):
            (folder / ("f%d.ttf" % i)).write_bytes(content)
        config = self.write("fonts.conf", '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                            "<dir>%s</dir><cachedir>%s</cachedir></fontconfig>" % (folder, self.folder / "cache"))
        env = environment(FONTCONFIG_FILE=str(config))
        said = ""
        for args in (["-f", "svg"], ["-f", "png"], ["-f", "pdf"], ["-f", "svg", "--svg", "plain"]):
            done = self.nacre("render", "--no-config", "-", "-o", "-", *args, stdin=text.encode(), env=env)
            self.assertTrue(done.stdout)
            said = done.stderr.decode()
        return said

    def test_no_fonts_at_all(self):
        said = self.with_fonts(labelled("".join(WORDS.values())))
        self.assertIn("warning[missing-glyphs]", said)
        self.assertIn("this system has no fonts", said)

    def test_files_that_are_no_fonts(self):
        self.assertIn("warning[missing-glyphs]", self.with_fonts(labelled("订单"), b"", b"\0\1\0\0" + bytes(400), os.urandom(4096)))

    def test_damaged_fonts(self):
        file = font_of(0x0645)
        if not file:
            self.skipTest("no font has Arabic")
        good = pathlib.Path(file).read_bytes()
        state = 12345
        for round_ in range(6):
            bad = bytearray(good)
            for _ in range(2000 if round_ < 5 else 0):
                state = (state * 1103515245 + 12345) & 0x7fffffff
                if state % len(bad) > 600:  # the directory of tables stays
                    bad[state % len(bad)] = state >> 16 & 0xff
            self.with_fonts(labelled("مرحبا 12 بالعالم"), bytes(bad[:len(bad) // 2] if round_ == 5 else bad))


if __name__ == "__main__":
    unittest.main()
