"""nacre render to PNG, PDF and plain SVG: what the files hold, their sizes, and what can go wrong."""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import unittest
import xml.dom.minidom
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness
from harness import BUILD, C4, FLOW, NACRE, SEQUENCE, ProgramTest

LINKED = 'flowchart LR\n  A[One] --> B[Two]\n  click A "https://example.org/a%20b" "there"\n'


def chunks(png):
    at = 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        yield kind.decode(), png[at + 8:at + 8 + size]
        at += size + 12


def header(png):
    """Width, height, depth, colour type."""
    return struct.unpack(">IIBB", dict(chunks(png))["IHDR"][:10])


def pixels(png):
    """Rows of bytes of an unfiltered PNG."""
    width, height, _, kind = header(png)
    size = width * {2: 3, 3: 1, 6: 4}[kind] + 1
    data = zlib.decompress(b"".join(body for name, body in chunks(png) if name == "IDAT"))
    return [data[y * size + 1:(y + 1) * size] for y in range(height)]


class Png(ProgramTest):
    def png(self, text=FLOW, *args):
        return self.nacre("render", "-", "-o", "-", "-f", "png", *args, stdin=text.encode()).stdout

    def svg_size(self, text=FLOW):
        svg = self.nacre("render", "-", stdin=text.encode()).stdout
        root = xml.dom.minidom.parseString(svg).documentElement
        return float(root.getAttribute("width")), float(root.getAttribute("height"))

    def test_two_pixels_a_px(self):
        width, height = self.svg_size()
        png = self.png()
        self.assertEqual(header(png)[:2], (2 * width, 2 * height))
        self.assertEqual(struct.unpack(">IIB", dict(chunks(png))["pHYs"]), (7559, 7559, 1))  # 192 an inch

    def test_scale(self):
        width, height = self.svg_size()
        png = self.png(FLOW, "-s", "1")
        self.assertEqual(header(png)[:2], (width, height))
        self.assertEqual(struct.unpack(">IIB", dict(chunks(png))["pHYs"]), (3780, 3780, 1))
        self.assertEqual(header(self.png(FLOW, "--scale", "0.5"))[:2], (-(-width // 2), -(-height // 2)))

    def test_fit(self):
        width, height = self.svg_size()
        self.assertEqual(header(self.png(FLOW, "-w", "300"))[0], 300)
        self.assertEqual(header(self.png(FLOW, "-H", "70"))[1], 70)
        wide = header(self.png(FLOW, "-w", "300", "-H", "3000"))[:2]
        high = header(self.png(FLOW, "-w", "30000", "-H", "70"))[:2]
        self.assertEqual((wide[0], high[1]), (300, 70))
        self.assertAlmostEqual(wide[1], 300 * height / width, delta=1)

    def test_bad_numbers(self):
        self.write("x.mmd", FLOW)
        for args in (["-s", "0"], ["-s", "x"], ["-s", ""], ["-s", "nan"], ["-s", "1e9"], ["-w", "0"], ["-H", "x"],
                     ["--max-pixels", "0"], ["-w", "-5"]):
            done = self.nacre("render", "x.mmd", "-o", "x.png", *args, check=2)
            self.message(done, "nacre: error[usage]: '%s' is no value for '--" % args[1])
        done = self.nacre("render", "x.mmd", "-o", "x.png", "-s", "2", "-w", "300", check=2)
        self.message(done, "nacre: error[usage]: '--scale' and '--width' exclude each other")
        self.assertEqual(self.files(), ["x.mmd"])

    def test_ground(self):
        blue = self.png(FLOW, "-b", "#123456", "-s", "1")
        corner = pixels(blue)[0]
        palette = dict(chunks(blue))["PLTE"]
        self.assertEqual(palette[3 * corner[0]:3 * corner[0] + 3], b"\x12\x34\x56")
        clear = self.png(FLOW, "-b", "transparent", "-s", "1")
        alpha = dict(chunks(clear)).get("tRNS")
        index = pixels(clear)[0][0]
        self.assertEqual(alpha[index], 0)
        self.assertIn(255, alpha)

    def test_an_opaque_ground_leaves_no_clear_pixel(self):
        """Also in the last row, which a scale that is not whole covers in part only."""
        png = self.png(FLOW, "-w", "301")
        self.assertNotIn("tRNS", dict(chunks(png)))
        self.assertIn(header(png)[3], (2, 3))

    def test_few_colours_are_a_palette(self):
        small = self.png(FLOW, "-s", "1")
        self.assertEqual(header(small)[3], 3)
        self.assertEqual(header(self.png(C4))[3], 2)
        palette = dict(chunks(small))["PLTE"]
        colors = {palette[3 * i:3 * i + 3] for row in pixels(small) for i in row}
        self.assertEqual(len(colors), len(palette) // 3)  # each entry once, and none for nothing

    def test_too_large(self):
        chain = "flowchart TB\n  " + " --> ".join("n%d" % i for i in range(60))
        for text, args in ((FLOW, ["--max-pixels", "10000"]), (chain, ["-s", "100", "--max-pixels", "1000000000"])):
            self.write("x.mmd", text)
            done = self.nacre("render", "x.mmd", "-o", "x.png", *args, check=1)
            self.message(done, "x.mmd:1:1: error[canvas-too-large]: the picture would have ")
            remedy = self.message(done, "  hint: the largest scale is ").split()[-1]
            self.nacre("render", "x.mmd", "-o", "y.png", *args[-2:], "-s", remedy)
            (self.folder / "y.png").unlink()
        self.assertEqual(self.files(), ["x.mmd"])

    def test_a_terminal_gets_no_bytes(self):
        done = subprocess.run([NACRE, "render", "-", "-o", "-", "-f", "png"], input=FLOW.encode(), stdout=self.terminal(),
                              stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.message(done, "nacre: error[binary-to-terminal]: ")

    def test_nor_by_the_name_of_a_device(self):
        done = self.nacre("render", "-", "-o", os.ttyname(self.terminal()), "-f", "png", stdin=FLOW.encode(), check=2)
        self.message(done, "nacre: error[binary-to-terminal]: ")


class Pdf(ProgramTest):
    def pdf(self, text):
        self.nacre("render", "-", "-o", "x.pdf", stdin=text.encode())
        return self.read("x.pdf")

    def tool(self, name, *args):
        if not shutil.which(name):
            self.skipTest(name + " is missing")
        return subprocess.run([name, *args], cwd=self.folder, capture_output=True, check=True, timeout=60).stdout.decode()

    def test_text_can_be_found(self):
        for text, words in ((FLOW, ["One", "Two"]), (SEQUENCE, ["Ann", "Bob", "Hello"]), (C4, ["Ann", "Shop", "Uses"]),
                            ("flowchart LR\n a[\"0x85 3x4 A->B --> => fi ffi\"]", ["0x85 3x4 A->B --> => fi ffi"]),
                            ("flowchart LR\n a[\"Größe Ελλάδα Москва\"]", ["Größe Ελλάδα Москва"])):
            self.pdf(text)
            said = self.tool("pdftotext", "x.pdf", "-")
            for word in words:
                self.assertIn(word, said)

    def test_one_page_of_the_drawing(self):
        svg = self.nacre("render", "-", stdin=FLOW.encode()).stdout
        root = xml.dom.minidom.parseString(svg).documentElement
        self.pdf("---\ntitle: All of it\n---\n" + FLOW)
        said = self.tool("pdfinfo", "x.pdf")
        self.assertRegex(said, r"(?m)^Title: +All of it$")
        self.assertRegex(said, r"(?m)^Pages: +1$")
        self.pdf(FLOW)
        size = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", self.tool("pdfinfo", "x.pdf"))
        self.assertAlmostEqual(float(size[1]), 0.75 * float(root.getAttribute("width")), delta=0.01)
        self.assertAlmostEqual(float(size[2]), 0.75 * float(root.getAttribute("height")), delta=0.01)

    def test_links(self):
        self.assertIn(b"https://example.org/a%20b", self.pdf(LINKED))
        self.assertNotIn(b"/URI", self.pdf(FLOW))

    def test_links_cannot_break_out(self):
        """cairo writes an address into the file as it stands: nothing in it may end the string."""
        for link, written in (("https://x.org/it's\\x", "https://x.org/it%27s%5Cx"),
                              ("https://x.org/(x", "https://x.org/%28x"),
                              ("https://x.org/) /S /JavaScript /JS (app.alert(1)",
                               "https://x.org/%29%20/S%20/JavaScript%20/JS%20%28app.alert%281%29"),
                              ("https://x.org/ä", "https://x.org/%C3%A4")):
            pdf = self.pdf('flowchart LR\n a[A]\n click a "%s"\n' % link)
            self.assertIn(b"/URI (" + written.encode() + b")", pdf)
            self.assertNotIn(b"/S /JavaScript", pdf)
            self.assertEqual(subprocess.run(["pdfinfo", "x.pdf"], cwd=self.folder, capture_output=True).stderr, b"")

    def test_only_whole_addresses_are_links(self):
        for link in ("/login?next=https://x.org/", "#part", "other.html"):
            self.assertNotIn(b"/URI", self.pdf('flowchart LR\n a[A]\n click a href "%s"\n' % link))

    def test_odd_characters(self):
        for code in (0xE000, 0xFFFD, 0x200B):
            self.pdf("---\ntitle: t%sx\n---\nflowchart LR\n a[\"b%sc\"]\n" % (chr(code), chr(code)))


class PlainSvg(ProgramTest):
    def plain(self, text=FLOW, *args):
        return self.nacre("render", "-", "--svg", "plain", *args, stdin=text.encode()).stdout.decode()

    def test_outlines_only(self):
        for text in (FLOW, SEQUENCE, C4):
            root = xml.dom.minidom.parseString(self.plain(text)).documentElement
            names = {e.tagName for e in root.getElementsByTagName("*")}
            self.assertFalse(names & {"text", "tspan", "style", "font", "foreignObject", "script", "a"}, names)
            self.assertTrue(root.getElementsByTagName("title")[0].firstChild.data)

    def test_ids(self):
        first = self.plain()
        ids = re.findall(r'\bid="([^"]*)"', first)
        used = set(re.findall(r'(?:href="#|url\(#)([^")]*)', first))
        self.assertEqual(len(ids), len(set(ids)))
        self.assertTrue(used and used <= set(ids))
        other = re.findall(r'\bid="([^"]*)"', self.plain(SEQUENCE))
        self.assertFalse(set(ids) & set(other), "two pictures of one page share ids")

    def test_a_label_that_looks_like_an_id(self):
        text = "---\ntitle: 'a id=\"glyph0-1\" url(#surface1)'\n---\nflowchart LR\n a[A]\n"
        root = xml.dom.minidom.parseString(self.plain(text)).documentElement
        self.assertEqual(root.getElementsByTagName("title")[0].firstChild.data, 'a id="glyph0-1" url(#surface1)')


class Several(ProgramTest):
    HEADS = {"svg": b"<svg ", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}

    def test_formats_in_one_call(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-f", "svg,png,pdf")
        self.assertEqual(self.files(), ["x.mmd", "x.pdf", "x.png", "x.svg"])
        for suffix, head in self.HEADS.items():
            self.assertTrue(self.read("x." + suffix).startswith(head))
            alone = self.nacre("render", "x.mmd", "-o", "-", "-f", suffix).stdout
            self.assertEqual(alone, self.read("x." + suffix))

    def test_the_suffix_says_the_format(self):
        for suffix, head in self.HEADS.items():
            self.nacre("render", "-", "-o", "a." + suffix.upper(), stdin=FLOW.encode())
            self.assertTrue(self.read("a." + suffix.upper()).startswith(head))

    def test_names(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "a.svg")
        self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "b.c")
        self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "d/")
        self.assertEqual(self.files(), ["a.png", "a.svg", "b.c.png", "b.c.svg", "d/x.png", "d/x.svg", "x.mmd"])

    def test_usage(self):
        self.write("x.mmd", FLOW)
        for names, said in (("svg,svg", "'-f' names 'svg' twice"), ("svg,", "'' is no format"), (",", "'' is no format"),
                            ("svg,pgn", "'pgn' is no format")):
            self.message(self.nacre("render", "x.mmd", "-f", names, check=2), "nacre: error[usage]: " + said)
        self.message(self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "-", check=2),
                     "nacre: error[usage]: standard output takes one format")
        self.assertEqual(self.files(), ["x.mmd"])

    def test_warnings_are_told_once(self):
        text = "flowchart LR\n  A[One]\n  style A nonsense\n"
        self.write("x.mmd", text)
        done = self.nacre("render", "x.mmd", "-f", "svg,png,pdf", "-t", "nosuch")
        self.assertEqual(done.stderr.count(b"warning[unknown-theme]"), 1)

    def test_only_own_pictures_are_overwritten(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-f", "svg,png,pdf")
        self.nacre("render", "x.mmd", "-f", "svg,png,pdf", "-b", "red")
        for suffix in ("png", "pdf"):
            self.write("x." + suffix, self.HEADS[suffix] + b" of somebody else")
            self.message(self.nacre("render", "x.mmd", "-f", "svg," + suffix, check=2), "x.mmd: error[would-overwrite]: ")
            self.assertTrue(self.read("x." + suffix).endswith(b"else"))

    def test_siblings_of_the_named_file(self):
        self.write("x.mmd", FLOW)
        self.write("out.svg", b"named: may be replaced")
        self.write("out.png", b"of somebody else")
        self.message(self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "out.svg", check=2), "x.mmd: error[would-overwrite]: ")
        self.assertEqual(self.read("out.png"), b"of somebody else")
        self.nacre("render", "x.mmd", "-f", "svg,png", "-o", "out.svg", "--force")

    def test_one_bad_format_writes_nothing(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-f", "svg,png", "--max-pixels", "5", check=1)
        self.assertEqual(self.files(), ["x.mmd"])


class Documents(ProgramTest):
    TEXT = "Before\n\n```mermaid\n%s```\nAfter *it*\n\n- item\n  ```mermaid\n%s  ```\n- next\n\n> ```mermaid\n%s> ```\n> quoted *text*\n" % (
        FLOW, FLOW.replace("flow", "  flow").replace("  A[", "    A["), "".join("> " + l + "\n" for l in FLOW.splitlines()))

    def test_png_in_a_document(self):
        self.write("d.md", self.TEXT)
        self.nacre("render", "d.md", "-o", "out/", "-f", "png,svg")
        self.assertEqual([f for f in self.files() if f.startswith("out")],
                         ["out/d-1.png", "out/d-1.svg", "out/d-2.png", "out/d-2.svg", "out/d-3.png", "out/d-3.svg", "out/d.md"])
        text = self.read("out/d.md").decode()
        images = re.findall(r'<img src="d-(\d)\.png" width="(\d+)" height="(\d+)" alt="[^"]+">', text)
        self.assertEqual(len(images), 3)
        width, height, _, _ = header(self.read("out/d-1.png"))
        self.assertEqual((2 * int(images[0][1]), 2 * int(images[0][2])), (width, height))
        # an <img> begins an HTML block, which would swallow what follows; a list stays tight
        self.assertIn(">\n\nAfter *it*", text)
        self.assertIn(">\n- next", text)
        self.assertIn(">\n>\n> quoted *text*", text)

    def test_the_first_format_is_shown(self):
        self.write("d.md", self.TEXT)
        self.nacre("render", "d.md", "-o", "out/", "-f", "svg,png")
        self.assertIn(b"](d-1.svg)", self.read("out/d.md"))

    def test_in_place_twice(self):
        self.write("d.md", "```mermaid\n%s```\n" % FLOW)
        self.nacre("render", "d.md", "--in-place", "-f", "png")
        self.write("d.md", self.read("d.md") + ("\n```mermaid\n%s```\n" % SEQUENCE).encode())
        self.nacre("render", "d.md", "--in-place", "-f", "png")
        self.assertIn(b'"d-1.png"', self.read("d.md"))
        self.assertIn(b'"d-2.png"', self.read("d.md"))

    def test_quotes_in_titles(self):
        self.write("d.md", "```mermaid\n---\ntitle: 'a \"b\" <c> & d'\n---\n%s```\n" % FLOW)
        self.nacre("render", "d.md", "-o", "out/", "-f", "png")
        self.assertIn(b'title="a &quot;b&quot; &lt;c> &amp; d"', self.read("out/d.md"))


class Module(ProgramTest):
    """A copy of the program with libnacre alone: its libnacre-cairo.so is what the test puts there."""

    def setUp(self):
        super().setUp()
        (self.folder / "p").mkdir()
        library = next(p for p in BUILD.glob("libnacre.so.*") if p.is_symlink())
        shutil.copy(NACRE, self.folder / "p" / "nacre")
        shutil.copy(library, self.folder / "p" / library.name)
        self.env = harness.environment(LD_LIBRARY_PATH=str(self.folder / "p"))
        self.write("x.mmd", FLOW)

    def render(self, *args, check):
        done = subprocess.run([str(self.folder / "p" / "nacre"), "render", "x.mmd", *args], cwd=self.folder, env=self.env,
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, check, done.stderr)
        return done

    def test_missing(self):
        shutil.copy(BUILD / "libnacre-cairo.so", self.folder)  # the working directory is no place for it
        for args in (["-o", "x.png"], ["-o", "x.pdf"], ["-o", "x.svg", "--svg", "plain"], ["-f", "svg,png"]):
            line = self.message(self.render(*args, check=2), "x.mmd:1:1: error[missing-module]: ")
            self.assertIn("libnacre-cairo.so", line)
        self.assertEqual([f for f in self.files() if f.startswith("x.")], ["x.mmd"])
        self.render("-o", "x.svg", check=0)

    def library(self, place):
        """libnacre alone in a folder of its own, and the path for its module at one of the two places."""
        shutil.rmtree(self.folder / "lib", ignore_errors=True)
        (self.folder / "lib" / place).mkdir(parents=True)
        for file in (self.folder / "p").glob("libnacre.so*"):
            shutil.copy(file, self.folder / "lib")
        self.env = harness.environment(LD_LIBRARY_PATH=str(self.folder / "lib"))
        return self.folder / "lib" / place / "libnacre-cairo.so"

    def test_both_places(self):
        for place in ("", "nacre"):
            shutil.copy(BUILD / "libnacre-cairo.so", self.library(place))
            self.render("-o", "x.png", check=0)

    def test_broken(self):
        """The message is of the file that is there, whichever of the two places it stands at."""
        for place in ("", "nacre"):
            for content in (b"", b"\x7fELF no more", b"text"):
                path = self.library(place)
                path.write_bytes(content)
                said = self.message(self.render("-o", "x.png", check=2), "x.mmd:1:1: error[missing-module]: ")
                self.assertIn(str(path), said)
                self.assertNotIn("No such file", said)

    def test_a_stranger(self):
        source = self.write("s.c", "int nothing(void); int nothing(void) { return 0; }\n")
        for place in ("", "nacre"):
            path = self.library(place)
            subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", str(source), "-o", str(path)], check=True)
            said = self.message(self.render("-o", "x.png", check=2), "x.mmd:1:1: error[missing-module]: ")
            self.assertIn("%s: of another version" % path, said)


if __name__ == "__main__":
    unittest.main()
