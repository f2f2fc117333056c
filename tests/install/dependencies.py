"""libnacre.so draws SVG without cairo and pango: neither it nor what it links loads them."""
import subprocess
import sys

UNWANTED = ("cairo", "pango", "glib", "gobject", "fontconfig", "librsvg", "libX11")
# harfbuzz itself is linked to glib on Debian, so its table of wide characters costs nothing more.
ALLOWED = ("libglib-2.0",)


def needed(library):
    said = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout
    return [line.split("[")[1].rstrip("]") for line in said.splitlines() if "(NEEDED)" in line]


def exported(library):
    said = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    return [line.split()[-1].split("@")[0] for line in said.splitlines() if line.strip()]


def main():
    library = sys.argv[1]
    direct = needed(library)
    loaded = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
    print("needed: " + " ".join(direct))
    bad = [n for n in direct if any(u.lower() in n.lower() for u in UNWANTED) and
           not any(n.startswith(a) for a in ALLOWED)]
    bad += [line.split()[0] for line in loaded.splitlines() if line.strip() and
            any(u.lower() in line.split()[0].lower() for u in UNWANTED) and
            not any(line.split()[0].startswith(a) for a in ALLOWED)]
    strangers = [s for s in exported(library) if not s.startswith("nacre_")]
    if bad:
        print("must not be loaded: " + " ".join(bad))
    if strangers:
        print("must not be exported: " + " ".join(strangers))
    return 1 if bad or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
