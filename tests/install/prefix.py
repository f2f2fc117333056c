"""Installs into a prefix, moves it, and builds the smallest programs against it with pkg-config."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BUILD, FLOW, environment

HERE = pathlib.Path(__file__).resolve().parent


def call(args, **more):
    done = subprocess.run([str(a) for a in args], capture_output=True, **more)
    if done.returncode != 0:
        sys.exit("%s: exit status %d\n%s" % (" ".join(map(str, args)), done.returncode,
                                            done.stderr.decode(errors="replace")))
    return done.stdout


def check_program(prefix, folder, compiler, source, flags):
    config = next(prefix.rglob("nacre.pc")).parent
    library = next(prefix.rglob("libnacre.so")).parent
    env = environment(PKG_CONFIG_PATH=str(config), LD_LIBRARY_PATH=str(library))
    said = call(["pkg-config", "--cflags", "--libs", "nacre"], env=env).decode().split()
    program = folder / source.replace(".", "-")
    call([compiler, *flags, "-Wall", "-Wextra", "-Wpedantic", "-Werror", HERE / source, "-o", program, *said], env=env)
    picture = call([program], env=env)
    if not picture.startswith(b"<svg ") or b"One picture" not in picture:
        sys.exit("%s drew no picture: %r" % (source, picture[:100]))
    return picture


def main():
    cmake = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="nacre-install-") as temporary:
        folder = pathlib.Path(temporary)
        call([cmake, "--install", BUILD, "--prefix", folder / "first place"])
        prefix = folder / "moved"
        shutil.move(folder / "first place", prefix)
        env = environment(LD_LIBRARY_PATH=None)
        picture = call([prefix / "bin" / "nacre", "render", "-"], input=FLOW.encode(), env=env)
        if not picture.startswith(b"<svg "):
            sys.exit("the installed program drew nothing")
        for form, head in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
            if not call([prefix / "bin" / "nacre", "render", "-", "-o", "-", "-f", form], input=FLOW.encode(), env=env,
                        cwd=folder).startswith(head):
                sys.exit("the installed program wrote no " + form)
        if "Two" not in call([prefix / "bin" / "nacre", "preview", "-"], input=FLOW.encode(), env=env).decode():
            sys.exit("the installed program shows no preview")
        c = check_program(prefix, folder, os.environ.get("CC", "cc"), "first.c", ["-std=c11"])
        cxx = check_program(prefix, folder, os.environ.get("CXX", "c++"), "first.cpp", ["-std=c++17"])
        if c != cxx:
            sys.exit("C and C++ drew different pictures")
        print("installed: " + " ".join(sorted(str(p.relative_to(prefix)) for p in prefix.rglob("*") if not p.is_dir())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
