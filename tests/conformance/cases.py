"""Where the conformance cases are, and the figures of record that may only get better."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import SOURCE

# The cases are no part of the project: they lie beside it, or where $NACRE_SHARED says.
SHARED = pathlib.Path(os.environ.get("NACRE_SHARED", SOURCE.parent / "shared"))
RECORD = pathlib.Path(__file__).resolve().parent / "recorded.json"


def recorded(part):
    return json.loads(RECORD.read_text()).get(part, {}) if RECORD.exists() else {}


def record(part, figures):
    everything = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    everything[part] = figures
    RECORD.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n")
