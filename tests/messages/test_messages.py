"""What people read about their slips: every message of the texts in this folder, place and remedy.

A file holds cases: a line `## what the author did`, the text, and behind it one line for each
message in the order of the text:

    --> 2:11 error[bad-arrow] write '-->'

A text with one slip has one message; with several, one for each. `test_messages.py --renew` writes
what nacre says now: read the difference as the author of the text would.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import NACRE, SOURCE

FOLDER = pathlib.Path(__file__).resolve().parent
MARK = "--> "


def cases(path):
    """(name, text, messages) of a file."""
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        name, _, rest = part.partition("\n")
        lines = rest.rstrip("\n").split("\n")
        messages = [line for line in lines if line.startswith(MARK)]
        text = [line for line in lines if not line.startswith(MARK)]
        yield name, "\n".join(text) + "\n", messages


def check(texts, path):
    """The messages of each text, from one run; those of portable.txt are with --portable."""
    portable = ["--portable"] if path.stem == "portable" else []
    with tempfile.TemporaryDirectory(prefix="nacre-messages-") as folder:
        for n, text in enumerate(texts):
            (pathlib.Path(folder) / ("%04d.mmd" % n)).write_text(text, encoding="utf-8")
        done = subprocess.run([NACRE, "check", "--no-config", "--format", "json", *portable, folder], capture_output=True)
        if done.returncode not in (0, 1):
            raise AssertionError(done.stderr.decode(errors="replace"))
        said = [[] for _ in texts]
        for f in json.loads(done.stdout)["findings"]:
            line = "%s%d:%d %s[%s] %s" % (MARK, f["line"], f["column"], f["severity"], f["code"], f.get("hint", ""))
            said[int(pathlib.Path(f["path"]).stem)].append(line.rstrip())
        return said


def files():
    return sorted(FOLDER.glob("*.txt"))


class Messages(unittest.TestCase):
    def test_what_is_said(self):
        for path in files():
            table = list(cases(path))
            for (name, text, want), got in zip(table, check([text for _, text, _ in table], path)):
                with self.subTest("%s: %s" % (path.name, name)):
                    self.assertEqual(want, got, text)

    def test_the_table_is_broad(self):
        """Every rule of the grammars, and of the others those that a text alone can break."""
        rules = (SOURCE / "src/base/rules.def").read_text(encoding="utf-8")
        grammars = rules[rules.index("/* every grammar */"):rules.index("/* drawing */")]
        wanted = set(re.findall(r'^NC_RULE_ENUM\(\w+,\s*"([^"]+)",\s*NC_(?!PORTABILITY)', grammars, re.M))
        wanted |= {"empty-diagram", "unknown-diagram", "unsupported-diagram", "front-matter", "bad-directive",
                   "bad-data", "bad-config", "unknown-theme", "bad-color", "bad-style", "unsafe-link"}
        seen = {m.split("[")[1].split("]")[0] for path in files() for _, _, messages in cases(path) for m in messages}
        self.assertEqual(wanted - seen, set())


def renew():
    for path in files():
        table = list(cases(path))
        said = check([text for _, text, _ in table], path)
        head = path.read_text(encoding="utf-8").split("## ", 1)[0]
        path.write_text(head + "\n".join("## %s\n%s%s" % (name, text, "".join(m + "\n" for m in messages))
                                         for (name, text, _), messages in zip(table, said)), encoding="utf-8")


if __name__ == "__main__":
    renew() if "--renew" in sys.argv else unittest.main()
