"""nacre preview: what each kind of terminal gets, and watching through a pseudo terminal."""
import base64
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness
from harness import BROKEN, FLOW, NACRE, ProgramTest

CHART = "flowchart LR\n  A[One] --> B[Two]\n"
DOCUMENT = "# Paper\n\n```mermaid\n%s```\n\ntext\n\n```mermaid\n%s```\n" % (CHART, CHART.replace("One", "First"))
PICTURES = harness.run("preview", "-", "--as", "symbols", stdin=FLOW.encode()).returncode == 0


class Preview(ProgramTest):
    def test_a_pipe_gets_text(self):
        self.write("a.mmd", CHART)
        out = self.nacre("preview", "a.mmd").stdout.decode()
        self.assertIn("│ One ├─", out)
        self.assertNotIn("\033", out)
        self.assertEqual(out, self.nacre("render", "a.mmd", "-f", "txt", "-o", "-").stdout.decode())
        self.assertEqual(self.nacre("preview", "-", "--as", "ascii", stdin=CHART.encode()).stdout,
                         self.nacre("render", "-", "-f", "ascii", "-o", "-", stdin=CHART.encode()).stdout)

    def test_documents(self):
        self.write("d.md", DOCUMENT)
        out = self.nacre("preview", "d.md").stdout.decode()
        self.assertIn("d.md, diagram 1\n", out)
        self.assertIn("│ First ├", out)
        second = self.nacre("preview", "d.md", "--diagram", "2").stdout.decode()
        self.assertNotIn("│ One", second)
        self.assertIn("│ First ├", second)
        done = self.nacre("preview", "d.md", "-d", "3", check=2)
        self.assertIn("has no diagram 3, but 2", done.stderr.decode())

    def test_errors(self):
        self.write("bad.mmd", BROKEN)
        done = self.nacre("preview", "bad.mmd", check=1)
        self.assertIn("bad.mmd:2:", done.stderr.decode())
        self.assertEqual(done.stdout, b"")
        self.nacre("preview", "none.mmd", check=2)
        self.nacre("preview", check=2)
        self.nacre("preview", "a", "b", check=2)
        self.assertIn("needs a file and a terminal", self.nacre("preview", "-w", "bad.mmd", check=2).stderr.decode())

    @unittest.skipUnless(PICTURES, "built without chafa")
    def test_kitty_gets_the_png(self):
        out = self.nacre("preview", "-", "--as", "kitty", stdin=CHART.encode()).stdout
        parts = re.findall(rb"\033_G([^;]*);([^\033]*)\033\\", out)
        self.assertIn(b"f=100", parts[0][0])
        self.assertTrue(all(len(body) <= 4096 for _, body in parts))
        self.assertEqual([b"m=1" in keys for keys, _ in parts], [True] * (len(parts) - 1) + [False])
        png = base64.b64decode(b"".join(body for _, body in parts))
        self.assertTrue(png.startswith(b"\x89PNG"))
        width, = struct.unpack(">I", png[16:20])
        columns = int(re.search(rb"c=(\d+)", parts[0][0]).group(1))
        self.assertAlmostEqual(columns, width / 10, delta=1)

    @unittest.skipUnless(PICTURES, "built without chafa")
    def test_other_protocols(self):
        iterm = self.nacre("preview", "-", "--as", "iterm", stdin=CHART.encode()).stdout
        body = re.search(rb"\033\]1337;File=inline=1;[^:]*:([^\a]*)\a", iterm).group(1)
        self.assertTrue(base64.b64decode(body).startswith(b"\x89PNG"))
        self.assertRegex(self.nacre("preview", "-", "--as", "sixel", stdin=CHART.encode()).stdout, rb"\033P[0-9;]*q")
        symbols = self.nacre("preview", "-", "--as", "symbols", "--columns", "30", stdin=CHART.encode()).stdout
        rows = re.sub(r"\033\[[0-9;?]*[a-zA-Z]", "", symbols.decode()).splitlines()
        self.assertTrue(all(len(row) <= 30 for row in rows), rows)
        self.assertGreater(len(rows), 1)

    def test_no_room_for_a_program_of_another_name(self):
        done = self.nacre("previe", check=2)
        self.assertIn("did you mean 'preview'?", done.stderr.decode())


class Terminal(ProgramTest):
    """The program on a pseudo terminal of 80 by 24."""

    def start(self, *args, **environment):
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest("no terminal: %s" % error)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 800, 480))
        plain = dict(TERM="xterm-256color", TMUX=None, STY=None, TERM_PROGRAM=None, KITTY_WINDOW_ID=None, KITTY_PID=None)
        env = harness.environment(**dict(plain, **environment))
        self.process = subprocess.Popen([NACRE, *args], stdin=theirs, stdout=theirs, stderr=theirs, cwd=self.folder,
                                        env=env, start_new_session=True)
        os.close(theirs)
        self.ours = ours
        self.said = ""
        self.addCleanup(os.close, ours)
        self.addCleanup(self.end)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def read_until(self, wanted, seconds=20):
        """What was written until the pattern came, since the last such call."""
        end = time.monotonic() + seconds
        while not re.search(wanted, self.said, re.S):
            ready = select.select([self.ours], [], [], max(0, end - time.monotonic()))[0]
            try:
                piece = os.read(self.ours, 65536) if ready else b""
            except OSError:
                piece = b""
            if not piece:
                self.fail("%r did not come; there is: %r" % (wanted, self.said[-3000:]))
            self.said += piece.decode(errors="replace")
        said, self.said = self.said, ""
        return said

    def test_text_where_there_are_no_pictures(self):
        self.write("a.mmd", CHART)
        self.start("preview", "a.mmd")
        self.assertNotIn("\033", self.read_until("Two.*┘"))

    def test_it_fits_the_terminal(self):
        self.write("a.mmd", "flowchart LR\n" + "".join("  n%d[a label of some words %d] --> n%d\n" % (i, i, i + 1) for i in range(4)))
        self.start("preview", "a.mmd")
        lines = self.read_until("└.*\n").splitlines()
        self.assertLessEqual(max(len(line) for line in lines), 80)

    @unittest.skipUnless(PICTURES, "built without chafa")
    def test_the_environment_tells_which_graphics(self):
        self.write("a.mmd", CHART)
        self.start("preview", "a.mmd", TERM="xterm-kitty")
        self.read_until("\033_Ga=T.*\033\\\\")
        self.end()
        self.start("preview", "a.mmd", TERM="xterm-256color", TERM_PROGRAM="WezTerm")
        self.read_until("\033]1337;File=")
        self.end()
        self.start("preview", "a.mmd", TERM="xterm-kitty", TMUX="/tmp/tmux")  # which passes none on
        self.assertNotIn("\033_G", self.read_until("Two.*┘"))

    def test_watching(self):
        path = self.write("a.mmd", CHART)
        self.start("preview", "--watch", "a.mmd")
        first = self.read_until("q ends")
        self.assertIn("\033[?1049h", first)
        self.assertIn("One", first)

        path.write_text(CHART.replace("One", "Uno"))
        self.read_until("Uno.*q ends")

        other = self.write("b.tmp", BROKEN)  # as editors do: a new file in the old one's place
        os.rename(other, path)
        told = self.read_until("a.mmd:2:.*q ends")  # the error stays in sight, and so does the older picture
        self.assertRegex(told, "(?s)a.mmd:2:.*Uno.*an older one")

        path.write_text(CHART.replace("One", "Eins"))
        mended = self.read_until("Eins.*q ends").split("\033[2J")[-1]
        self.assertIn("Eins", mended)
        self.assertNotIn("error", mended)

        os.write(self.ours, b"q")
        self.assertIn("\033[?1049l", self.read_until(r"\[\?1049l"))
        self.assertEqual(self.process.wait(timeout=20), 0)

    def test_a_long_picture_moves(self):
        self.write("a.mmd", "flowchart TD\n" + "".join("  n%d --> n%d\n" % (i, i + 1) for i in range(20)))
        self.start("preview", "-w", "a.mmd")
        self.assertNotIn("n20", self.read_until("q ends"))
        os.write(self.ours, b"G")
        self.assertIn("n20", self.read_until("q ends"))
        os.write(self.ours, b"g")
        self.assertIn("n0", self.read_until("q ends"))

    def test_a_signal_gives_the_terminal_back(self):
        self.write("a.mmd", CHART)
        self.start("preview", "-w", "a.mmd")
        self.read_until("q ends")
        self.process.send_signal(signal.SIGTERM)
        self.assertIn("\033[?25h", self.read_until(r"\[\?1049l"))
        self.assertEqual(self.process.wait(timeout=20), 0)

    def test_a_file_that_goes_and_comes(self):
        path = self.write("a.mmd", CHART)
        self.start("preview", "-w", "a.mmd")
        self.read_until("q ends")
        path.unlink()
        self.assertIn("cannot be read", self.read_until("q ends"))
        path.write_text(CHART.replace("One", "Again"))
        self.read_until("Again.*q ends")


if __name__ == "__main__":
    unittest.main()
