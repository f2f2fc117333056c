"""nacre check --format sarif against the schema of the standard, where node and the schema are installed."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import BROKEN, FLOW, SOURCE, ProgramTest, environment, skip

MODULES = os.environ.get("NACRE_NODE_MODULES", "")
VALIDATOR = str(pathlib.Path(__file__).resolve().parent / "validate_sarif.cjs")


class Schema(ProgramTest):
    def validate(self, *logs):
        return subprocess.run(["node", VALIDATOR, *map(str, logs)], capture_output=True, text=True,
                              env=environment(NODE_PATH=MODULES), timeout=120)

    def holds(self, *args, check=1, **more):
        log = self.write("log.sarif", self.nacre("check", "--format=sarif", *args, check=check, **more).stdout)
        done = self.validate(log)
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        return json.loads(log.read_bytes())

    def test_the_validator_refuses(self):
        log = self.holds(check=0, stdin=FLOW.encode())
        log["runs"][0]["results"] = [{"ruleId": 7}]
        done = self.validate(self.write("bad.sarif", json.dumps(log)))
        self.assertEqual(done.returncode, 1)
        self.assertIn(".results[0]", done.stdout)

    def test_nothing_found(self):
        self.holds(check=0, stdin=FLOW.encode())

    def test_every_kind_of_finding(self):
        self.write("a b/ü%.md", "> ```mermaid\n> flowchrt LR\n> a --> b\n> ```\n")
        self.write("x.mmd", BROKEN)
        self.write("w.mmd", FLOW + "  style A fill:#zzzzzz\n")
        self.write("folder/.hidden/x.mmd", FLOW)
        (self.folder / "gone.mmd").symlink_to("nowhere")
        log = self.holds("a b", "x.mmd", "w.mmd", "folder", "gone.mmd", "-", str(self.folder / "x.mmd"), stdin=b"\xff", check=2)
        run = log["runs"][0]
        self.assertEqual(len(run["results"]), 4)
        self.assertEqual(len(run["invocations"][0]["toolExecutionNotifications"]), 2)

    def test_every_example_of_the_documents(self):
        text = (SOURCE / "docs/diagnostics.md").read_text(encoding="utf-8")
        examples = re.findall(r"^```text\n(.*?)^```", text, re.M | re.S)
        for i, example in enumerate(examples):
            self.write("%03d.mmd" % i, example)
        log = self.holds(".", "--portable")
        self.assertGreater(len(log["runs"][0]["results"]), len(examples) * 0.9)


if __name__ == "__main__":
    if not shutil.which("node"):
        skip("node is not installed: SARIF is not held to its schema")
    if not (pathlib.Path(MODULES or os.devnull) / "@microsoft/jest-sarif/package.json").exists():
        skip("NACRE_NODE_MODULES has no @microsoft/jest-sarif: SARIF is not held to its schema")
    unittest.main()
