"""What the tests of the finished program share: running it, a folder of their own, a spoken skip."""
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("NACRE_BUILD", SOURCE / "build" / "debug"))
NACRE = os.environ.get("NACRE", str(BUILD / "nacre"))
SKIPPED = 77
os.environ.setdefault("LSAN_OPTIONS", "print_suppressions=0:suppressions=%s" % (SOURCE / "tests" / "lsan.supp"))


def skip(why):
    """End the test without a verdict."""
    print("skip: " + why)
    sys.exit(SKIPPED)


def run(*args, stdin=b"", cwd=None, env=None, check=None, prefix=(), **more):
    """The program with args; check: the exit status it must have. Both streams are bytes."""
    done = subprocess.run([*prefix, NACRE, *args], input=stdin, capture_output=True, cwd=cwd, env=env,
                          timeout=120, **more)
    if check is not None and done.returncode != check:
        raise AssertionError("exit status %d, not %d, of nacre %r\nstdout: %s\nstderr: %s" %
                             (done.returncode, check, args, done.stdout[:2000].decode(errors="replace"),
                              done.stderr[:4000].decode(errors="replace")))
    return done


def environment(**changes):
    """The environment with some variables set (None: removed)."""
    env = dict(os.environ)
    for name, value in changes.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    return env


class ProgramTest(unittest.TestCase):
    """A test in a folder of its own, which is no part of any repository."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="nacre test ")
        self.folder = pathlib.Path(self._folder.name).resolve()
        self.addCleanup(self._folder.cleanup)
        (self.folder / ".git").mkdir()  # nothing above it is searched for nacre.yaml

    def nacre(self, *args, check=0, **more):
        more.setdefault("cwd", self.folder)
        return run(*args, check=check, **more)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name):
        return (self.folder / name).read_bytes()

    def files(self, lists=False):
        """Every file below the folder, as sorted relative names; nacre's lists of its outputs only when asked for."""
        return sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob("*")
                      if p.is_file() and (lists or p.name != ".nacre-manifest"))

    def terminal(self):
        """A descriptor that is a terminal; the test is skipped on a machine that has none to give."""
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest("no terminal: %s" % error)
        self.addCleanup(os.close, ours)
        self.addCleanup(os.close, theirs)
        return theirs

    def message(self, done, start):
        """Asserts that stderr has a line that begins with start; returns that line."""
        lines = done.stderr.decode(errors="surrogateescape").splitlines()
        for line in lines:
            if line.startswith(start):
                return line
        self.fail("no line begins with %r in:\n%s" % (start, "\n".join(lines)))


FLOW = "flowchart LR\n  A[One] --> B[Two]\n"
SEQUENCE = "sequenceDiagram\n  Ann->>Bob: Hello\n"
C4 = 'C4Context\n  Person(a, "Ann")\n  System(s, "Shop")\n  Rel(a, s, "Uses")\n'
BROKEN = "flowchart LR\n  A -> B\n"
