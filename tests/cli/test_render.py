"""nacre render and dump of diagrams: the command line, names of outputs, configuration."""
import json
import os
import pathlib
import re
import sys
import unittest
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, C4, FLOW, SEQUENCE, ProgramTest, environment


class Usage(ProgramTest):
    def test_help_of_everything(self):
        for args in (["--help"], ["help"], ["-h"]):
            self.assertIn(b"commands:", self.nacre(*args).stdout)
        for command in ("render", "check", "dump"):
            for args in ([command, "--help"], [command, "-h"], ["help", command]):
                done = self.nacre(*args)
                self.assertTrue(done.stdout.startswith(b"usage: nacre " + command.encode()))
                self.assertEqual(done.stderr, b"")

    def test_version_names_the_fonts(self):
        first, fonts = self.nacre("--version").stdout.decode().splitlines()[:2]
        self.assertRegex(first, r"^nacre \d+\.\d+\.\d+$")
        self.assertIn("Inter", fonts)

    def test_nothing_to_do_is_a_mistake(self):
        self.assertIn(b"usage:", self.nacre(check=2).stderr)
        self.message(self.nacre("render", check=2), "nacre: error[usage]: 'render' needs an input")

    def test_unknown_words_have_a_remedy(self):
        for args, remedy in ((["rendr"], "did you mean 'render'?"),
                             (["render", "--them", "x"], "did you mean '--theme'?"),
                             (["render", "--font-embed=all", "x.mmd"], "there are: subset, none"),
                             (["render", "--aspect", "4:0", "x.mmd"], "two numbers with a colon between, as in 4:3"),
                             (["render", "--aspect=wide", "x.mmd"], "two numbers with a colon between, as in 4:3"),
                             (["render", "-z"], "'nacre render --help' lists the options"),
                             (["dump", "--stage", "modle"], "did you mean 'model'? There are: model, layout, scene")):
            done = self.nacre(*args, check=2)
            self.message(done, "nacre: error[usage]: ")
            self.message(done, "  hint: " + remedy)
            self.assertEqual(done.stdout, b"")

    def test_a_file_in_place_of_a_command(self):
        self.write("x.mmd", FLOW)
        self.message(self.nacre("x.mmd", check=2), "  hint: to draw a file: 'nacre render x.mmd'")

    def test_values_may_be_written_four_ways(self):
        for args in (["-o", "y.svg"], ["-oy.svg"], ["--output", "y.svg"], ["--output=y.svg"]):
            self.write("x.mmd", FLOW)
            self.nacre("render", "x.mmd", *args)
            (self.folder / "y.svg").unlink()
        self.message(self.nacre("render", "x.mmd", "-o", check=2), "nacre: error[usage]: '-o' needs a value")
        self.message(self.nacre("render", "x.mmd", "--force=1", check=2),
                     "nacre: error[usage]: '--force' takes no value")

    def test_operands_after_two_dashes(self):
        self.write("-x.mmd", FLOW)
        self.nacre("render", "--", "-x.mmd")
        self.assertIn("-x.svg", self.files())


class Names(ProgramTest):
    def test_beside_the_input(self):
        for name in ("x.mmd", "y.mermaid", "z.MMD", "plain"):
            self.write("a/" + name, FLOW)
            self.nacre("render", "a/" + name)
        self.assertEqual([f for f in self.files() if f.endswith(".svg")],
                         ["a/plain.svg", "a/x.svg", "a/y.svg", "a/z.svg"])

    def test_every_family_is_an_svg(self):
        for name, text, family in (("f.mmd", FLOW, "flowchart"), ("s.mmd", SEQUENCE, "sequence"), ("c.mmd", C4, "c4")):
            self.write(name, text)
            done = self.nacre("render", name)
            self.assertEqual((done.stdout, done.stderr), (b"", b""))
            root = xml.dom.minidom.parse(str(self.folder / name.replace("mmd", "svg"))).documentElement
            self.assertEqual((root.tagName, root.getAttribute("aria-roledescription")), ("svg", family))

    def test_output_file(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd", "-o", "out.svg")
        self.nacre("render", "x.mmd", "-o", "odd.name", "-f", "svg")
        self.assertEqual(self.read("out.svg"), self.read("odd.name"))

    def test_output_folder(self):
        self.write("a/x.mmd", FLOW)
        self.nacre("render", "a/x.mmd", "-o", "new/deep/")
        (self.folder / "there").mkdir()
        self.nacre("render", "a/x.mmd", "-o", "there")
        self.assertEqual(self.read("new/deep/x.svg"), self.read("there/x.svg"))

    def test_streams(self):
        self.write("x.mmd", FLOW)
        picture = self.nacre("render", "-", stdin=FLOW.encode()).stdout
        self.assertTrue(picture.startswith(b"<svg "))
        self.assertEqual(picture, self.nacre("render", "x.mmd", "-o", "-").stdout)
        self.nacre("render", "-", "-o", "y.svg", stdin=FLOW.encode())
        self.assertEqual(picture, self.read("y.svg"))
        done = self.nacre("render", "-", "-o", "out/", stdin=FLOW.encode(), check=2)
        self.message(done, "<stdin>: error[usage]: ")
        self.message(done, "  hint: name the file: '-o out/NAME.svg'")

    def test_several_inputs_are_mirrored(self):
        self.write("a/b/x.mmd", FLOW)
        self.write("a/c/x.mmd", FLOW)
        self.write("a/y.mmd", FLOW)
        self.nacre("render", "a/b/x.mmd", "a/./c/x.mmd", "a/b/../y.mmd", "-o", "out/")
        self.assertEqual([f for f in self.files() if f.startswith("out/")],
                         ["out/b/x.svg", "out/c/x.svg", "out/y.svg"])
        self.nacre("render", "a/b/x.mmd", "a/b/../c/x.mmd", "-o", "two/")
        self.assertEqual([f for f in self.files() if f.startswith("two/")], ["two/b/x.svg", "two/c/x.svg"])

    def test_a_missing_input_moves_no_other(self):
        self.write("a/b/x.mmd", FLOW)
        done = self.nacre("render", "a/b/x.mmd", "a/gone.mmd", "-o", "out/", check=2)
        self.message(done, "a/gone.mmd: error[cannot-read]: ")
        self.assertIn("out/b/x.svg", self.files())

    def test_several_inputs_and_one_file(self):
        self.write("x.mmd", FLOW)
        self.write("y.mmd", FLOW)
        for output in ("z.svg", "-"):
            done = self.nacre("render", "x.mmd", "y.mmd", "-o", output, check=2)
            self.message(done, "nacre: error[usage]: 2 inputs cannot become the one file")
        self.assertEqual(self.files(), ["x.mmd", "y.mmd"])

    def test_collisions_are_found_before_anything_is_written(self):
        self.write("x.mmd", FLOW)
        self.write("x.mermaid", FLOW)
        self.write("y.mmd", FLOW)
        done = self.nacre("render", "y.mmd", "x.mmd", "x.mermaid", check=2)
        self.message(done, "x.mermaid: error[output-collision]: 'x.svg' would be written from 'x.mmd' already")
        self.assertEqual(self.files(), ["x.mermaid", "x.mmd", "y.mmd"])

    def test_two_spellings_of_one_folder_collide(self):
        self.write("a/x.mmd", FLOW)
        os.symlink("a", self.folder / "b")
        done = self.nacre("render", "a/x.mmd", "b/x.mmd", check=2)
        self.message(done, "b/x.mmd: error[output-collision]: ")
        self.assertNotIn("a/x.svg", self.files())

    def test_formats(self):
        self.write("x.mmd", FLOW)
        done = self.nacre("render", "x.mmd", "-o", "x.jpeg", check=2)
        self.message(done, "nacre: error[usage]: the suffix of 'x.jpeg' names no format")
        self.message(self.nacre("render", "x.mmd", "-f", "gif", check=2), "nacre: error[usage]: 'gif' is no format")
        self.assertEqual(self.files(), ["x.mmd"])

    def test_strange_names(self):
        for name in (b"with space.mmd", b"new\nline.mmd", b"\xff\xfe.mmd", "größe 図.mmd".encode()):
            path = os.fsencode(self.folder) + b"/" + name
            with open(path, "wb") as f:
                f.write(FLOW.encode())
            self.nacre("render", os.fsdecode(name))
            self.assertTrue(os.path.exists(path.replace(b".mmd", b".svg")))
        done = self.nacre("render", "no\nsuch\x1b[31m\udcff.mmd", check=2)
        self.assertTrue(done.stderr.startswith(b"no\\x0asuch\\x1b[31m\\xff.mmd: error[cannot-read]: "), done.stderr)


class Overwriting(ProgramTest):
    def test_own_pictures_are_replaced(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd")
        before = self.read("x.svg")
        self.write("x.mmd", FLOW.replace("One", "Eleven"))
        self.nacre("render", "x.mmd")
        self.assertNotEqual(before, self.read("x.svg"))

    def test_other_files_are_not(self):
        drawn = "<svg xmlns='http://www.w3.org/2000/svg'><!-- data-nacre=\"by hand\" --></svg>"
        self.write("x.mmd", FLOW)
        self.write("x.svg", drawn)
        done = self.nacre("render", "x.mmd", check=2)
        self.message(done, "x.mmd: error[would-overwrite]: 'x.svg' exists and is not nacre's work")
        self.assertEqual(self.read("x.svg"), drawn.encode())
        self.nacre("render", "x.mmd", "--force")
        self.assertNotEqual(self.read("x.svg"), drawn.encode())
        self.write("x.svg", drawn)
        self.nacre("render", "x.mmd", "-o", "x.svg")
        self.assertNotEqual(self.read("x.svg"), drawn.encode())

    def test_an_input_is_never_overwritten(self):
        self.write("x.mmd", FLOW)
        done = self.nacre("render", "x.mmd", "-f", "svg", "-o", "./x.mmd", check=2)
        self.message(done, "x.mmd: error[output-collision]: would be written onto the input 'x.mmd'")
        os.link(self.folder / "x.mmd", self.folder / "x.svg")
        self.message(self.nacre("render", "x.mmd", "--force", check=2), "x.mmd: error[output-collision]: ")
        self.assertEqual(self.read("x.mmd"), FLOW.encode())

    def test_mode_and_links_are_kept(self):
        self.write("x.mmd", FLOW)
        self.write("real/x.svg", "")
        os.chmod(self.folder / "real/x.svg", 0o640)
        os.symlink("real/x.svg", self.folder / "out.svg")
        self.nacre("render", "x.mmd", "-o", "out.svg")
        self.assertTrue((self.folder / "out.svg").is_symlink())
        self.assertEqual(os.stat(self.folder / "real/x.svg").st_mode & 0o777, 0o640)
        self.assertTrue(self.read("real/x.svg").startswith(b"<svg "))
        os.umask(0o027)
        self.addCleanup(os.umask, 0o022)
        self.nacre("render", "x.mmd", "-o", "new.svg")
        self.assertEqual(os.stat(self.folder / "new.svg").st_mode & 0o777, 0o640)


class Configuration(ProgramTest):
    """Weakest first: nacre.yaml, -c, the document, the command line."""

    def setUp(self):
        super().setUp()
        self.write("x.mmd", FLOW)
        self.light = self.picture("-t", "nacre")
        self.dark = self.picture("-t", "nacre-dark")
        self.assertNotEqual(self.light, self.dark)

    def picture(self, *args, name="x.mmd", **more):
        """The drawing without its mark and its ids, which hold a hash of the options."""
        text = self.nacre("render", name, "-o", "-", *args, **more).stdout.decode()
        self.assertRegex(text, r' data-nacre="\d+:[0-9a-f]{16}"')
        return re.sub(r'nacre-[0-9a-f]{8}|(data-nacre)="[^"]*"', r"\1", text)

    def test_built_in(self):
        self.assertEqual(self.picture(), self.light)

    def test_the_order(self):
        self.write("nacre.yaml", "theme: nacre-dark\n")
        self.assertEqual(self.picture(), self.dark)
        self.assertEqual(self.picture("--no-config"), self.light)
        self.write("mine.json", '{"theme": "nacre"}')
        self.assertEqual(self.picture("-c", "mine.json"), self.light)
        self.write("own.mmd", '%%{init: {"theme": "nacre-dark"}}%%\n' + FLOW)
        own = self.picture("-c", "mine.json", name="own.mmd")
        self.assertEqual(own, self.picture("-t", "nacre-dark", name="own.mmd"))
        self.assertEqual(self.picture("-t", "nacre"), self.light)

    def test_where_nacre_yaml_is_looked_for(self):
        self.write("nacre.yaml", "theme: nacre-dark\n")
        self.write("a/b/x.mmd", FLOW)
        self.write("repo/.git/HEAD", "")
        self.write("repo/a/x.mmd", FLOW)
        self.assertEqual(self.picture(name="a/b/x.mmd"), self.dark)
        self.assertEqual(self.picture(name="repo/a/x.mmd"), self.light)
        self.assertEqual(self.picture(name="a/b/x.mmd", env=environment(HOME=str(self.folder / "a"))), self.light)
        self.assertEqual(self.picture(name="-", stdin=FLOW.encode()), self.dark)
        self.assertEqual(self.picture(name="-", stdin=FLOW.encode(), cwd=self.folder / "repo"), self.light)

    def test_a_configuration_that_is_not_there(self):
        done = self.nacre("render", "x.mmd", "-c", "no.yaml", check=2)
        self.message(done, "no.yaml: error[cannot-read]: ")
        self.assertEqual(self.files(), ["x.mmd"])

    def test_a_configuration_that_is_broken(self):
        self.write("mine.yaml", "theme: nacre\nflowchart: [1, 2\n")
        self.write("repo/nacre.yaml", "- theme\n")
        self.write("repo/.git/HEAD", "")
        self.write("repo/a/x.mmd", FLOW)
        self.write("repo/b/x.mmd", FLOW)
        done = self.nacre("render", "x.mmd", "-c", "mine.yaml", check=2)
        self.message(done, "mine.yaml:3:1: error[broken-config]: the configuration is no YAML: ")
        done = self.nacre("render", "repo/a/x.mmd", "repo/b/x.mmd", "x.mmd", "-o", "out/", check=2)
        self.message(done, "repo/nacre.yaml:1:1: error[broken-config]: the configuration is no map of keys")
        self.assertEqual(done.stderr.count(b"error["), 1)
        self.assertEqual([f for f in self.files() if f.endswith(".svg")], ["out/x.svg"])
        done = self.nacre("render", "x.mmd", "-o", "-", cwd=self.folder / "repo" / "a", check=2)
        self.message(done, "../nacre.yaml:1:1: error[broken-config]: ")
        self.nacre("render", "repo/a/x.mmd", "--no-config")

    def test_values_that_are_ignored_are_told_once(self):
        self.write("nacre.yaml", "theme: nacre-dark\nflowchart:\n  curve: 7\n  nodeSpacing: wide\n")
        self.write("y.mmd", SEQUENCE)
        done = self.nacre("render", "x.mmd", "y.mmd", "-o", "out/")
        self.message(done, "nacre.yaml:4:16: warning[bad-config]: 'nodeSpacing' takes a number")
        self.assertEqual(done.stderr.count(b"warning["), 2, done.stderr)

    def test_ground_and_fonts(self):
        self.assertNotEqual(self.picture("-b", "transparent"), self.light)
        self.assertNotEqual(self.picture("-b", "#fedcba"), self.light)
        with_font, without = self.picture("--font-embed", "subset"), self.picture("--font-embed", "none")
        self.assertEqual(with_font, self.light)
        self.assertIn("@font-face", with_font)
        self.assertNotIn("@font-face", without)

    def shape(self, text, *options):
        self.write("shape.mmd", text)
        drawn = self.nacre("render", "shape.mmd", *options, "-o", "-").stdout.decode()
        return [float(n) for n in re.search(r'viewBox="0 0 (\S+) (\S+)"', drawn).groups()]

    def test_a_wanted_aspect(self):
        loose = "flowchart TB\n" + "".join("n%d\n" % i for i in range(24))
        wide, tall = self.shape(loose, "--aspect", "3:1"), self.shape(loose, "--aspect=1:3")
        self.assertGreater(wide[0], 2 * wide[1])
        self.assertGreater(tall[1], 2 * tall[0])
        self.assertEqual(self.shape(loose, "--aspect", "3"), wide)
        for value in ('"1:3"', "1:3", "0.3333333"):
            config = "---\nconfig:\n  flowchart:\n    aspect: %s\n---\n" % value
            self.assertEqual(self.shape(config + loose), tall, value)
            self.assertEqual(self.shape(config + loose, "--aspect", "3:1"), wide)
        for nonsense in ("0", "x", '"4:0"', '"4:3:2"', '":"', "-1"):
            config = "---\nconfig:\n  flowchart:\n    aspect: %s\n---\n" % nonsense
            self.assertEqual(self.shape(config + loose), self.shape(loose), nonsense)

    def test_distances_of_the_configuration(self):
        fan = "flowchart TB\n a --> b & c\n"
        last = [0, 0]
        for px in (0, 8, 40, 500, 1e9):
            config = "---\nconfig:\n  flowchart:\n    nodeSpacing: %d\n    rankSpacing: %d\n---\n" % (px, px)
            shape = self.shape(config + fan)
            self.assertGreaterEqual(shape[0], last[0])
            self.assertGreaterEqual(shape[1], last[1])
            last = shape
        self.assertGreater(last[0], 2000)
        self.assertGreater(last[1], 2000)

    def test_rows_of_c4(self):
        elements = "".join('System(s%d, "S%d")\n' % (i, i) for i in range(7))
        inner = "".join('System_Boundary(b%d, "B%d") {\nContainer(c%d, "C%d")\nContainer(d%d, "D%d")\n}\n' % ((i,) * 6)
                        for i in range(3))
        relations = 'Rel_U(s0, s6, "up")\nRel(c2, s1, "back")\nRel(s1, s5, "on")\nRel(d0, c1, "over")\nRel(b0, b2, "all")\n'
        text = "C4Context\n" + elements + inner + relations

        def places(config, text):
            self.write("rows.mmd", "---\nconfig:\n  c4:\n    layout: %s\n---\n%s" % (config, text))
            dump = self.nacre("dump", "--stage", "layout", "rows.mmd").stdout.decode()
            found = {}
            for line in dump.splitlines():
                if line.startswith(("node", "group")):
                    name, numbers = line.split('"')[1], re.findall(r"(?<= )-?[\d.]+", line.split('"')[2])
                    found[name] = [float(n) for n in numbers[:4]]
            return found

        def rows(found, names):
            tops = {}
            for name in names:
                x, y, w, h = found[name]
                tops.setdefault(y + h / 2 if name[0] != "b" else y, []).append((x, name))
            return [[name for _, name in sorted(tops[y])] for y in sorted(tops)]

        systems = ["s%d" % i for i in range(7)]
        found = places("grid", text)
        self.assertEqual(rows(found, systems), [systems[:4], systems[4:]])
        self.assertEqual(rows(found, ["b0", "b1", "b2"]), [["b0", "b1"], ["b2"]])
        for i in range(3):
            self.assertEqual(rows(found, ["c%d" % i, "d%d" % i]), [["c%d" % i, "d%d" % i]])
        found = places("grid", text + 'UpdateLayoutConfig($c4ShapeInRow="3", $c4BoundaryInRow="1")\n')
        self.assertEqual(rows(found, systems), [systems[:3], systems[3:6], systems[6:]])
        self.assertEqual(rows(found, ["b0", "b1", "b2"]), [["b0"], ["b1"], ["b2"]])
        found = places("grid\n    c4ShapeInRow: 1", text)
        self.assertEqual(rows(found, systems), [[name] for name in systems])
        self.assertNotEqual(rows(places("dagre", text), systems), [systems[:4], systems[4:]])

    def test_participants_again(self):
        text = SEQUENCE + "A->>B: x\n" * 30
        self.write("long.mmd", text)
        count = lambda *options: self.nacre("render", "long.mmd", *options, "-o", "-").stdout.count(b'<g class="participant')
        usual = count()
        self.assertGreater(count("--repeat-actors", "8"), usual)
        self.assertGreater(count("--repeat-actors", "4"), count("--repeat-actors", "8"))

    def test_unknown_names_are_told(self):
        done = self.nacre("render", "x.mmd", "-t", "nacre-drak", "-o", "-")
        self.assertIn(b"[unknown-theme]", done.stderr)
        self.assertIn(b"did you mean 'nacre-dark'?", done.stderr)
        self.assertIn(b"[bad-color]", self.nacre("render", "x.mmd", "-b", "bleu", "-o", "-").stderr)


class Dump(ProgramTest):
    def test_model(self):
        self.write("x.mmd", FLOW)
        model = json.loads(self.nacre("dump", "x.mmd").stdout)
        self.assertEqual(model["diagram"], "flowchart")
        self.assertEqual([n["id"] for n in model["nodes"]], ["A", "B"])
        for args in (["dump", "--mermaid", "-"], ["dump", "--mermaid"]):
            self.assertEqual(json.loads(self.nacre(*args, stdin=FLOW.encode()).stdout)["diagram"], "flowchart")

    def test_stages(self):
        for text in (FLOW, SEQUENCE, C4):
            for stage in ("model", "layout", "scene"):
                self.assertNotEqual(self.nacre("dump", "--stage", stage, "-", stdin=text.encode()).stdout, b"")

    def test_of_a_document(self):
        self.write("one.md", "```mermaid\n" + FLOW + "```\n")
        self.assertEqual(json.loads(self.nacre("dump", "one.md").stdout)["diagram"], "flowchart")
        self.write("two.md", ("```mermaid\n" + FLOW + "```\n") * 2)
        self.message(self.nacre("dump", "two.md", check=2), "two.md: error[usage]: holds 2 diagrams")

    def test_errors_print_nothing(self):
        done = self.nacre("dump", "--mermaid", "-", stdin=BROKEN.encode(), check=1)
        self.assertEqual(done.stdout, b"")
        self.message(done, "<stdin>:2:")
        self.message(self.nacre("dump", "--mermaid", "--stage", "scene", check=2), "nacre: error[usage]: ")
        self.message(self.nacre("dump", "a", "b", check=2), "nacre: error[usage]: 'dump' takes one input")


if __name__ == "__main__":
    unittest.main()
