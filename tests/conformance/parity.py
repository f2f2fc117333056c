"""nacre dump --mermaid against what Mermaid understands, case by case (../shared/parity).

The exact cases of each family may not become fewer than recorded.json says; --record raises it.
"""
import json
import re
import shlex
import subprocess
import sys
import tempfile

from cases import SHARED, record, recorded
from harness import NACRE, skip

SEEDS = 8


def main():
    compare = SHARED / "parity" / "compare"
    if not compare.exists():
        skip("the parity cases (../shared/parity) are not here")
    with tempfile.NamedTemporaryFile(suffix=".json") as results:
        done = subprocess.run([sys.executable, str(compare), "--cmd", shlex.quote(NACRE) + " dump --mermaid",
                               "--json", results.name], capture_output=True, text=True)
        cases = json.load(open(results.name, encoding="utf-8"))
    print(done.stdout, done.stderr)
    now = {family: int(exact) for family, exact in re.findall(r"(\w+) (\d+)/\d+", done.stdout.splitlines()[-1])}
    troubles = [c["name"] for c in cases if c["trouble"]]
    seeds = [c for c in cases if c["name"].startswith("seed-")]
    bad_seeds = [c["name"] for c in seeds if not c["ok"]]
    if "--record" in sys.argv:
        record("parity", now)
    fewer = ["%s: %d exact, %d recorded" % (f, now.get(f, 0), n) for f, n in recorded("parity").items() if now.get(f, 0) < n]
    for what, names in (("crash or hang", troubles), ("seeds that differ", bad_seeds), ("fewer than recorded", fewer)):
        if names:
            print("%s: %s" % (what, ", ".join(names[:20])))
    return 1 if troubles or bad_seeds or fewer or len(seeds) != SEEDS else 0


if __name__ == "__main__":
    sys.exit(main())
