"""Attacks on the language server by what a client asks of it."""

import tempfile
import time
import urllib.parse
from pathlib import Path

from client import Client

TEXT = "---\ntitle: Post %d\ndate: %s\ntags: [x, wind]\n---\n\nSome words 好🚲 of post %d, enough for a line or two of a real one.\n"
COUNT = 10_000


def every(program):
    return [(f"{COUNT:,} open posts", lambda: opened(program)), ("a hover over one of 90,000 tags", lambda: hovered(program))]


def hovered(program):
    begun, faults = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        (root / "source" / "_posts").mkdir(parents=True)
        (root / "_config.yml").write_text("title: Many\n")
        client = Client(program, str(root))
        uri = "file://" + urllib.parse.quote(str(root / "source" / "_posts" / "a.md"))
        tags = "".join(f"- tag {at}\n" for at in range(90_000))
        client.open(uri, f"---\ntitle: Many\ndate: 2024-01-02 10:00:00\ntags:\n{tags}---\n\nWords.\n")
        client.rest(2)
        asked = time.monotonic()
        place = {"textDocument": {"uri": uri}, "position": {"line": 45_000, "character": 4}}
        said = (client.ask("textDocument/hover", place).get("result") or {}).get("contents", {}).get("value", "")
        late = time.monotonic() - asked
        if "89950" not in said or len(said) > 10_000 or late > 5:
            faults.append(f"{len(said)} bytes after {late:.1f} s: {said[-100:]}")
        peak = client.mebibytes()[1]
        if client.end():
            faults.append("it did not leave in peace")
    return f"the first of them are told, after {late * 1000:.0f} ms", faults, time.monotonic() - begun, peak


def opened(program):
    """All are looked at, one that changes is looked at again at once, and all are let go."""
    begun, faults = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        posts = root / "source" / "_posts"
        posts.mkdir(parents=True)
        (root / "_config.yml").write_text("title: Many\n")
        client = Client(program, str(root))
        names = ["file://" + urllib.parse.quote(str(posts / f"{at}.md")) for at in range(COUNT)]

        def codes(uri):
            return sorted(it["code"] for it in client.findings.get(uri, {"diagnostics": []})["diagnostics"] if it["code"].startswith("date-"))

        for at, uri in enumerate(names):
            client.open(uri, TEXT % (at, "Invalid Date", at))
        client.rest(2, seconds=300)
        missing = sum(codes(uri) != ["date-invalid"] for uri in names)
        if missing:
            faults.append(f"{missing} posts have not the finding that they must have")
        changed = names[COUNT // 2]
        client.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": changed, "version": 2}, "contentChanges": [{"text": TEXT % (0, "2024-01-02 10:00:00", 0)}]},
        )
        asked = time.monotonic()
        while codes(changed) and time.monotonic() < asked + 60:
            time.sleep(0.01)
        late = time.monotonic() - asked
        if late > 5:
            faults.append(f"a change was looked at after {late:.1f} s")
        for uri in names:
            client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        client.rest(2, seconds=300)
        shown = sum(bool(client.findings.get(uri, {"diagnostics": []})["diagnostics"]) for uri in names)
        if shown:
            faults.append(f"{shown} closed posts that are not on the disk still show findings")
        peak = client.mebibytes()[1]
        if peak > 300:
            faults.append(f"it took {peak:.0f} MiB, 300 are allowed")
        if client.end():
            faults.append("it did not leave in peace")
    return f"each is looked at; a change of one is after {late * 1000:.0f} ms", faults, time.monotonic() - begun, peak
