"""Every header compiles alone, the public one also as C++, and strictly as C99."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import SOURCE

PACKAGES = ["harfbuzz", "harfbuzz-subset", "yaml-0.1", "jansson", "libcmark", "cairo", "libpng"]


def compile_alone(compiler, language, header, include, flags):
    text = '#include "%s"\n#include "%s"\n' % (include, include)  # twice: its guard works
    done = subprocess.run([*compiler, "-x", language, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *flags, "-"],
                          input=text.encode(), capture_output=True)
    if done.returncode != 0:
        print("%s as %s:\n%s" % (header, language, done.stderr.decode(errors="replace")))
    return done.returncode == 0


def main():
    c = [os.environ.get("CC", "cc")]
    cxx = [os.environ.get("CXX", "c++")]
    packages = subprocess.run(["pkg-config", "--cflags", *PACKAGES], capture_output=True, text=True, check=True)
    flags = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-D_XOPEN_SOURCE=700", "-I" + str(SOURCE),
             "-I" + str(SOURCE / "src"), "-I" + str(SOURCE / "include"), *packages.stdout.split()]
    ok = True
    headers = sorted([*SOURCE.glob("src/**/*.h"), *SOURCE.glob("layout/*.h"), *SOURCE.glob("fonts/*.h")])
    for header in headers:
        ok &= compile_alone(c, "c", header, str(header), flags)
    public = SOURCE / "include" / "nacre" / "nacre.h"
    for compiler, language, standard in ((c, "c", "-std=c99"), (c, "c", "-std=c11"), (cxx, "c++", "-std=c++11"),
                                         (cxx, "c++", "-std=c++20")):
        ok &= compile_alone(compiler, language, public, "nacre/nacre.h",
                            [standard, "-Wpedantic", "-I" + str(SOURCE / "include")])
    print("%d headers" % (len(headers) + 1))
    return 0 if ok and headers else 1


if __name__ == "__main__":
    sys.exit(main())
