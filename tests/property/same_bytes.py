"""Same input, same bytes: two runs, twice in one process, a locale with commas, no home, an empty
environment, another working folder."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BUILD, SOURCE, environment, run

LOCALE = "de_DE.UTF-8"
FORMATS = {"svg": ("-f", "svg"), "plain svg": ("-f", "svg", "--svg", "plain"), "png": ("-f", "png"), "pdf": ("-f", "pdf")}


# One of each family; cairo makes no difference between the others.
ALL_FORMATS = ("c4-context", "flowchart-shapes", "sequence-fragments")


def comma_locale():
    """A folder for LOCPATH with a locale that writes 1,5. A bare machine has none: it is compiled."""
    folder = BUILD / "locale"
    if not (folder / LOCALE).is_dir():
        folder.mkdir(exist_ok=True)
        if not shutil.which("localedef"):
            return None
        subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / LOCALE)], capture_output=True)
    return folder if (folder / LOCALE).is_dir() else None


def draw(path, form, **changes):
    more = {k: changes.pop(k) for k in ("cwd", "env") if k in changes}
    more.setdefault("env", environment(**changes))
    return run("render", "--no-config", str(path), "-o", "-", *FORMATS[form], check=0, **more).stdout


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def check_document(path, scratch, failures):
    trees = []
    for i, env in enumerate((environment(), environment(HOME="/nonexistent", TZ="Asia/Tokyo"))):
        out = scratch / ("run %d" % i) / path.stem
        run("render", "--no-config", str(path), "-o", str(out) + "/", "--links", "keep", check=0, env=env)
        trees.append(tree(out))
    if trees[0] != trees[1]:
        failures.append("%s: two runs differ in %s" % (path, [k for k in trees[0] if trees[0][k] != trees[1].get(k)]))


def check_diagram(path, form, twice, locale, failures):
    first = draw(path, form)
    away = environment(HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent", XDG_CONFIG_HOME="/nonexistent")
    bare = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k}
    hostile = environment(HB_SHAPER_LIST="fallback", FREETYPE_PROPERTIES="cff:no-stem-darkening=0",
                          PANGO_LANGUAGE="ur", LANGUAGE="zh_TW")
    for name, picture in (("a second run", draw(path, form)), ("no home", draw(path, form, env=away, cwd="/")),
                          ("an empty environment", draw(path, form, env=bare)),
                          ("what libraries read from the environment", draw(path, form, env=hostile)),
                          ("LC_ALL of the program", draw(path, form, LC_ALL=LOCALE, LOCPATH=str(locale)))):
        if picture != first:
            failures.append("%s as %s: %s gives other bytes" % (path.name, form, name))
    comma = [[], environment()] if not locale else [[","], environment(LC_ALL=LOCALE, LOCPATH=str(locale))]
    for name, args, env in (("the library", [], environment(LC_ALL="C")), ("a comma locale", *comma)):
        done = subprocess.run([twice, str(path), str(list(FORMATS).index(form)), *args], capture_output=True, env=env)
        if done.returncode == 3:
            failures.append("%s: %s does not write commas: nothing was tested" % (path.name, name))
        elif done.returncode != 0 or done.stdout != first:
            failures.append("%s: %s gives other bytes (%d)\n%s" % (path.name, name, done.returncode,
                                                                    done.stderr.decode(errors="replace")[:2000]))


def main():
    twice = sys.argv[1]
    locale = comma_locale()
    failures = []
    diagrams = sorted((SOURCE / "samples").glob("*.mmd"))
    for path in diagrams:
        for form in FORMATS if path.stem in ALL_FORMATS else ("svg",):
            check_diagram(path.resolve(), form, twice, locale, failures)
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted((SOURCE / "samples").glob("*.md")):
            check_document(path, pathlib.Path(scratch), failures)
    if not set(ALL_FORMATS) <= {path.stem for path in diagrams}:
        failures.append("a diagram of ALL_FORMATS is gone")
    print("%d diagrams, %d failures, comma locale: %s" % (len(diagrams), len(failures), "yes" if locale else "none"))
    print("\n".join(failures))
    if not locale:
        print("skip: no locale with a decimal comma can be compiled (localedef and its sources are missing)")
        return 1 if failures else 77
    return 1 if failures or not diagrams else 0


if __name__ == "__main__":
    sys.exit(main())
