"""Bad input, and machines that say no: a coded message, the right exit status, nothing half-written."""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, FLOW, NACRE, SEQUENCE, ProgramTest, environment

TWO = "```mermaid\n" + FLOW + "```\n\n```mermaid\n" + SEQUENCE + "```\n"


def strace_works():
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


class BadText(ProgramTest):
    def test_each_has_its_code(self):
        for name, text, code in (("empty.mmd", b"", "empty-diagram"),
                                 ("blank.mmd", b" \n\n%% only a comment\n", "empty-diagram"),
                                 ("unknown.mmd", b"flowchrt LR\nA-->B\n", "unknown-diagram"),
                                 ("pie.mmd", b"pie\n  \"a\": 1\n", "unsupported-diagram"),
                                 ("utf8.mmd", b"flowchart LR\n  A[\xff\xfe] --> B\n", "invalid-utf8"),
                                 ("front.mmd", b"---\ntitle: [\n---\nflowchart LR\nA-->B\n", "front-matter")):
            self.write(name, text)
            done = self.nacre("render", name, check=1)
            self.assertIn("error[%s]: " % code, self.message(done, name + ":"))
            self.assertEqual(done.stdout, b"")
            self.assertFalse((self.folder / name.replace(".mmd", ".svg")).exists())

    def test_an_old_picture_survives_an_error(self):
        self.write("x.mmd", FLOW)
        self.nacre("render", "x.mmd")
        before = self.read("x.svg")
        self.write("x.mmd", BROKEN)
        self.nacre("render", "x.mmd", check=1)
        self.assertEqual(self.read("x.svg"), before)

    def test_the_place_of_bad_bytes(self):
        self.write("x.mmd", b"flowchart LR\n  A[\xff] --> B\n")
        self.message(self.nacre("render", "x.mmd", check=1), "x.mmd:2:5: error[invalid-utf8]: ")

    def test_messages_hold_no_control_characters(self):
        for text in (b"\x1b[31mflow\n", b"flowchart LR\n  A\x07\x9b\x00 --> \xff\n", b"\r\x08\n"):
            done = self.nacre("render", "-", stdin=text, check=1)
            self.assertFalse([b for b in done.stderr if b < 32 and b != 10 or b == 127], done.stderr)

    def test_long_lines_are_cut(self):
        self.write("x.mmd", b"flowchart LR\n  A[" + b"x" * 200000 + b" --> B\n")
        self.assertLess(len(self.nacre("render", "x.mmd", check=1).stderr), 4000)

    def test_too_much(self):
        path = self.write("x.mmd", b"")
        os.truncate(path, (16 << 20) + 1)
        self.message(self.nacre("render", "x.mmd", check=2), "x.mmd: error[input-too-large]: ")


class BadPlaces(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("x.mmd", FLOW)
        self.write("d.md", TWO)

    def nothing_new(self, *also):
        self.assertEqual(self.files(), sorted(["d.md", "x.mmd", *also]))

    def test_inputs_that_cannot_be_read(self):
        (self.folder / "folder.mmd").mkdir()
        os.symlink("nowhere", self.folder / "link.mmd")
        for name in ("gone.mmd", "folder.mmd", "link.mmd", "x.mmd/y.mmd", ""):
            of_render = "nothing-to-check" if name == "folder.mmd" else "cannot-read"
            self.message(self.nacre("render", name, check=2), name + ": error[%s]: " % of_render)
            self.message(self.nacre("dump", name, check=2), name + ": error[cannot-read]: ")
        self.nothing_new()

    def test_the_others_are_drawn(self):
        self.message(self.nacre("render", "gone.mmd", "x.mmd", check=2), "gone.mmd: error[cannot-read]: ")
        self.nothing_new("x.svg")

    def test_outputs_that_cannot_be_written(self):
        for output in ("gone/x.svg", "x.mmd/", "x.mmd/x.svg", "/proc/x.svg"):
            self.assertIn(b": error[cannot-write]: ", self.nacre("render", "x.mmd", "-o", output, check=2).stderr)
        for output in ("gone/d.md", "x.mmd/", "/proc/none/"):
            self.assertIn(b": error[cannot-write]: ", self.nacre("render", "d.md", "-o", output, check=2).stderr)
        self.nothing_new()

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_permissions(self):
        self.write("closed/x.svg", "")
        os.chmod(self.folder / "closed", 0o500)
        self.addCleanup(os.chmod, self.folder / "closed", 0o700)
        for output in ("closed/y.svg", "closed/x.svg"):
            self.assertIn(b": error[cannot-write]: ", self.nacre("render", "x.mmd", "-o", output, check=2).stderr)

    def test_a_full_device(self):
        for output in ("/dev/full", "/dev/null"):
            code = 2 if output == "/dev/full" else 0
            done = self.nacre("render", "x.mmd", "-o", output, check=code)
            self.assertEqual(b"/dev/full: error[cannot-write]: " in done.stderr, code == 2)
        with open("/dev/full", "wb") as full:
            for args in (["render", "-o", "-", "x.mmd"], ["dump", "x.mmd"], ["--version"], ["render", "--help"]):
                done = subprocess.run([NACRE, *args], stdout=full, stderr=subprocess.PIPE, cwd=self.folder)
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"standard output: error[cannot-write]: ", done.stderr)

    def test_a_closed_stream(self):
        for redirect in (">&-", "<&-"):
            done = subprocess.run(["sh", "-c", '"$0" render - -o - ' + redirect, NACRE], input=FLOW.encode(),
                                  capture_output=True, cwd=self.folder)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"standard ", done.stderr)

    def test_a_file_size_limit(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        for args in (["render", "x.mmd"], ["render", "d.md", "-o", "new.md"], ["render", "d.md", "--in-place"]):
            done = self.nacre(*args, check=2, preexec_fn=limit)
            self.assertIn(b": error[cannot-write]: ", done.stderr)
            self.nothing_new()
        self.assertEqual(self.read("d.md"), TWO.encode())

    def test_a_working_folder_that_is_gone(self):
        with tempfile.TemporaryDirectory() as away:
            gone = pathlib.Path(away) / "gone"
            gone.mkdir()
            done = subprocess.run(["sh", "-c", 'cd "$1" && rmdir "$1" && "$0" render - -o "$2"', NACRE, str(gone),
                                   str(self.folder / "y.svg")], input=FLOW.encode(), capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.nothing_new("y.svg")

    def test_a_reader_that_goes_away(self):
        process = subprocess.Popen([NACRE, "render", "x.mmd", "-o", "-"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.folder)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(), -signal.SIGPIPE)


class Ends(ProgramTest):
    """A signal at any moment, also while the program is leaving."""

    def test_a_signal_is_never_waited_on(self):
        self.write("x.mmd", FLOW)
        command = [NACRE, "render", "x.mmd", "-o", "x.svg"]
        start = time.monotonic()
        subprocess.run(command, cwd=self.folder, env=environment(), check=True)
        whole = time.monotonic() - start
        there = sorted(self.folder.iterdir())
        for moment in range(60):
            process = subprocess.Popen(command, cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(whole * (0.3 + moment / 60))
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                self.fail("it hangs when ended after %d %% of its time" % (30 + moment * 100 // 60))
            self.assertEqual(sorted(self.folder.iterdir()), there)


@unittest.skipUnless(strace_works(), "strace cannot trace here")
class Interrupted(ProgramTest):
    """System calls that fail, and signals at every moment of writing."""

    def setUp(self):
        super().setUp()
        self.write("d.md", TWO)

    def traced(self, call, inject, *args):
        env = environment(ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
        return subprocess.run(["strace", "-f", "-o", os.devnull, "-e", "trace=" + call, "-e", "inject=%s:%s" % (call, inject),
                               NACRE, "render", "d.md", *args], capture_output=True, cwd=self.folder, env=env)

    def test_a_rename_that_fails(self):
        done = self.traced("/rename(at)?$", "error=EIO:when=1", "-o", "out/")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b": error[cannot-write]: ", done.stderr)
        self.assertEqual(self.files(), ["d.md"])

    def test_a_disk_that_fills(self):
        for when in (1, 2, 3):
            done = self.traced("write", "error=ENOSPC:when=%d" % when, "-o", "out/")
            self.assertEqual(done.returncode, 2)
            self.assertEqual(self.files(), ["d.md"])

    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for when in (1, 2, 3):
                self.traced("write", "signal=%d:when=%d" % (number, when), "--in-place")
                self.assertEqual(self.files(), ["d.md"])
                self.assertEqual(self.read("d.md"), TWO.encode())

    def test_killed_outright(self):
        for when in (1, 2, 3):
            self.traced("write", "signal=%d:when=%d" % (signal.SIGKILL, when), "--in-place")
            self.assertEqual(self.read("d.md"), TWO.encode())
            self.assertEqual([f for f in self.files() if not f.startswith(".nacre-")], ["d.md"])


if __name__ == "__main__":
    unittest.main()
