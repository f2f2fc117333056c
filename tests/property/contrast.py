"""Contrast of what is drawn, in nacre's own themes: every text on what lies under it 4.5:1, outlines and edges 3:1.

Grounds are found in the picture itself: the last thing painted before a text that is filled and holds the point.
Colours that an author wrote are the author's; text that nacre chooses for them must be legible all the same.
A thing stands out by its outline or by its fill. Frames of groups and tints are decoration (WCAG 2.2, 1.4.11).
"""
import pathlib
import re
import sys
import tempfile
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from cases import SHARED
from harness import SOURCE, run

TEXT, LINE = 4.5, 3.0


def color(text, opacity="1"):
    """(r, g, b, alpha), or None for no paint."""
    if not text.startswith("#"):
        return None
    digits = text[1:] if len(text) == 7 else "".join(2 * c for c in text[1:])
    return (*(int(digits[i:i + 2], 16) for i in (0, 2, 4)), float(opacity or 1))


def over(front, back):
    a = front[3]
    return (*(f * a + b * (1 - a) for f, b in zip(front[:3], back[:3])), 1)


def contrast(a, b):
    def luminance(c):
        parts = [v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in c[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    one, other = luminance(a) + 0.05, luminance(b) + 0.05
    return max(one, other) / min(one, other)


def flatten(d):
    """The rings of a path as lists of points."""
    rings, at = [], (0, 0)
    for verb, rest in re.findall(r"([MLHVCZ])([^MLHVCZ]*)", d):
        n = [float(v) for v in rest.replace(",", " ").split()]
        if verb == "M":
            rings.append([(n[0], n[1])])
        elif verb == "L":
            rings[-1].append((n[0], n[1]))
        elif verb == "H":
            rings[-1].append((n[0], at[1]))
        elif verb == "V":
            rings[-1].append((at[0], n[0]))
        elif verb == "C":
            p = [at, *zip(n[::2], n[1::2])]
            for t in (0.25, 0.5, 0.75, 1):
                u = 1 - t
                w = (u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3)
                rings[-1].append(tuple(sum(k * q[i] for k, q in zip(w, p)) for i in (0, 1)))
        at = rings[-1][0] if verb == "Z" else rings[-1][-1]
    return rings


def in_rings(rings, x, y):
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


class Shape:
    def __init__(self, element):
        get = lambda name: float(element.getAttribute(name) or 0)
        self.kind = element.nodeName
        self.fill = color(element.getAttribute("fill"), element.getAttribute("fill-opacity"))
        self.line = color(element.getAttribute("stroke"), element.getAttribute("stroke-opacity"))
        self.name = element.getAttribute("class")
        self.group = element.parentNode.getAttribute("class") if element.parentNode.nodeName == "g" else ""
        self.what = "%s '%s'" % (self.group or self.kind, element.parentNode.getAttribute("data-id"))
        if self.kind == "rect":
            self.box = (get("x"), get("y"), get("x") + get("width"), get("y") + get("height"))
        elif self.kind in ("circle", "ellipse"):
            rx, ry = get("r") or get("rx"), get("r") or get("ry")
            self.box = (get("cx") - rx, get("cy") - ry, get("cx") + rx, get("cy") + ry)
        elif self.kind == "line":
            self.box = (get("x1"), get("y1"), get("x2"), get("y2"))
        else:
            self.rings = flatten(element.getAttribute("d"))
            points = [p for ring in self.rings for p in ring]
            self.box = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))

    def holds(self, x, y):
        x1, y1, x2, y2 = self.box
        if self.kind == "line" or not (x1 <= x <= x2 and y1 <= y <= y2):
            return False
        if self.kind in ("circle", "ellipse"):
            return ((2 * x - x1 - x2) / (x2 - x1)) ** 2 + ((2 * y - y1 - y2) / (y2 - y1)) ** 2 <= 1
        return self.kind == "rect" or in_rings(self.rings, x, y)

    def start(self):
        """A point of its line."""
        if self.kind == "path":
            return self.rings[0][0]
        return ((self.box[0] + self.box[2]) / 2, self.box[1])


def ground_at(shapes, x, y, page):
    out = page
    for shape in shapes:
        if shape.fill and shape.holds(x, y):
            out = over(shape.fill, out)
    return out


def pieces(text):
    """Where each run of a text stands: points along its middle."""
    for piece in text.getElementsByTagName("tspan") or [text]:
        get = lambda name: piece.getAttribute(name) or text.getAttribute(name)
        words = "".join(n.data for n in piece.childNodes if n.nodeType == n.TEXT_NODE)
        size = float(get("font-size"))
        width = float(piece.getAttribute("textLength") or 0.6 * size * len(words))
        left = float(get("x")) - width * {"middle": 0.5, "end": 1}.get(get("text-anchor"), 0)
        yield words, [(left + width * k / 4, float(get("y")) - size * 0.35) for k in range(5)]


def faults_of(path, page):
    root = xml.dom.minidom.parse(str(path)).documentElement
    shapes = []
    for element in root.getElementsByTagName("*"):
        if element.nodeName == "text":
            ink = color(element.getAttribute("fill"))
            for words, points in pieces(element):
                worst = min(contrast(ink, ground_at(shapes, x, y, page)) for x, y in points)
                if worst < TEXT:
                    yield "text '%s': %.2f" % (words, worst)
        elif element.nodeName in ("rect", "circle", "ellipse", "line", "path"):
            shape = Shape(element)
            role = shape.group.split(" ")[0]
            x, y = shape.start()
            grounds = [s for s in shapes if not s.name.startswith(("edge", "activation"))]  # a line may end here
            behind = ground_at(grounds, x, y - 1.5, page)
            first = element.parentNode.firstChild is element
            stands_out = [over(c, behind) for c in (shape.line, shape.fill) if c]
            asked = (role in ("node", "participant") and first) or shape.name.split(" ")[0] in (
                "edge-path", "edge-head", "message-line", "lifeline")
            if asked and stands_out and max(contrast(c, behind) for c in stands_out) < LINE:
                yield "%s %s: %.2f" % (shape.what, shape.name, max(contrast(c, behind) for c in stands_out))
            shapes.append(shape)


def has_own_colours(text):
    return re.search(r"\b(style|classDef|linkStyle|rect|box)\b.*(#|rgb|\w)|Update\w+Style|Add\w+Tag|themeVariables|config:|%%\{", text)


def main():
    sources = sorted([*(SOURCE / "samples").glob("*.mmd"), *(SOURCE / "tests" / "golden").glob("*/*.mmd"),
                      *(SHARED / "quality" / "cases").glob("*.mmd")])
    # what an author chose is no fault of the theme
    sources = [s for s in sources if not has_own_colours(s.read_text(encoding="utf-8"))]
    faults = []
    with tempfile.TemporaryDirectory(prefix="nacre-contrast-") as name:
        for theme, page in (("nacre", (255, 255, 255, 1)), ("nacre-dark", (15, 20, 27, 1))):
            for number, source in enumerate(sources):
                svg = pathlib.Path(name) / ("%d-%s.svg" % (number, theme))
                run("render", "--no-config", "--font-embed", "none", str(source), "-t", theme, "-o", str(svg), check=0)
                faults += ["%s, %s: %s" % (source.name, theme, fault) for fault in faults_of(svg, page)]
    print("%d diagrams, %d faults" % (len(sources), len(faults)))
    print("\n".join(faults[:60]))
    return 1 if faults or len(sources) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
