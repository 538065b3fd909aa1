#!/usr/bin/env python3
"""Attacks postlint and says how it went: `run.py PROGRAM [--kills N] [--table FILE] [NAME…]`.

Hostile posts, hostile folders, kill -9 in the middle of `--fix`, two of them at once, an editor that saves meanwhile, a full disk,
system calls that fail.
Every attack has an outcome that it must have, and bounds for time and memory with room for a busy machine; the exit status is 1
when one has not. Only Python's standard library is needed, and strace for the system calls."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import faults as injected
import folders
import posts
import servers

HERE = Path(__file__).resolve().parent


def measured(seconds, command, folder):
    """Exit status, what it said, seconds, mebibytes of a command that has so many seconds."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as notes:
        subprocess.run(
            [sys.executable, "-S", str(HERE / "measure.py"), str(seconds), *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=notes, check=False
        )
        out.seek(0)
        notes.seek(0)
        said = out.read() + notes.read()
    said, _, figures = said.rstrip(b"\n").rpartition(b"\n")
    figures = json.loads(figures)
    return figures["status"], said.decode("utf-8", "replace"), figures["seconds"], figures["mebibytes"]


def attack_with_post(program, name):
    """One post; written by a child so that this process stays small."""
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            hostile = next(it for it in posts.every() if it.name == name)
            Path(folder, "a.md").write_bytes(hostile.text)
            limits = {"max-file-size": hostile.limit, "max-check-time": hostile.time}
            settings = "".join(f"{key} = {limit}\n" for key, limit in limits.items() if limit)
            Path(folder, "postlint.toml").write_text(settings)
            about = {key: getattr(hostile, key) for key in ("says", "status", "seconds", "mebibytes", "options")}
            Path(folder, "about").write_text(json.dumps(about))
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            return "not written", ["the post could not be written"], 0, 0
        about = json.loads(Path(folder, "about").read_text())
        command = [program, "check", "a.md", "--generator", "hexo", "--output-format", "concise", *about["options"]]
        status, said, seconds, mebibytes = measured(120, command, folder)
    faults = []
    if status not in (0, 1, 2) or about["status"] >= 0 and status != about["status"]:
        faults.append(f"exit status {status}")
    if "internal trouble" in said or not re.search(about["says"], said):
        faults.append(f"it said {said[:200]!r}")
    if seconds > about["seconds"]:
        faults.append(f"it took {seconds:.1f} s, {about['seconds']} are allowed")
    if mebibytes > about["mebibytes"]:
        faults.append(f"it took {mebibytes:.0f} MiB, {about['mebibytes']} are allowed")
    lines = said.count("\n")
    rule = re.search(r"\[([a-z-]+)\]", said)
    outcome = "refused" if status == 2 else "nothing to say" if status == 0 else f"{max(lines - 1, 1):,} × {rule[1] if rule else '?'}"
    return outcome, faults, seconds, mebibytes


def names():
    with os.popen(f"{sys.executable} -c 'import posts; print(*[it.name for it in posts.every()], sep=chr(10))'") as out:
        return out.read().splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=20, help="how often `--fix` is killed")
    parser.add_argument("--table", help="write the outcomes to this file, as Markdown")
    parser.add_argument("only", nargs="*", help="only attacks whose name contains one of these")
    args = parser.parse_intermixed_args()
    program = shutil.which(args.program) or sys.exit(f"{args.program} is no program")
    program = os.path.abspath(program)
    os.chdir(HERE)
    attacks = [(name, lambda name=name: attack_with_post(program, name)) for name in names()]
    attacks += folders.every(program, args.kills, measured)
    attacks += injected.every(program)
    attacks += servers.every(program)
    failed, rows = 0, []
    for name, attack in attacks:
        if args.only and not any(word in name for word in args.only):
            continue
        outcome, faults, seconds, mebibytes = attack()
        failed += bool(faults)
        rows.append((name, outcome, seconds, mebibytes))
        print(f"{'FAILED' if faults else 'ok':6} {name[:50]:50} {seconds:6.2f} s {mebibytes:6.0f} MiB  {outcome}", flush=True)
        for fault in faults:
            print(f"       {fault}", flush=True)
    if args.table:
        lines = ["| attack | outcome | seconds | peak MiB |", "| --- | --- | ---: | ---: |"]
        lines += [f"| {name.replace('|', chr(92) + '|')} | {outcome} | {seconds:.2f} | {mebibytes:.0f} |" for name, outcome, seconds, mebibytes in rows]
        Path(args.table).write_text("\n".join(lines) + "\n")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
