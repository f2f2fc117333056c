"""The drawings of the quality cases, measured in Chromium (../shared/quality/measure.mjs).

No case may have more defects, no family more crossings than recorded.json says; --record lowers it.
The eight seed diagrams have no defect, and no more crossings than the best of the other renderers.
Needs node, Chromium and playwright-core ($NACRE_NODE_MODULES or $NODE_PATH; .ci/run installs them).
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

from cases import SHARED, record, recorded
from harness import run, skip

FOLDER = (SHARED / "quality").resolve()


def modules():
    places = [os.environ.get("NACRE_NODE_MODULES", ""), *os.environ.get("NODE_PATH", "").split(os.pathsep)]
    for place in places:
        if place and (pathlib.Path(place) / "playwright-core").is_dir():
            return place
    return None


def chromium():
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and shutil.which(name):
            return shutil.which(name)
    return None


def measure(scratch):
    pictures = scratch / "pictures"
    cases = sorted(str(p) for p in (FOLDER / "cases").glob("*.mmd"))
    done = run("render", "--no-config", *cases, "-o", str(pictures) + "/")
    if done.returncode != 0:
        sys.exit("not everything is drawn:\n" + done.stderr.decode(errors="replace")[:4000])
    result = scratch / "result.json"
    said = subprocess.run(["node", str(FOLDER / "measure.mjs"), "--modules", modules(), "--chromium", chromium(),
                           "--graph", str(FOLDER / "cases"), "--json", str(result), "--no-lines", str(pictures)],
                          capture_output=True, text=True)
    print(said.stdout, said.stderr)
    files = json.loads(result.read_text())["files"]
    if len(files) != len(cases):
        sys.exit("%d of %d pictures were measured" % (len(files), len(cases)))
    return files


def best_crossings(name):
    anchors = json.loads((FOLDER / "anchors.json").read_text())["anchors"].values()
    return min(f["crossings"] for a in anchors for f in a["files"] if f["file"] == name and f.get("crossings") is not None)


def seed_failures(files):
    out = []
    for f in files:
        if "-seed" not in f["file"]:
            continue
        if f["hardDefects"]:
            out.append("%s: %d defects, none is allowed" % (f["file"], f["hardDefects"]))
        if f["kind"] != "sequence" and f["crossings"] > best_crossings(f["file"]):
            out.append("%s: %d crossings, %d is possible" % (f["file"], f["crossings"], best_crossings(f["file"])))
    return out


def main():
    if not FOLDER.is_dir():
        skip("the quality cases (../shared/quality) are not here")
    if not shutil.which("node") or not modules() or not chromium():
        skip("drawings are measured with node, playwright-core and Chromium; .ci/run installs them")
    with tempfile.TemporaryDirectory() as scratch:
        files = measure(pathlib.Path(scratch))
    defects = {f["file"]: f["hardDefects"] for f in files}
    crossings = Counter()
    for f in files:
        crossings[f["kind"]] += f.get("crossings") or 0
    if "--record" in sys.argv:
        record("quality", {"hardDefects": {n: d for n, d in defects.items() if d}, "crossings": dict(crossings)})
    known = recorded("quality")
    failures = seed_failures(files)
    if known:
        failures += ["%s: %d defects, %d recorded" % (n, d, known["hardDefects"].get(n, 0)) for n, d in defects.items()
                     if d > known["hardDefects"].get(n, 0)]
        failures += ["%s: %d crossings, %d recorded" % (k, n, known["crossings"].get(k, 0)) for k, n in crossings.items()
                     if n > known["crossings"].get(k, 0)]
    print("%d drawings, %d clean, %d defects; crossings %s" % (
        len(files), sum(d == 0 for d in defects.values()), sum(defects.values()), dict(crossings)))
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
