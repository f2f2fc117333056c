"""The samples as other programs show them, against nacre's own PNG: no text lost, nothing outside its box.

    tests/viewers/viewers.py COMPARE [VIEWER...] [--keep FOLDER]

Both SVGs, the full one and the plain one, go through every viewer that the machine has, once with Inter
installed and once without it (a fontconfig file that rejects it). COMPARE is the program made of
compare.c; it judges by pixels, which may be two pixels away from where they are in ours.

- Outside of texts: at most OUTSIDE percent of the pixels may differ. The region of a text is its box and
  an eighth of its width on either side, where the glyphs of another font may stand: so more ink than that
  counts as outside.
- No text may have lost its ink.
- Inside of texts the plain SVG, and the full one in a viewer that uses the embedded font, may differ in at
  most INSIDE percent: the same glyphs in the same places.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.dom.minidom

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "conformance"))
from harness import SOURCE, environment, run, skip

SCALE = 2
OUTSIDE = 0.1
INSIDE = 1.0
SIDE = 1 / 8  # of a text's width


def modules(package):
    """The node_modules folder that holds a package, or None."""
    for place in [os.environ.get("NACRE_NODE_MODULES", ""), *os.environ.get("NODE_PATH", "").split(os.pathsep)]:
        if place and (pathlib.Path(place) / package).is_dir() and shutil.which("node"):
            return place
    return None


def call(args, env, **more):
    done = subprocess.run([str(a) for a in args], env=env, capture_output=True, timeout=500, **more)
    if done.returncode != 0:
        raise RuntimeError("%s: %s" % (args[0], done.stderr.decode(errors="replace")[-600:]))


def font_files(env):
    said = subprocess.run(["fc-list", "--format", "%{file}\n"], env=env, capture_output=True, text=True).stdout
    return sorted({f for f in said.splitlines() if re.search(r"(Inter|DejaVu|Liberation|JetBrains).*\.[ot]tf$", f)})


# Each viewer: whether it is there, whether it uses an embedded font, and pairs (svg, png) to be made.

class Chromium:
    embedded = True
    program = next((p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p)), None)

    def there(self):
        return self.program and modules("playwright-core")

    def show(self, pairs, env):
        files = [f for pair in pairs for f in pair]
        call(["node", HERE / "chromium.mjs", modules("playwright-core"), shutil.which(self.program), SCALE, *files], env)


class Resvg:
    embedded = False

    def there(self):
        return modules("@resvg/resvg-js")

    def show(self, pairs, env):
        files = [f for pair in pairs for f in pair]
        call(["node", HERE / "resvg.mjs", modules("@resvg/resvg-js"), json.dumps(font_files(env)), SCALE, *files], env)


class Rsvg:
    embedded = False

    def there(self):
        return shutil.which("rsvg-convert")

    def show(self, pairs, env):
        for svg, png in pairs:
            call(["rsvg-convert", "-z", SCALE, svg, "-o", png], env)


class Inkscape:
    embedded = False

    def there(self):
        return shutil.which("inkscape")

    def show(self, pairs, env):
        for svg, png in pairs:
            call(["inkscape", svg, "--export-type=png", "--export-dpi", 96 * SCALE, "-o", png], env)


class CairoSvg:
    embedded = False
    python = "/usr/bin/python3"

    def there(self):
        return os.path.exists(self.python) and subprocess.run([self.python, "-c", "import cairosvg"],
                                                              capture_output=True).returncode == 0

    def show(self, pairs, env):
        for svg, png in pairs:
            call([self.python, "-m", "cairosvg", "--scale", SCALE, svg, "-o", png], env)


class WeasyPrint:
    """The picture in a page, as a report would hold it."""
    embedded = False

    def there(self):
        return shutil.which("weasyprint") and shutil.which("pdftoppm")

    def show(self, pairs, env):
        for svg, png in pairs:
            root = xml.dom.minidom.parse(str(svg)).documentElement
            width, height = (float(root.getAttribute(n).removesuffix("px")) for n in ("width", "height"))
            page = png.with_suffix(".html")
            page.write_text("<style>@page{size:%gpx %gpx;margin:0}body{margin:0}img{display:block}</style><img src='%s'>" %
                            (width, height + 1, svg.name))
            shutil.copy(svg, page.parent / svg.name)
            call(["weasyprint", page, png.with_suffix(".pdf")], env)
            call(["pdftoppm", "-png", "-r", 96 * SCALE, "-H", round(height * SCALE), "-singlefile", png.with_suffix(".pdf"),
                  png.with_suffix("")], env)


class LibreOffice:
    embedded = False
    outside = 0.5  # it draws one pixel a px, which is stretched here

    def there(self):
        return shutil.which("soffice")

    def show(self, pairs, env):
        folder = pairs[0][1].parent
        for svg, png in pairs:
            shutil.copy(svg, folder / (png.stem + ".svg"))
        profile = "-env:UserInstallation=file://" + str(folder / "profile").replace(" ", "%20")
        call(["soffice", profile, "--headless", "--convert-to", "png", "--outdir", folder,
              *[folder / (png.stem + ".svg") for _, png in pairs]], env)


VIEWERS = {"chromium": Chromium, "resvg": Resvg, "rsvg-convert": Rsvg, "inkscape": Inkscape, "cairosvg": CairoSvg,
           "weasyprint": WeasyPrint, "libreoffice": LibreOffice}


def regions(svg):
    """A line for each piece of text: its box in pixels of the PNG, an eighth wider on either side."""
    lines = []
    for text in xml.dom.minidom.parse(str(svg)).getElementsByTagName("text"):
        def attribute(element, name, default=""):
            return element.getAttribute(name) or text.getAttribute(name) or default
        for piece in text.getElementsByTagName("tspan") or [text]:
            words = "".join(n.data for n in piece.childNodes if n.nodeType == n.TEXT_NODE)
            size = float(attribute(piece, "font-size"))
            width = float(piece.getAttribute("textLength") or size * 0.8 * len(words))
            left = float(attribute(piece, "x")) - width * {"middle": 0.5, "end": 1}.get(attribute(piece, "text-anchor"), 0)
            top = float(attribute(piece, "y")) - size
            side = SIDE * width + 2
            lines.append("%g %g %g %g" % tuple(SCALE * v for v in (left - side, top, width + 2 * side, size * 1.35)))
    return "\n".join(lines) + "\n"


def font_settings(folder):
    """Environments with Inter and without it."""
    config = folder / "fonts.conf"
    config.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                      '<include ignore_missing="yes">/etc/fonts/fonts.conf</include><selectfont><rejectfont>'
                      '<glob>*/Inter*</glob><glob>*/inter/*</glob></rejectfont></selectfont></fontconfig>')
    with_inter = environment(HOME=str(folder))
    without = environment(HOME=str(folder), FONTCONFIG_FILE=str(config))
    said = [subprocess.run(["fc-list", "Inter"], env=env, capture_output=True, text=True).stdout for env in (with_inter, without)]
    if not said[0]:
        skip("Inter is not installed, or fontconfig's tools are missing")
    if said[1]:
        sys.exit("Inter is still there without it:\n" + said[1])
    return {"with Inter": with_inter, "without": without}


def draw(folder):
    """{form: {name: svg}}, and nacre's own PNGs by name."""
    samples = sorted((SOURCE / "samples").glob("*.mmd"))
    for form in ("full", "plain"):
        run("render", "--no-config", *map(str, samples), "-o", str(folder / form) + "/", "--svg", form, "-f", "svg,png",
            "-s", str(SCALE), check=0)
    svgs = {form: {s.stem: folder / form / (s.stem + ".svg") for s in samples} for form in ("full", "plain")}
    return svgs, {s.stem: folder / "full" / (s.stem + ".png") for s in samples}


def judge(compare, ours, theirs, boxes):
    done = subprocess.run([compare, str(ours), str(theirs)], input=boxes, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError("%s: %s" % (theirs.name, done.stderr))
    return {k: float(v) for k, v in (line.split() for line in done.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("compare")
    parser.add_argument("viewers", nargs="*")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for all pictures")
    args = parser.parse_args()
    temporary = tempfile.TemporaryDirectory(prefix="nacre-viewers-")
    folder = args.keep.resolve() if args.keep else pathlib.Path(temporary.name)
    folder.mkdir(exist_ok=True)
    svgs, ours = draw(folder)
    boxes = {name: regions(svg) for name, svg in svgs["full"].items()}
    failures = []
    seen = 0
    print("%-14s%-12s%-8s%10s%10s%6s" % ("viewer", "", "SVG", "outside %", "inside %", "lost"))
    for setting, env in font_settings(folder).items():
        for name, viewer in ((n, VIEWERS[n]()) for n in args.viewers or VIEWERS):
            if not viewer.there():
                print("%-14s is not installed" % name)
                continue
            seen += 1
            for form in svgs:
                place = folder / name.replace("-", "") / setting.replace(" ", "-") / form
                place.mkdir(parents=True, exist_ok=True)
                pairs = [(svg, place / (stem + ".png")) for stem, svg in svgs[form].items()]
                viewer.show(pairs, env)
                found = {png.stem: judge(args.compare, ours[png.stem], png, boxes[png.stem]) for _, png in pairs}
                worst = {k: max(f[k] for f in found.values()) for k in ("outside", "inside", "lost")}
                print("%-14s%-12s%-8s%10.3f%10.3f%6d" % (name, setting, form, *worst.values()))
                exact = form == "plain" or viewer.embedded
                for stem, f in found.items():
                    if f["outside"] > getattr(viewer, "outside", OUTSIDE) or f["lost"] or (exact and f["inside"] > INSIDE):
                        failures.append("%s, %s, %s: %s: %s" % (name, setting, form, stem, f))
    print("\n".join(failures))
    if not seen:
        skip("no viewer is installed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
