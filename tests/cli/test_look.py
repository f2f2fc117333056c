"""What a picture wears, by options and configuration: themes, style sheets, ids, and the source it carries."""
import pathlib
import re
import sys
import unittest
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import C4, FLOW, SEQUENCE, ProgramTest

GROUPED = 'flowchart LR\n  subgraph S [Shop]\n    A[One] -->|asks| B[Two]\n  end\n  C:::x --> A\n  classDef x fill:#fdd\n'


class Look(ProgramTest):
    def svg(self, text, *args, **more):
        return self.nacre("render", "-", "-o", "-", *args, stdin=text.encode(), **more).stdout.decode()

    def tell(self, text, *args):
        return self.nacre("render", "-", "-o", "-", *args, stdin=text.encode()).stderr.decode()

    def root(self, svg):
        return xml.dom.minidom.parseString(svg).documentElement


class Themes(Look):
    def test_auto_has_both_sides_and_no_ground(self):
        for text in (GROUPED, SEQUENCE, C4):
            svg = self.svg(text, "-t", "auto", "--font-embed", "none")
            root = self.root(svg)
            self.assertNotIn("class=\"background\"", svg)
            dark = re.search(r"@media \(prefers-color-scheme:dark\)\{\n(.*?)\n\}", svg, re.S).group(1)
            pattern = r":where\(#%s\) \.([fs]-[\w-]+)\{(?:fill|stroke):#\w{6}\}" % root.getAttribute("id")
            rules = set(re.findall(pattern, dark))
            used = set(re.findall(r"\b[fs]-[a-z][\w-]*", " ".join(re.findall(r'class="([^"]*)"', svg))))
            self.assertEqual(rules, used)
            for kind, attribute in (("fill", "f-"), ("stroke", "s-")):
                for element in root.getElementsByTagName("*"):
                    if element.parentNode.nodeName not in ("g", "a", "svg") or not element.getAttribute(kind).startswith("#"):
                        continue
                    own = "#fdd" == element.getAttribute(kind) or "C" == element.parentNode.getAttribute("data-id")
                    self.assertTrue(own or attribute in element.getAttribute("class"), element.toxml())

    def test_auto_elsewhere_is_the_light_theme(self):
        self.write("x.mmd", FLOW)
        done = self.nacre("render", "x.mmd", "-t", "auto", "-f", "png,pdf")
        self.message(done, "x.mmd:1:1: warning[not-in-format]: a PNG cannot follow its reader's light or dark mode")
        self.message(done, "x.mmd:1:1: warning[not-in-format]: a PDF cannot")
        light = self.nacre("render", "x.mmd", "-t", "nacre", "-f", "png", "-o", "-").stdout
        pixels = [re.search(rb"IDAT.*IEND", png, re.S).group() for png in (light, self.read("x.png"))]
        self.assertEqual(*pixels)
        self.assertIn("not-in-format", self.tell(FLOW, "-t", "auto", "--svg", "plain"))

    def test_a_document_may_ask_for_auto(self):
        svg = self.svg("---\nconfig:\n  theme: auto\n---\n" + FLOW)
        self.assertIn("prefers-color-scheme", svg)
        done = self.nacre("render", "-", "--csp", stdin=("---\nconfig:\n  theme: auto\n---\n" + FLOW).encode())
        self.message(done, "<stdin>:1:1: warning[not-in-format]: an SVG without styles cannot")

    def test_unknown_themes_fall_through_to_the_next(self):
        self.write("nacre.yaml", "theme: forest\n")
        self.write("x.mmd", '%%{init: {"theme": "nuetral"}}%%\n' + FLOW)
        done = self.nacre("render", "x.mmd", "-o", "-")
        self.assertIn(b"#cde498", done.stdout)
        self.message(done, "x.mmd:1:20: warning[unknown-theme]: no theme is called 'nuetral'")
        self.message(done, "  hint: did you mean 'neutral'?")

    def test_variables(self):
        base = '%%{init: {"theme": "base", "themeVariables": {"primaryColor": "#ff8800"}}}%%\n'
        self.assertIn("#f80", self.svg(base + FLOW))
        lone = '%%{init: {"themeVariables": {"primaryColor": "#123456"}}}%%\n'
        self.assertIn("#123456", self.svg(lone + FLOW))
        self.assertIn("#123456", self.svg(lone + SEQUENCE))
        self.write("c.yaml", "theme: base\n")
        # laid over a theme that somebody else chose, as Mermaid does
        self.assertNotIn("#123456", self.svg(lone + FLOW, "-c", "c.yaml"))
        self.write("c.yaml", "theme: base\nthemeVariables:\n  primaryColor: '#123456'\n")
        self.assertIn("#123456", self.svg(FLOW, "-c", "c.yaml"))
        said = self.tell('%%{init: {"themeVariables": {"primryColor": "red", "lineColor": "rde"}}}%%\n' + FLOW)
        self.assertIn("<stdin>:1:30: warning[theme-variable]: no theme variable is called 'primryColor'", said)
        self.assertIn("did you mean 'primaryColor'?", said)
        self.assertIn("warning[bad-color]: 'rde' is no colour for lineColor", said)
        self.assertIn("did you mean 'red'?", said)

    def test_variables_of_a_configuration_file(self):
        self.write("c.yaml", "themeVariables:\n  primryColor: '#123456'\n")
        self.write("x.mmd", FLOW)
        done = self.nacre("render", "x.mmd", "-c", "c.yaml")
        self.message(done, "c.yaml:2:3: warning[theme-variable]: ")

    def test_c4_colours_of_the_configuration(self):
        svg = self.svg('---\nconfig:\n  c4:\n    person_bg_color: "#ffee00"\n---\n' + C4)
        self.assertIn("#fe0", svg)

    def test_looks(self):
        plain = self.svg(GROUPED)
        neo = self.svg("---\nconfig:\n  look: neo\n---\n" + GROUPED)
        self.assertNotIn('class="shadow"', plain)
        self.assertEqual(len(re.findall('class="shadow"', neo)), 3)
        self.assertEqual(len(re.findall("<text", plain)), len(re.findall("<text", neo)))
        # the outline still comes first in its group
        self.assertRegex(neo, r'<g class="node[^>]*><(rect|path)(?! class="shadow")')
        said = self.tell("---\nconfig:\n  look: handDrawn\n---\n" + FLOW)
        self.assertIn("<stdin>:3:9: warning[unknown-look]: 'handDrawn' is drawn in the look 'classic'", said)
        said = self.tell("---\nconfig:\n  look: clasic\n---\n" + FLOW)
        self.assertIn("warning[unknown-look]: no look is called 'clasic'", said)
        self.assertIn("did you mean 'classic'?", said)

    def test_check_tells_the_same(self):
        text = '%%{init: {"theme": "x", "look": "handDrawn", "themeVariables": {"aa": "b"}, "themeCSS": "@import x;"}}%%\n' + FLOW
        done = self.nacre("check", "-", stdin=text.encode())
        for code in ("unknown-theme", "unknown-look", "theme-variable", "unsafe-css"):
            self.assertIn("[%s]" % code, done.stdout.decode())


class Css(Look):
    def test_file_and_document(self):
        self.write("s.css", ".node > rect { stroke: crimson }\n")
        svg = self.svg('%%{init: {"themeCSS": ".node text{fill:teal}"}}%%\n' + FLOW, "-C", "s.css")
        name = self.root(svg).getAttribute("id")
        style = self.root(svg).getElementsByTagName("style")[0].firstChild.data
        self.assertIn("#%s .node text{fill:teal;}\n#%s .node > rect{stroke:crimson;}\n" % (name, name), style)

    def test_unsafe_parts_are_told(self):
        text = '---\nconfig:\n  themeCSS: "@import \'http://x/y.css\'; .node{fill:url(http://x)}"\n---\n' + FLOW
        done = self.nacre("render", "-", stdin=text.encode())
        self.assertNotIn(b"http://x", done.stdout)
        self.message(done, "<stdin>:3:13: warning[unsafe-css]: '@import 'http://x/y.css'' is left out")
        self.message(done, "<stdin>:3:13: warning[unsafe-css]: 'fill:url(http://x)' is left out")

    def test_other_formats_say_that_they_have_none(self):
        self.write("s.css", "text{fill:red}")
        for args, what in ((("-f", "png"), "a PNG"), (("-f", "pdf"), "a PDF"), (("--svg", "plain"), "a plain SVG"),
                           (("--csp",), "an SVG without styles")):
            self.assertIn("warning[not-in-format]: %s has no style sheet" % what, self.tell(FLOW, "-C", "s.css", *args))

    def test_files_that_are_none(self):
        self.write("x.mmd", FLOW)
        self.message(self.nacre("render", "x.mmd", "-C", "none.css", check=2), "none.css: error[cannot-read]: ")
        self.write("nul.css", b"text{\0}")
        self.message(self.nacre("render", "x.mmd", "-C", "nul.css", check=2), "nul.css: error[cannot-read]: ")
        self.assertEqual(self.files(), ["nul.css", "x.mmd"])


class Pages(Look):
    def test_csp(self):
        for text in (GROUPED, SEQUENCE, C4, 'flowchart LR\n  a e1@--> b\n  e1@{ animate: true }\n'):
            root = self.root(self.svg(text, "--csp"))
            for element in [root, *root.getElementsByTagName("*")]:
                self.assertNotEqual(element.nodeName, "style")
                self.assertFalse(element.hasAttribute("style"))
        done = self.nacre("render", "-", "--csp", "-t", "auto", stdin=FLOW.encode(), check=2)
        self.message(done, "nacre: error[usage]: '--csp' and '--theme auto' exclude each other")

    def test_id_prefix(self):
        svg = self.svg(FLOW, "--id-prefix", "intro")
        root = self.root(svg)
        self.assertEqual(root.getAttribute("id"), "intro")
        self.assertEqual({e.getAttribute("id") for e in root.getElementsByTagName("*") if e.hasAttribute("id")},
                         {"intro-title", "intro-desc"})
        self.assertIn("font-family:intro", svg)
        for bad in ("", "1a", "a b", "a\"b", "-a", "a" * 21, "é"):
            done = self.nacre("render", "-", "--id-prefix", bad, stdin=FLOW.encode(), check=2)
            self.message(done, "nacre: error[usage]: '%s' is no value for '--id-prefix'" % bad)

    def test_id_prefix_in_a_document(self):
        self.write("d.md", "```mermaid\n%s```\n\n```mermaid\n%s```\n" % (FLOW, FLOW))
        self.nacre("render", "d.md", "-o", "out/", "--id-prefix", "d")
        ids = [self.root(self.read("out/d-%d.svg" % n)).getAttribute("id") for n in (1, 2)]
        self.assertEqual(ids, ["d-1", "d-2"])

    def test_animation_moves_in_svg_only_where_wished(self):
        text = "flowchart LR\n  a e1@--> b\n  e1@{ animation: slow }\n"
        svg = self.svg(text)
        name = self.root(svg).getAttribute("id")
        self.assertIn("@keyframes %s-flow" % name, svg)
        self.assertIn("prefers-reduced-motion:no-preference", svg)
        self.assertNotIn("@keyframes", self.svg(FLOW))


class Source(Look):
    TEXTS = [FLOW, "%% a comment \r\n" + FLOW.replace("\n", "\r\n"), FLOW + '%% <b>&amp;"\' ]]> </metadata> \t é 日本 \U0001f600\n',
             FLOW + "%% a\x01b\x1b c\n", FLOW + "%% \uffff\ufffe\n", "\ufeff" + FLOW, FLOW.rstrip("\n"),
             "---\ntitle: T\n---\n\n\n" + FLOW + "\n\n", FLOW.replace("\n", "\r")]

    def test_every_source_comes_back(self):
        for text in self.TEXTS:
            for args in ([], ["--csp"], ["--svg", "plain"], ["-f", "png", "-s", "0.2"]):
                with self.subTest(text=text, args=args):
                    picture = self.nacre("render", "-", "-o", "-", "--embed-source", *args, stdin=text.encode()).stdout
                    self.assertEqual(self.nacre("extract", "-", stdin=picture).stdout, text.encode())
                    if args[:1] != ["-f"]:
                        self.root(picture)

    def test_of_a_document_its_own_diagram(self):
        self.write("d.md", "# D\n\n> ```mermaid\n> %s\n> ```\n" % FLOW.replace("\n", "\n> ").rstrip("> \n"))
        self.nacre("render", "d.md", "-o", "out/", "--embed-source")
        self.assertEqual(self.nacre("extract", "out/d-1.svg").stdout.decode(), FLOW)

    def test_output(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "--embed-source", "-f", "svg,png")
        self.nacre("extract", "x.png", "-o", "back.mmd")
        self.assertEqual(self.read("back.mmd").decode(), FLOW)
        self.assertEqual(self.nacre("extract", "x.svg", "-o", "-").stdout.decode(), FLOW)

    def test_without_it_nothing_is_published(self):
        svg = self.svg("%% secret\n" + FLOW)
        self.assertNotIn("secret", svg)
        self.assertNotIn("metadata", svg)
        png = self.nacre("render", "-", "-f", "png", "-o", "-", stdin=("%% secret\n" + FLOW).encode()).stdout
        self.assertNotIn(b"secret", png)
        self.assertIn("warning[not-in-format]: a PDF does not carry its source", self.tell(FLOW, "-f", "pdf", "--embed-source"))

    def test_what_carries_none(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-f", "svg,png,pdf")
        without = "carries no source: '--embed-source' was not given"
        whole = self.nacre("render", "x.mmd", "-f", "png", "-o", "-", "--embed-source").stdout
        at = whole.index(b"nacre-source") + 20
        cases = {"x.svg": without, "x.png": without, "x.mmd": "is neither an SVG nor a PNG", "x.pdf": "is neither an SVG nor a PNG"}
        for name, data, why in (("foreign.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no picture of nacre's"),
                                ("empty", b"", "is neither an SVG nor a PNG"),
                                ("other.png", whole[:8] + whole[-12:], "is no picture of nacre's"),
                                ("cut.png", whole[:at], "carries a source that is damaged"),
                                ("bent.png", whole[:at] + b"?" + whole[at + 1:], "carries a source that is damaged")):
            self.write(name, data)
            cases[name] = why
        for name, why in cases.items():
            done = self.nacre("extract", name, "-o", "out.mmd", check=1)
            self.message(done, "%s: error[no-source]: %s" % (name, why))
        self.assertNotIn("out.mmd", self.files())
        self.message(self.nacre("extract", "missing.svg", check=2), "missing.svg: error[cannot-read]: ")
        self.message(self.nacre("extract", check=2), "nacre: error[usage]: 'extract' takes one picture, not 0")

    def test_damaged_svg(self):
        svg = self.svg(FLOW + "%% \x01\n", "--embed-source")
        self.assertIn('data-encoding="base64"', svg)
        for broken in (svg.replace('"base64">', '"base64">*'), svg.replace("</metadata>", ""),
                       re.sub(r'"base64">.', '"base64">', svg)):
            done = self.nacre("extract", "-", stdin=broken.encode(), check=1)
            self.message(done, "<stdin>: error[no-source]: carries a source that is damaged")
        plain = self.svg(FLOW, "--embed-source").replace("--&gt;", "&bogus;")
        self.nacre("extract", "-", stdin=plain.encode(), check=1)

    def test_cut_anywhere_never_crashes(self):
        for picture in (self.svg(FLOW, "--embed-source", "--font-embed", "none").encode(),
                        self.nacre("render", "-", "-f", "png", "-s", "0.1", "-o", "-", "--embed-source", stdin=FLOW.encode()).stdout):
            for cut in range(0, min(len(picture), 700), 23):
                done = self.nacre("extract", "-", stdin=picture[:cut], check=None)
                self.assertIn(done.returncode, (0, 1))
                self.assertIn(done.stdout, (b"", FLOW.encode()))

    def test_the_mark_knows_the_options(self):
        marks = {re.search(r'data-nacre="([^"]+)"', self.svg(FLOW, *args)).group(1)
                 for args in ([], ["--csp"], ["--embed-source"], ["-t", "auto"], ["-t", "forest"], ["--id-prefix", "x"])}
        self.assertEqual(len(marks), 6)


if __name__ == "__main__":
    unittest.main()
