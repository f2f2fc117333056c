"""Every text of the parity corpus that Mermaid accepts keeps the properties of layout_check.c.

    corpus.py DRAWN EVERY        DRAWN: the checking program; EVERY: take each n-th text
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from cases import SHARED
from harness import skip

FOLDER = SHARED / "parity" / "cases"
if not FOLDER.is_dir():
    skip("no %s" % FOLDER)
texts = sorted(str(p) for p in FOLDER.glob("*/valid/*.mmd"))
done = subprocess.run([sys.argv[1], sys.argv[2], *texts], stdout=subprocess.PIPE, timeout=540)
print(done.stdout.decode(errors="replace"), end="")
sys.exit(done.returncode)
