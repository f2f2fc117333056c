"""nacre serve: who is answered and with what, what is never served, and the page in Chromium."""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness
from harness import BROKEN, BUILD, NACRE, ProgramTest

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = """# Paper

```mermaid
---
title: Second of all
---
flowchart LR
  A[One] --> B[Two]
```

```mermaid
C4Context
  title The third
  Person(a, "Ann")
  System(s, "Shop")
  Rel(a, s, "Uses")
```
"""


class Serve(ProgramTest):
    def setUp(self):
        super().setUp()
        if not (pathlib.Path(NACRE).parent / "nacre-serve").exists():
            self.skipTest("built without libmicrohttpd")
        self.site = self.folder / "site"
        self.write("site/a.mmd", "flowchart LR\n  A[One] --> B[Two]\n")
        self.write("site/d.md", DOCUMENT)
        self.write("site/sub/s.mmd", "sequenceDiagram\n  Ann->>Bob: Hello\n")
        self.write("site/notes.txt", "no diagram")

    def start(self, *args):
        self.server = subprocess.Popen([NACRE, "serve", "--any-port", *(args or [str(self.site)])], cwd=self.folder,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.end)
        self.address = self.server.stdout.readline().decode().strip()
        self.port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", self.address).group(1))

    def end(self):
        if self.server.poll() is None:
            self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        self.server.stderr.close()

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and body of an answer; the path goes out as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def status(self, path, **more):
        return self.ask(path, **more)[0]

    def test_the_list(self):
        self.write("site/bad.mmd", BROKEN)
        self.write("site/.hidden/x.mmd", "flowchart LR\n  A\n")
        self.write("site/node_modules/x.mmd", "flowchart LR\n  A\n")
        self.start()
        listed = json.loads(self.ask("/api/list")[2])
        self.assertEqual([d["path"] for d in listed["documents"]], ["a.mmd", "bad.mmd", "d.md", "sub/s.mmd"])
        paper = listed["documents"][2]
        self.assertEqual([d["label"] for d in paper["diagrams"]], ["Second of all", "The third"])
        self.assertEqual([d["line"] for d in paper["diagrams"]], [4, 12])
        self.assertFalse(listed["documents"][1]["diagrams"][0]["ok"])

    def test_pictures(self):
        self.start()
        status, headers, body = self.ask("/svg?path=d.md&n=2")
        self.assertEqual((status, headers["Content-Type"]), (200, "image/svg+xml"))
        self.assertEqual(headers.get("Content-Disposition"), None)
        self.assertTrue(body.startswith(b"<svg "))
        self.assertIn(b"Shop", body)
        status, headers, body = self.ask("/png?path=sub/s.mmd&download=1")
        self.assertEqual((status, headers["Content-Type"]), (200, "image/png"))
        self.assertEqual(headers["Content-Disposition"], 'attachment; filename="s-1.png"')
        self.assertTrue(body.startswith(b"\x89PNG"))
        self.assertNotEqual(self.ask("/svg?path=a.mmd&theme=nacre-dark")[2], self.ask("/svg?path=a.mmd")[2])
        for wrong in ("n=3", "n=0", "n=-1", "n=x", "n=99999999999999999999"):
            self.assertEqual(self.status("/svg?path=d.md&" + wrong), 404)
        self.assertEqual(self.status("/svg"), 404)
        self.assertEqual(self.status("/nothing"), 404)

    def test_errors_have_their_place(self):
        self.write("site/bad.md", "# x\n\n```mermaid\n" + BROKEN + "```\n")
        self.start()
        told = json.loads(self.ask("/api/diagram?path=bad.md&n=1")[2])
        self.assertFalse(told["ok"])
        self.assertEqual((told["findings"][0]["line"], told["findings"][0]["code"]), (5, "bad-arrow"))
        self.assertEqual(self.status("/svg?path=bad.md"), 422)
        fine = json.loads(self.ask("/api/diagram?path=d.md&n=1")[2])
        self.assertEqual((fine["ok"], fine["title"], fine["findings"]), (True, "Second of all", []))

    def test_only_its_own_page_is_answered(self):
        self.start()
        own = "127.0.0.1:%d" % self.port
        for host in (own, "localhost:%d" % self.port):
            self.assertEqual(self.status("/", Host=host), 200)
        for host in ("evil.example", "evil.example:%d" % self.port, "127.0.0.1", "127.0.0.1:1", "", own + ".evil.example",
                     "127.0.0.1.evil.example:%d" % self.port, "user@" + own):
            self.assertEqual(self.status("/", Host=host), 403, host)
        self.assertEqual(self.status("/", Origin="http://" + own), 200)
        for origin in ("null", "https://" + own, "http://evil.example", "http://localhost:%d" % self.port):
            self.assertEqual(self.status("/api/list", Origin=origin), 403, origin)
        self.assertEqual(self.status("/", Sec_Fetch_Site="none"), 200)
        self.assertEqual(self.status("/api/list", Sec_Fetch_Site="cross-site"), 403)
        self.assertEqual(self.status("/api/list", Sec_Fetch_Site="same-site"), 403)
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            self.assertEqual(self.status("/", method=method), 405)
        self.assertEqual(self.ask("/", method="HEAD")[2], b"")

    def test_it_listens_on_loopback_only(self):
        self.start()
        port = ":%04X" % self.port
        rows = [line.split() for name in ("tcp", "tcp6") if os.path.exists("/proc/net/" + name)
                for line in pathlib.Path("/proc/net/" + name).read_text().splitlines()]
        where = {row[1][:-len(port)] for row in rows if row[1].endswith(port) and row[3] == "0A"}  # that listen
        self.assertEqual(where, {"0100007F"})

    def test_headers(self):
        self.start()
        for path in ("/", "/page.js", "/page.css", "/api/list", "/svg?path=a.mmd", "/nothing"):
            headers = self.ask(path)[1]
            policy = headers["Content-Security-Policy"]
            with self.subTest(path):
                self.assertTrue(policy.startswith("default-src 'none'"))
                self.assertNotIn("unsafe-eval", policy)
                self.assertEqual("unsafe-inline" in policy, path.startswith("/svg"))
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(headers["Cache-Control"], "no-store")
                self.assertEqual(headers["Cross-Origin-Resource-Policy"], "same-origin")
        page = self.ask("/")[2].decode()
        self.assertNotIn("http", re.sub(r"<!--.*?-->", "", page))

    def test_nothing_outside_is_served(self):
        secret = self.write("secret.mmd", "flowchart LR\n  secret\n")
        (self.site / "link.mmd").symlink_to(secret)
        (self.site / "way").symlink_to(self.folder)
        (self.site / "inner.mmd").symlink_to(self.site / "a.mmd")
        os.mkfifo(self.site / "pipe.mmd")
        (self.site / "folder.mmd").mkdir()
        self.write("site/.git/x.mmd", "flowchart LR\n  A\n")
        self.start()
        for path in ("../secret.mmd", "%2e%2e/secret.mmd", "..%2fsecret.mmd", "sub/../../secret.mmd", str(secret), "/" + str(secret),
                     "link.mmd", "inner.mmd", "way/secret.mmd", "pipe.mmd", "folder.mmd", "notes.txt", ".git/x.mmd", "./a.mmd",
                     "sub//s.mmd", "a.mmd/", "a.mmd%00.mmd", "a%00.mmd", "", "/", "x" * 3000 + ".mmd", "d/" * 100 + "a.mmd"):
            with self.subTest(path[:60]):
                status, _, body = self.ask("/svg?path=" + urllib.parse.quote(path, safe="/%"))
                self.assertEqual(status, 404)
                self.assertNotIn(b"secret", body)
        for path in ("/../secret.mmd", "/%2e%2e/secret.mmd", "/secret.mmd", "//secret.mmd"):
            self.assertEqual(self.status(path), 404)
        self.assertEqual([d["path"] for d in json.loads(self.ask("/api/list")[2])["documents"]], ["a.mmd", "d.md", "sub/s.mmd"])

    def test_one_file(self):
        self.start(str(self.site / "d.md"))
        self.assertEqual([d["path"] for d in json.loads(self.ask("/api/list")[2])["documents"]], ["d.md"])
        self.assertEqual(self.status("/svg?path=d.md"), 200)
        self.assertEqual(self.status("/svg?path=a.mmd"), 404)
        self.assertEqual(self.status("/svg?path=sub/s.mmd"), 404)

    def events(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        self.addCleanup(connection.close)
        connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % self.port)
        return connection.makefile("rb")

    def next_event(self, stream):
        line = b"."
        while line and not line.startswith(b"data: "):
            line = stream.readline()
        return line

    def test_changes_are_told(self):
        self.start()
        stream = self.events()
        first = self.next_event(stream)
        for change in (lambda: self.write("site/a.mmd", "flowchart LR\n  New\n"),
                       lambda: (self.site / "fresh").mkdir(),
                       lambda: self.write("site/fresh/f.mmd", "flowchart LR\n  F\n"),
                       lambda: (self.site / "fresh/f.mmd").unlink()):
            change()
            told = self.next_event(stream)
            self.assertTrue(told.startswith(b"data: "))
            self.assertNotEqual(told, first)
            first = told

    def test_it_ends_on_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            self.start()
            stream = self.events()  # an open stream does not hold it
            self.next_event(stream)
            begin = time.monotonic()
            self.server.send_signal(number)
            self.assertEqual(self.server.wait(timeout=20), 0)
            self.assertLess(time.monotonic() - begin, 5)
            self.assertEqual(self.server.stderr.read(), b"")
            self.end()

    def test_many_at_once(self):
        self.start()
        streams = [self.events() for _ in range(10)]
        for stream in streams:
            self.next_event(stream)
        self.assertEqual({self.status("/svg?path=a.mmd") for _ in range(50)}, {200})

    def test_mistakes(self):
        self.assertIn("cannot be read", self.nacre("serve", "none", check=2).stderr.decode())
        self.nacre("serve", "a", "b", check=2)
        self.nacre("serve", "--port", "70000", check=2)
        self.start()
        done = self.nacre("serve", "--port", str(self.port), str(self.site), check=2)
        self.assertIn("cannot listen on port %d" % self.port, done.stderr.decode())

    def test_the_page(self):
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        modules = os.environ.get("NACRE_NODE_MODULES", "")
        if not (shutil.which("node") and chromium and os.path.isdir(os.path.join(modules, "playwright-core"))):
            self.skipTest("no node, chromium or playwright-core in NACRE_NODE_MODULES")
        self.start()
        done = subprocess.run(["node", HERE / "serve_page.mjs", modules, chromium, self.address, self.site], capture_output=True,
                              timeout=180)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace")[-3000:])


if __name__ == "__main__":
    unittest.main()
