"""The manual pages keep up with the program and the header, and show without a warning."""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import SOURCE, run

PAGES = sorted((SOURCE / "docs" / "man").glob("*.[135]"))


def page(name):
    return (SOURCE / "docs" / "man" / name).read_text(encoding="utf-8")


def options_of_help(said):
    """{"output": "o", "theme": ..., "csp": ""} and which of them have a value, as --help lists them."""
    rows = re.findall(r"^ +(?:-(\w), )?--([\w-]+)( [^ \n]+)?", said, re.M)
    return {name: letter for letter, name, _ in rows}, {name for _, name, value in rows if value}


def options_of_page(text):
    rows = re.findall(r"^\.It Fl (?:(\w) , )?-([\w-]+)( .*)?$", text, re.M)
    return {name: letter for letter, name, _ in rows}, {name for _, name, value in rows if value}


def commands():
    """Those of the list, and whether this build has them."""
    said = run("--help").stdout.decode()
    return re.findall(r"^  (\w+) ", said.split("commands:\n")[1], re.M)


class Commands(unittest.TestCase):
    def test_each_has_a_page(self):
        for command in commands():
            with self.subTest(command):
                self.assertIn(".Xr nacre-%s 1" % command, page("nacre.1"))
                self.assertTrue((SOURCE / "docs" / "man" / ("nacre-%s.1" % command)).exists())

    def test_pages_and_help_have_the_same_options(self):
        for command in commands():
            done = run(command, "--help")
            if done.returncode != 0:
                continue  # a program of its own that this build has not
            with self.subTest(command):
                said, page_says = options_of_help(done.stdout.decode()), options_of_page(page("nacre-%s.1" % command))
                self.assertEqual(said[0], page_says[0])
                self.assertEqual(said[1], page_says[1], "which options have a value")

    def test_words_are_named(self):
        """The only values that an option has stand in the page."""
        for command in commands():
            if run(command, "--help").returncode != 0:
                continue
            text = page("nacre-%s.1" % command)
            for name in options_of_page(text)[1]:
                offered = run("complete", command, "--" + name, "").stdout.decode().split()
                row = re.search(r"^\.It Fl (?:\w , )?-%s Cm (.*)$" % name, text, re.M)
                if row:
                    with self.subTest(command + " --" + name):
                        self.assertEqual(offered, row.group(1).split(" | "))


class Configuration(unittest.TestCase):
    def test_keys_are_known(self):
        known = set(re.findall(r'^(?:KEY|INNER)\(\w+, "(\w+)"', (SOURCE / "src/source/config.def").read_text(), re.M))
        for names in re.findall(r"^\.It Ic (.+)$", page("nacre-config.5"), re.M):
            for name in [] if " No " in names else names.split(" , "):  # "and so on": a family of names
                with self.subTest(name):
                    self.assertIn(name, known)

    def test_keys_of_the_manual_are_in_the_page(self):
        manual = (SOURCE / "docs/nacre.md").read_text(encoding="utf-8")
        for cell in re.findall(r"^\| (`(?:flowchart|sequence|c4)\..*?) \|", manual, re.M):
            for key in re.findall(r"\.(\w+)", cell):
                with self.subTest(key):
                    self.assertRegex(page("nacre-config.5"), r"(?m)^\.It Ic .*\b%s\b" % key)


class Header(unittest.TestCase):
    def setUp(self):
        self.header = (SOURCE / "include/nacre/nacre.h").read_text(encoding="utf-8")
        self.page = page("libnacre.3")

    def test_functions(self):
        declared = set(re.findall(r"^NACRE_API [^;]*?\b(nacre_\w+)\(", self.header, re.M))
        self.assertGreater(len(declared), 20)
        for name in declared:
            with self.subTest(name):
                self.assertRegex(self.page, r"\bFn %s\b" % name)
        for name in set(re.findall(r"\bFn (nacre_\w+)", self.page)):
            with self.subTest(name):
                self.assertIn(name, declared)

    def test_options_and_statuses(self):
        fields = re.search(r"typedef struct nacre_options \{(.*?)\} nacre_options;", self.header, re.S).group(1)
        fields = re.sub(r"/\*.*?\*/", "", fields, flags=re.S)
        for name in re.findall(r"(\w+);", fields):
            if name != "struct_size":
                with self.subTest(name):
                    self.assertRegex(self.page, r"(?m)^\.It Fa .*\b%s\b" % name)
        for name in re.findall(r"\bNACRE_(?:OK|ERR_\w+|LOG_[A-Z]+)\b", re.sub(r"/\*.*?\*/", "", self.header, flags=re.S)):
            with self.subTest(name):
                self.assertRegex(self.page, r"Dv %s\b" % name)


class Show(unittest.TestCase):
    def quiet(self, command, path):
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
        said = (done.stdout + done.stderr if "-Tlint" in command else done.stderr).splitlines()
        # those of other systems, or of pages that are not installed yet
        said = [line for line in said if "referenced manual not found" not in line and "mandoc.db" not in line]
        self.assertEqual(said, [])

    def test_mandoc_finds_nothing(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not here")
        for path in PAGES:
            with self.subTest(path.name):
                self.quiet(["mandoc", "-Tlint", "-W", "style"], path)

    def test_groff_finds_nothing(self):
        if not shutil.which("groff"):
            self.skipTest("groff is not here")
        for path in PAGES:
            with self.subTest(path.name):
                self.quiet(["groff", "-ww", "-mdoc", "-Tutf8"], path)

    def test_man_finds_nothing(self):
        if not shutil.which("man"):
            self.skipTest("man is not here")
        for path in PAGES:
            with self.subTest(path.name):
                self.quiet(["man", "--warnings", "-l"], path)

    def test_references_lead_somewhere(self):
        names = {path.name for path in PAGES}
        for path in PAGES:
            for name, section in re.findall(r"^\.Xr ((?:lib)?nacre\S*) (\d)", path.read_text(), re.M):
                with self.subTest(path.name):
                    self.assertIn("%s.%s" % (name, section), names)

    def test_the_example_is_whole(self):
        """The program of libnacre.3 is one that can be compiled."""
        example = re.search(r"^\.Bd -literal\n(#include.*?)^\.Ed", page("libnacre.3"), re.M | re.S).group(1)
        done = subprocess.run(["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I",
                               str(SOURCE / "include"), "-x", "c", "-"], input=example.replace("\\e", "\\"), text=True,
                              capture_output=True)
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
