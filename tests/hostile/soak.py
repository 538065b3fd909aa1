#!/usr/bin/env python3
"""A writer at work, simulated: `soak.py PROGRAM [--minutes 2] [--posts 2000]`.

Opens, types, saves, renames, closes; switches branches that change hundreds of posts; edits the configuration. At every rest what the
server shows for each open post must be what `postlint check` says of the same site, and memory must stay where it was. The
last line has the figures; the exit status is 1 when anything was wrong."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from client import Client

WORDS = "harbour lantern kettle granite willow orchard 图书馆 夜间 canal 🚲 ledger violin".split()
TAGS = ["rain", "Rain", "wind", "web dev", "web-dev", "海", "tides"]
CONFIGS = ["", '[rules]\ndate-missing = "off"\n', 'ignore = ["taxonomy"]\n', '[rules]\ntaxonomy-duplicate = "error"\n', "[ruels]\n"]


def post(dice, at):
    date = dice.choice([f"2024-0{1 + at % 9}-1{at % 9} 10:00:00", f"2023-1{at % 3}-0{1 + at % 9}", "Invalid Date", "2024-02-30"])
    tags = ", ".join(dice.choices(TAGS, k=dice.randint(0, 3)))
    lines = [" ".join(dice.choices(WORDS, k=dice.randint(4, 30))) for _ in range(dice.randint(2, 12))]
    if dice.random() < 0.2:
        lines.insert(1, '<div>\n\n        <span>code?</span>\n</div>')
    if dice.random() < 0.1:
        lines.insert(1, '<ins class="adsbygoogle" data-ad-slot="1"></ins>')
    return f"---\ntitle: Post {at}\ndate: {date}\ntags: [{tags}]\n---\n\n" + "\n\n".join(lines) + "\n"


def uri(path):
    return "file://" + urllib.parse.quote(str(path))


def units(text):
    return len(text.encode("utf-16-le")) // 2


class Writer:
    def __init__(self, program, root, dice, count):
        self.program, self.root, self.dice = program, root, dice
        self.folder = root / "source" / "_posts"
        self.folder.mkdir(parents=True)
        (root / "_config.yml").write_text("title: Soak\nurl: https://soak.example\nfilename_case: 1\n")
        self.files = [self.folder / f"post-{at}.md" for at in range(count)]
        for at, path in enumerate(self.files):
            path.write_text(post(dice, at))
        self.open = {}
        self.made = count
        self.done = dict.fromkeys("opened typed saved closed renamed switched configured".split(), 0)
        self.client = Client(program, str(root))

    def changed(self, changes):
        self.client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(path), "type": kind} for path, kind in changes]})

    def opened(self):
        path = self.dice.choice(self.files)
        if path not in self.open:
            text = path.read_text()
            self.open[path] = [text, 1]
            self.client.open(uri(path), text)

    def typed(self):
        if not self.open:
            return
        path = self.dice.choice(list(self.open))
        state = self.open[path]
        for _ in range(self.dice.randint(1, 30)):
            lines = state[0].split("\n")
            row = self.dice.randrange(len(lines))
            column = self.dice.randint(0, len(lines[row]))
            if self.dice.random() < 0.3 and column < len(lines[row]):
                end, new = column + 1, ""
            else:
                end, new = column, self.dice.choice(["a", " ", "é", "好", "🚲", "\n", "<b>", "</b>", "#", ": ", "-"])
            place = {"start": {"line": row, "character": units(lines[row][:column])}, "end": {"line": row, "character": units(lines[row][:end])}}
            lines[row] = lines[row][:column] + new + lines[row][end:]
            state[0] = "\n".join(lines)
            state[1] += 1
            self.client.tell(
                "textDocument/didChange",
                {"textDocument": {"uri": uri(path), "version": state[1]}, "contentChanges": [{"range": place, "text": new}]},
            )
            if self.dice.random() < 0.1:
                self.client.ask("textDocument/completion", {"textDocument": {"uri": uri(path)}, "position": place["start"]})

    def saved(self):
        for path, state in list(self.open.items()):
            if self.dice.random() < 0.5:
                path.write_text(state[0])
                self.client.tell("textDocument/didSave", {"textDocument": {"uri": uri(path)}})
                self.changed([(path, 2)])

    def closed(self):
        if len(self.open) > 4:
            path = self.dice.choice(list(self.open))
            path.write_text(self.open.pop(path)[0])
            self.client.tell("textDocument/didClose", {"textDocument": {"uri": uri(path)}})
            self.changed([(path, 2)])

    def renamed(self):
        path = self.dice.choice([path for path in self.files if path not in self.open])
        self.made += 1
        to = path.with_name(f"renamed-{self.made}.md")
        path.rename(to)
        self.files[self.files.index(path)] = to
        self.client.tell("workspace/didRenameFiles", {"files": [{"oldUri": uri(path), "newUri": uri(to)}]})
        self.changed([(path, 3), (to, 1)])

    def switched(self):
        """Another branch: hundreds of posts are others at once."""
        some = [path for path in self.dice.sample(self.files, min(400, len(self.files))) if path not in self.open]
        for at, path in enumerate(some):
            path.write_text(post(self.dice, at))
        self.changed([(path, 2) for path in some])

    def configured(self):
        path = self.root / "postlint.toml"
        path.write_text(self.dice.choice(CONFIGS))
        self.changed([(path, 2)])

    def step(self):
        what = self.dice.choices(list(self.done), weights=[4, 30, 6, 3, 2, 0.4, 0.6])[0]
        getattr(self, what)()
        self.done[what] += 1

    def look(self):
        """What is shown for open posts beside what a fresh process says of the site."""
        for path, state in self.open.items():
            path.write_text(state[0])
            self.client.tell("textDocument/didSave", {"textDocument": {"uri": uri(path)}})
            self.changed([(path, 2)])
        self.client.rest()
        fresh = subprocess.run([self.program, "check", str(self.root), "--output-format", "json-lines"], capture_output=True, check=False, cwd=self.root)
        if fresh.returncode == 2:
            # A slip in the configuration: the server goes on with what it had and shows the slip.
            return []
        expected = {}
        for line in fresh.stdout.splitlines():
            finding = json.loads(line)
            if "code" in finding:
                path = self.root / finding["file"] if not finding["file"].startswith("/") else Path(finding["file"])
                expected.setdefault(path, []).append((finding["start"]["line"], finding["code"], finding["message"]))
        faults = []
        for path in self.open:
            shown = self.client.findings.get(uri(path), {"diagnostics": []})["diagnostics"]
            shown = sorted((it["range"]["start"]["line"] + 1, it["code"], it["message"]) for it in shown)
            wanted = sorted(expected.get(path, []))
            if shown != wanted:
                faults.append(f"{path.name}: shown only {[it for it in shown if it not in wanted]}, missing {[it for it in wanted if it not in shown]}")
        return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    program = os.path.abspath(shutil.which(args.program) or sys.exit(f"{args.program} is no program"))
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(program, Path(folder).resolve(), random.Random(args.seed), args.posts)
        writer.client.rest(2)
        begun, memory, tasks, faults, looks, late = time.monotonic(), [], [], [], 0, 0
        while time.monotonic() - begun < args.minutes * 60 and len(faults) < 5:
            for _ in range(40):
                writer.step()
            found = writer.look()
            if found:
                # Quiet is not rest where other work takes the machine: what is still wrong some seconds later is wrong.
                late += 1
                writer.client.rest(5)
                found = writer.look()
            faults += found
            looks += 1
            memory.append(writer.client.mebibytes()[0])
            tasks.append(writer.client.tasks())
        status = writer.client.end()
    # The first half fills caches and the allocator's pools; growth is what comes after. A leak of 100 KiB a step shows in two minutes.
    half = memory[len(memory) // 2 :] or memory
    first, last = sum(half[:5]) / len(half[:5]), sum(half[-5:]) / len(half[-5:])
    if last > first * 1.25 + 32:
        faults.append(f"memory grew: {' '.join(f'{it:.0f}' for it in memory)} MiB")
    # Workers for each core, one for each of eight blocking tasks, the main thread and the reader.
    if max(tasks) > 12 + 2 * os.cpu_count():
        faults.append(f"threads grew from {tasks[0]} to {max(tasks)}")
    if status:
        faults.append(f"exit status {status}")
    for fault in faults[:5]:
        print("FAILED", fault)
    done = ", ".join(f"{count} {what}" for what, count in writer.done.items())
    print(f"{looks} looks; {done}; MiB at start {memory[0]:.0f}, middle {memory[len(memory) // 2]:.0f}, end {memory[-1]:.0f}; {tasks[-1]} threads; {late} late; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
