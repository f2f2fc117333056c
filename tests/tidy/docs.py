"""The documents keep up with the program: every rule explained, every option named, no dead links."""
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BUILD, SOURCE, run


def text(name):
    return (SOURCE / name).read_text(encoding="utf-8")


class Diagnostics(unittest.TestCase):
    def setUp(self):
        rules = re.findall(r'^NC_RULE_ENUM\(\w+,\s*"([^"]+)",\s*NC_(\w+),', text("src/base/rules.def"), re.M)
        codes = re.findall(r'^NC_CODE\(\w+,\s*"([^"]+)"', text("src/cli/codes.def"), re.M)
        self.severity = {code: severity.lower() for code, severity in rules}
        self.severity.update((code, "error") for code in codes)
        parts = re.split(r"^### `([^`]+)`", text("docs/diagnostics.md"), flags=re.M)
        self.sections = dict(zip(parts[1::2], parts[2::2]))

    def test_every_rule_has_a_section(self):
        self.assertEqual(sorted(self.severity), sorted(self.sections))

    def test_every_section_says_what_to_do(self):
        for code, body in self.sections.items():
            with self.subTest(code):
                self.assertTrue(body.startswith("\n\n%s: " % self.severity[code]), body[:40])
                self.assertIn("**Remedy.**", body)
                self.assertRegex(body, r"(?m)^```(text|console)$")

    def test_every_example_has_its_mistake(self):
        for code, body in self.sections.items():
            if self.severity[code] == "portability":  # a note that render does not print
                continue
            for example in re.findall(r"^```text\n(.*?)^```", body, re.M | re.S):
                with self.subTest(code):
                    done = run("render", "--no-config", "-", stdin=example.encode())
                    self.assertIn("%s[%s]: " % (self.severity[code], code), done.stderr.decode())
                    self.assertEqual(done.returncode, 1 if self.severity[code] == "error" else 0)


class Manual(unittest.TestCase):
    def test_every_option_is_described(self):
        manual = text("docs/nacre.md")
        serve = ["serve"] if (BUILD / "nacre-serve").exists() else []
        for command in ["render", "check", "extract", "mmdc", "dump", "preview", *serve]:
            for option in re.findall(r"^ +(?:-\w, )?(--[\w-]+)", run(command, "--help").stdout.decode(), re.M):
                with self.subTest(option):
                    self.assertTrue("`%s" % option in manual, "docs/nacre.md does not mention it")


class Links(unittest.TestCase):
    def test_targets_exist(self):
        documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *("docs/" + p.name for p in (SOURCE / "docs").glob("*.md"))]
        for name in documents:
            for target in re.findall(r"\]\(([^)#: ]+)(?:#[^)]*)?\)", text(name)):
                with self.subTest(name + ": " + target):
                    self.assertTrue(((SOURCE / name).parent / target).exists())


if __name__ == "__main__":
    unittest.main()
