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
         "devanagari": "नमस्ते", "thai": "สวัสดี", "amharic": "ሰላም", "extension b": "𠀀", "emoji": "😀"}
FORMATS = ("svg", "png", "pdf")

# What the libraries below read from the environment, and what a picture must not depend on.
HOSTILE = {"HB_SHAPER_LIST": ("fallback",), "FREETYPE_PROPERTIES": ("cff:no-stem-darkening=0",),
           "LANGUAGE": ("ur", "zh_TW"), "PANGO_LANGUAGE": ("ur", "ja:zh-tw")}


def labelled(text):
    return 'flowchart LR\n  a["%s"] --> b[End]\n' % text


def fonts_of(text):
    """OpenType files of this system that have all the characters, by fontconfig; none without it."""
    if not shutil.which("fc-list"):
        return []
    codes = " ".join("%x" % ord(c) for c in sorted(set(text)))
    said = subprocess.run(["fc-list", ":charset=" + codes, "file"], capture_output=True, text=True).stdout
    files = sorted(line.rstrip().rstrip(":") for line in said.splitlines() if line.strip())
    return [file for file in files if file.endswith((".ttf", ".otf", ".ttc"))]


class Scripts(ProgramTest):
    def draw(self, text, fmt, *args, **more):
        return self.nacre("render", "--no-config", "-", "-o", "-", "-f", fmt, *args, stdin=text.encode(), **more)

    def known(self):
        """The words that this system has fonts for, as fontconfig says."""
        found = {name: word for name, word in WORDS.items() if fonts_of(word)}
        for name in WORDS:
            if name not in found:
                print("skip: no font for " + name)
        return found

    def test_what_a_font_has_is_shown(self):
        for name, word in self.known().items():
            self.assertNotIn("[missing-glyphs]", self.draw(labelled(word), "svg").stderr.decode(), name)

    def test_pictures_carry_what_they_show(self):
        for name, word in self.known().items():
            with self.subTest(name):
                done = self.draw(labelled(word), "svg")
                self.message(done, "<stdin>:2:6: warning[fallback-font]: '%s'" % word[0])
                svg = done.stdout.decode()
                faces = re.findall(r"@font-face\{font-family:([^;]+);[^}]*base64", svg)
                for face in faces:
                    self.assertRegex(face, r"\A[A-Za-z_][A-Za-z0-9_-]*\Z", "no CSS identifier")
                used = re.search(r'font-family="([^,"]+),\'[^\']+\',sans-serif"[^>]*>[^<]*%s' % word[0], svg)
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
            for name, values in HOSTILE.items():
                got = self.draw(text, fmt, env=environment(**{name: values[0]})).stdout
                self.assertEqual(first, got, "%s %s" % (fmt, name))

    def test_the_environment_chooses_no_font(self):
        for word in WORDS.values():
            first = self.draw(labelled(word), "svg").stdout
            for name in ("LANGUAGE", "PANGO_LANGUAGE"):
                for value in HOSTILE[name]:
                    got = self.draw(labelled(word), "svg", env=environment(**{name: value})).stdout
                    self.assertEqual(first, got, "%s with %s=%s" % (word, name, value))

    def test_bytes_do_not_know_what_was_drawn_before(self):
        words = {"a": WORDS["arabic"], "c": WORDS["chinese"], "h": WORDS["hebrew"] + " " + WORDS["arabic"]}
        alone = {name: self.draw(labelled(word), "svg").stdout for name, word in words.items()}
        for name, svg in alone.items():
            numbers = re.findall(r"@font-face\{font-family:nacre-[0-9a-f]+-f(\d+);", svg.decode())
            self.assertEqual(numbers, [str(i + 1) for i in range(len(numbers))], name)
        for order in ("ach", "hca", "cah"):
            for name, word in words.items():
                self.write(name + ".mmd", labelled(word))
            self.nacre("render", "--no-config", *(name + ".mmd" for name in order), "-o", "out/")
            for name in order:
                self.assertEqual(self.read("out/%s.svg" % name), alone[name], "%s of %s" % (name, order))

    def test_embedded_means_embedded(self):
        done = self.draw(labelled(WORDS["chinese"]), "svg", "--fonts", "embedded")
        self.message(done, "<stdin>:2:6: warning[missing-glyphs]: the embedded fonts have no glyph for '订' (U+8BA2)")
        text = "---\nconfig:\n  fontFamily: Nobody Has This\n---\n" + labelled("plain")
        self.assertEqual(self.draw(text, "svg", "--fonts", "embedded").stderr, b"")
        self.message(self.draw(text, "svg"), "<stdin>:3:15: warning[unknown-font-family]: ")

    def test_a_family_of_the_system(self):
        files = [file for file in fonts_of("plain") if "inter" not in file.lower()]  # whose family is embedded
        if not files:
            self.skipTest("no fontconfig or no font")
        said = subprocess.run(["fc-scan", "-f", "%{family[0]}\n", files[0]], capture_output=True, text=True).stdout.splitlines()[0]
        text = "---\nconfig:\n  fontFamily: '\"%s\", sans-serif'\n---\n%s" % (said, labelled("plain"))
        for fmt in FORMATS:
            done = self.draw(text, fmt)
            self.message(done, "<stdin>:6:6: warning[fallback-font]: text set in a font of this system: '%s'" % said)

    def test_what_is_no_character_is_replaced(self):
        for odd in ("\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "#65534;"):
            heads = ("flowchart LR\n  accTitle: t%s\n  accDescr: d%s\n  a[\"x%s\"]\n",
                     "sequenceDiagram\n  accTitle: t%s\n  accDescr: d%s\n  A->>B: x%s\n",
                     "C4Context\n  title t%s\n  accDescr: d%s\n  Person(a, \"x%s\")\n")
            for head in heads:
                with self.subTest("%s in %s" % (ascii(odd), head.split("\n")[0])):
                    text = head % (odd, odd, odd)
                    self.assertTrue(self.draw(text, "pdf").stdout.startswith(b"%PDF"))
                    svg = self.draw(text, "svg").stdout.decode()
                    self.assertIn("\ufffd", svg)
                    if odd[0] != "#":
                        self.assertNotIn(odd, svg)


class Fonts(ProgramTest):
    """With a fontconfig of the test's own."""

    def with_fonts(self, text, *files, rules=""):
        return self.all_of_them(text, files, rules)[-1].stderr.decode()

    def all_of_them(self, text, files, rules=""):
        """Drawings in every format (SVG first)."""
        folder = self.folder / "fonts"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for i, content in enumerate(files):
            (folder / ("f%d.ttf" % i)).write_bytes(content)
        config = self.write("fonts.conf", '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                            "<dir>%s</dir><cachedir>%s</cachedir>%s</fontconfig>" %
                            (folder, self.folder / "cache", rules))
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        env = environment(FONTCONFIG_FILE=str(config))
        drawings = []
        for args in (["-f", "svg"], ["-f", "png"], ["-f", "pdf"], ["-f", "svg", "--svg", "plain"]):
            done = self.nacre("render", "--no-config", "-", "-o", "-", *args, stdin=text.encode(), env=env)
            self.assertTrue(done.stdout)
            drawings.append(done)
        return drawings

    def test_the_family_asked_for_may_be_a_second_name(self):
        files = [file for file in fonts_of("plain") if file.endswith((".ttf", ".otf"))]
        if len(files) < 2:
            self.skipTest("no fontconfig or no two fonts")
        files = [pathlib.Path(file).read_bytes() for file in (files[0], files[-1])]

        def rule(name, families):
            said = "".join("<string>%s</string>" % family for family in families)
            return ('<match target="scan"><test name="file" compare="contains"><string>%s</string></test>'
                    '<edit name="family" mode="assign">%s</edit><edit name="weight"><const>regular</const></edit>'
                    '<edit name="slant"><const>roman</const></edit></match>' % (name, said))

        rules = rule("f0.ttf", ["First"]) + rule("f1.ttf", ["First", "First Narrow"])
        text = '---\nconfig:\n  fontFamily: "%s"\n---\n' + labelled("plain")
        faces = {}
        for family in ("First", "first narrow"):
            svg = self.all_of_them(text % family, files, rules)[0]
            self.message(svg, "<stdin>:6:6: warning[fallback-font]: text set in a font of this system")
            faces[family] = re.findall(r"font-family:nacre-[0-9a-f]+-f1;.*base64,(.*)\)", svg.stdout.decode())
        only = self.all_of_them(text % "First Narrow", files[::-1], rule("f0.ttf", ["First Narrow"]) + rule("f1.ttf", ["Other"]))
        self.assertEqual(faces["first narrow"],
                         re.findall(r"font-family:nacre-[0-9a-f]+-f1;.*base64,(.*)\)", only[0].stdout.decode()))
        self.assertTrue(faces["first narrow"])

    def test_a_long_family_is_cut_between_characters(self):
        files = fonts_of("م")
        if not files:
            self.skipTest("no font has Arabic")
        rules = ('<match target="scan"><edit name="family" mode="assign"><string>%s</string></edit></match>' % ("é" * 100))
        done = self.all_of_them(labelled("م"), [pathlib.Path(files[0]).read_bytes()], rules)[0]
        self.assertIn("'%s'" % ("é" * 63), done.stderr.decode("utf-8", "strict"))
        self.assertIn(",'%s',sans" % ("é" * 63), done.stdout.decode("utf-8", "strict"))

    def test_no_fonts_at_all(self):
        said = self.with_fonts(labelled("".join(WORDS.values())))
        self.assertIn("warning[missing-glyphs]", said)
        self.assertIn("this system has no fonts", said)

    def test_files_that_are_no_fonts(self):
        self.assertIn("warning[missing-glyphs]", self.with_fonts(labelled("订单"), b"", b"\0\1\0\0" + bytes(400), os.urandom(4096)))

    def test_damaged_fonts(self):
        files = fonts_of("م")
        if not files:
            self.skipTest("no font has Arabic")
        good = pathlib.Path(files[0]).read_bytes()
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
