"""Completion: what nacre offers, and what bash, zsh and fish make of it."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import NACRE, SOURCE, ProgramTest, environment

SHELL = SOURCE / "integrations" / "shell"


class Offer(ProgramTest):
    def offered(self, *words):
        done = self.nacre("complete", *words)
        self.assertEqual(done.stderr, b"")
        return [line.split("\t")[0] for line in done.stdout.decode().splitlines()]

    def commands(self):
        said = self.nacre("--help").stdout.decode()
        return re.findall(r"^  (\w+) ", said.split("commands:\n")[1], re.M)

    def test_commands(self):
        self.assertEqual(self.offered(""), self.commands() + ["help", "--help", "--version"])
        self.assertEqual(self.offered("help", ""), self.commands())
        self.assertEqual(self.offered("rend"), ["render"])
        self.assertEqual(self.offered("rend", ""), [])

    def test_every_option_of_help(self):
        for command in self.commands():
            said = self.nacre(command, "--help", check=None)
            if said.returncode == 0:
                names = re.findall(r"^ +(?:-\w, )?(--[\w-]+)", said.stdout.decode(), re.M)
                with self.subTest(command):
                    self.assertEqual(self.offered(command, "--"), names)

    def test_letters_stand_beside_names(self):
        self.assertEqual(self.offered("extract", "-"), ["-o", "--output", "--help"])

    def test_values(self):
        for words, wanted in (
                (("render", "--links", ""), ["rebase", "keep"]),
                (("render", "--links=k"), ["--links=keep"]),
                (("render", "-t", "nacre"), ["nacre", "nacre-dark"]),
                (("render", "-f", "svg,p"), ["svg,png", "svg,pdf"]),
                (("render", "--format=svg,t"), ["--format=svg,txt"]),
                (("render", "-b", "t"), ["transparent"]),
                (("render", "-o", ""), [":files"]),
                (("render", "-vo", "x"), [":files"]),
                (("render", "--artifacts", ""), [":folders"]),
                (("render", "-s", ""), []),
                (("render", "-o", "--", "--links"), ["--links"]),
                (("render", "--", "--li"), [":files"]),
                (("render", "-ox", ""), [":files"]),
                (("render", "--nonsense", ""), [":files"]),
                (("render", "--nonsense="), []),
                (("preview", "--as", "s"), ["sixel", "symbols"])):
            with self.subTest(" ".join(words)):
                self.assertEqual(self.offered(*words), wanted)


class ShellTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("flow chart.mmd", "")
        self.write("flour.md", "")
        self.write("fold/er", "")
        self.env = environment(PATH=os.path.dirname(NACRE) + ":" + os.environ["PATH"], HOME=str(self.folder),
                               TERM="dumb", LC_ALL="C.UTF-8")

    def shell(self, name):
        if not shutil.which(name):
            self.skipTest(name + " is not here")
        return name


class Bash(ShellTest):
    def completed(self, *words):
        script = '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nacre; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run([self.shell("bash"), "--norc", "-c", script, "bash", SHELL / "nacre.bash", "nacre", *words],
                              capture_output=True, text=True, cwd=self.folder, env=self.env)
        self.assertEqual(done.stderr, "")
        return sorted(done.stdout.split("\n")[:-1])

    def test_it_completes(self):
        for words, wanted in (
                (["ren"], ["render"]),
                (["render", "--keep-s"], ["--keep-source"]),
                (["render", "--theme", "=", "nacre-"], ["nacre-dark"]),
                (["render", "--links", "="], ["keep", "rebase"]),
                (["render", "-f", "svg,pn"], ["svg,png"]),
                (["render", "flo"], ["flour.md", "flow chart.mmd"]),
                (["render", "--artifacts", "f"], ["fold"]),
                (["render", "--output", "=", "fold/"], ["fold/er"])):
            with self.subTest(" ".join(words)):
                self.assertEqual(self.completed(*words), wanted)


class Fish(ShellTest):
    def completed(self, line):
        done = subprocess.run([self.shell("fish"), "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"',
                               SHELL / "nacre.fish", line], capture_output=True, text=True, cwd=self.folder, env=self.env)
        self.assertEqual(done.stderr, "")
        return sorted(row.split("\t")[0] for row in done.stdout.splitlines())

    def test_it_completes(self):
        for line, wanted in (
                ("nacre ren", ["render"]),
                ("nacre render --keep-s", ["--keep-source"]),
                ("nacre render --theme=nacre-", ["--theme=nacre-dark"]),
                ("nacre render -f svg,pn", ["svg,png"]),
                ("nacre render flo", ["flour.md", "flow chart.mmd"]),
                ("nacre render --artifacts f", ["fold/"]),
                ("nacre render --output=fold/", ["--output=fold/er"])):
            with self.subTest(line):
                self.assertEqual(self.completed(line), wanted)

    def test_it_describes(self):
        done = subprocess.run([self.shell("fish"), "--no-config", "-c", 'source $argv[1]; complete -C "nacre ext"',
                               SHELL / "nacre.fish"], capture_output=True, text=True, cwd=self.folder, env=self.env)
        self.assertEqual(done.stdout, "extract\tGive back the text that a picture was made from.\n")


class Zsh(ShellTest):
    """zsh completes in its line editor only: it is typed into."""

    def setUp(self):
        super().setUp()
        zsh = self.shell("zsh")
        (self.folder / ".zshrc").write_text(
            "PS1='%%%% '; fpath=('%s' $fpath); autoload -Uz compinit; compinit -u -D; setopt no_beep\n"
            "print-line() { print -r -- \"<<$BUFFER>>\" }; zle -N print-line; bindkey '^T' print-line\n"
            "zle-line-init() { print -r -- ready }; zle -N zle-line-init\n" % SHELL)
        pid, self.fd = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe(zsh, [zsh, "-i"], self.env)
        self.addCleanup(os.waitpid, pid, 0)
        self.addCleanup(os.kill, pid, 9)
        self.addCleanup(os.close, self.fd)
        self.wait(b"ready")

    def completed(self, line):
        """What a line becomes by the Tab key; ^U clears it for the next one."""
        os.write(self.fd, line.encode() + b"\t\x14\x15")
        return self.wait(b">>").split(b"<<")[-1].split(b">>")[0].decode()

    def wait(self, what):
        seen = b""
        end = time.monotonic() + 60
        while what not in seen and time.monotonic() < end:
            if select.select([self.fd], [], [], 1)[0]:
                try:
                    seen += os.read(self.fd, 4096)
                except OSError:
                    break
        self.assertIn(what, seen)
        return seen

    def test_it_completes(self):
        for line, wanted in (
                ("nacre ren", "nacre render "),
                ("nacre render --keep-s", "nacre render --keep-source "),
                ("nacre render --theme=nacre-", "nacre render --theme=nacre-dark "),
                ("nacre render -f svg,pn", "nacre render -f svg,png "),
                ("nacre render flow", "nacre render flow\\ chart.mmd "),
                ("nacre render --artifacts f", "nacre render --artifacts fold/"),
                ("nacre render --output=fol", "nacre render --output=fold/")):
            with self.subTest(line):
                self.assertEqual(self.completed(line), wanted)


if __name__ == "__main__":
    unittest.main()
