"""The samples for readers who do not see them: axe-core finds nothing wrong, and everything drawn has a name.

Needs node, Chromium, playwright-core and axe-core ($NACRE_NODE_MODULES or $NODE_PATH).
"""
import pathlib
import subprocess
import sys
import tempfile
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from harness import SOURCE, run, skip
from quality import chromium, modules

NAMED = {"node", "edge", "participant", "message", "note", "cluster", "fragment"}
UNNAMED = {"rect"}  # a ground without words


def nameless(svg):
    """Groups that stand for something and are not named."""
    root = xml.dom.minidom.parse(str(svg)).documentElement
    for name in ("title", "desc"):
        if not root.getElementsByTagName(name)[0].firstChild.data.strip():
            yield "no <%s>" % name
    seen = set()
    for group in root.getElementsByTagName("g"):
        kind = group.getAttribute("class").split(" ")[0]
        key = (kind, group.getAttribute("data-id"))
        again = kind == "participant" and key in seen  # headers are repeated, and named once
        seen.add(key)
        if kind in NAMED and not again and group.getAttribute("data-kind") not in UNNAMED:
            if not (group.getAttribute("role") and group.getAttribute("aria-label")):
                yield "%s '%s' has no name" % key


def main():
    with tempfile.TemporaryDirectory(prefix="nacre-access-") as name:
        folder = pathlib.Path(name)
        sources = sorted([*(SOURCE / "samples").glob("*.mmd"), *(SOURCE / "tests" / "golden").glob("*/*.mmd")])
        for number, source in enumerate(sources):
            run("render", "--no-config", str(source), "-t", "auto" if number % 2 else "nacre", "-o",
                str(folder / ("%02d-%s.svg" % (number, source.stem))), check=0)
        pictures = sorted(folder.glob("*.svg"))
        faults = ["%s: %s" % (p.name, fault) for p in pictures for fault in nameless(p)]
        print("\n".join(faults))
        place, browser = modules(), chromium()
        if not (place and browser and (pathlib.Path(place) / "axe-core").is_dir()):
            if faults:
                return 1
            skip("node, Chromium, playwright-core or axe-core is missing")
        done = subprocess.run(["node", str(pathlib.Path(__file__).with_name("axe.mjs")), place, browser, *map(str, pictures)],
                              capture_output=True, text=True, timeout=500)
        print(done.stdout, done.stderr)
        return 1 if faults or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
