"""Sources are formatted by .clang-format, whose meaning depends on the version: 14."""
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import SOURCE, skip

VERSION = "14."


def find():
    for name in ("clang-format-14", "clang-format"):
        if shutil.which(name):
            said = subprocess.run([name, "--version"], capture_output=True, text=True).stdout
            if "version " + VERSION in said:
                return name
    return None


def main():
    tool = find()
    if not tool:
        skip("clang-format %s is not installed: the format of the sources is not checked" % VERSION.rstrip("."))
    files = [str(p) for folder in ("src", "layout", "include", "fonts", "tests") for p in sorted((SOURCE / folder).rglob("*.[ch]"))]
    done = subprocess.run([tool, "--dry-run", "-Werror", "--style=file", *files], capture_output=True, text=True)
    if done.returncode != 0:
        bad = sorted({line.split(":")[0] for line in done.stderr.splitlines() if ": error: " in line})
        print("not formatted; '%s -i' does it:\n  %s" % (tool, "\n  ".join(bad) or done.stderr))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
