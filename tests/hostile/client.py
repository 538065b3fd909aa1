"""A language client of a few lines: enough to open, edit, ask and wait."""

import json
import os
import subprocess
import threading
import time


class Client:
    def __init__(self, program, root, **capabilities):
        self.process = subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root)
        self.answers, self.findings, self.publishes, self.last, self.next = {}, {}, 0, time.monotonic(), 0
        self.lock = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": "file://" + root,
                "capabilities": {
                    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}, "applyEdit": True},
                    "textDocument": {"publishDiagnostics": {"versionSupport": True}},
                    **capabilities,
                },
            },
        )
        self.tell("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not line:
                return
            message = json.loads(stream.read(length))
            with self.lock:
                self.last = time.monotonic()
                if "method" not in message:
                    self.answers[message["id"]] = message
                elif message["method"] == "textDocument/publishDiagnostics":
                    self.publishes += 1
                    self.findings[message["params"]["uri"]] = message["params"]
                elif "id" in message:
                    self.send({"id": message["id"], "result": None})
                self.lock.notify_all()

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params, seconds=60):
        self.next += 1
        number = self.next
        self.send({"id": number, "method": method, "params": params})
        with self.lock:
            if not self.lock.wait_for(lambda: number in self.answers, seconds):
                raise TimeoutError(f"{method} was not answered in {seconds} s")
            return self.answers.pop(number)

    def rest(self, quiet=0.6, seconds=120):
        """Wait until nothing has been said for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.lock:
                since = time.monotonic() - self.last
            if since > quiet:
                return
            time.sleep(0.05)
        raise TimeoutError("the server does not come to rest")

    def open(self, uri, text, version=1):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": version, "text": text}})

    def mebibytes(self):
        """What the server holds now, and its peak."""
        with open(f"/proc/{self.process.pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return [int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM")]

    def tasks(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(20)
