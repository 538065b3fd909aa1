"""Attacks by the system itself: each system call of `--fix` fails once, and each is the last one once. strace injects that."""

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from folders import FIX, damaged, fill, old

FILES = 3
# What reads, writes, names and describes files.
CALLS = "openat open read pread64 write fsync fchmod fchown linkat renameat2 rename unlink statx newfstatat close getdents64 lseek".split()


def every(program):
    return [
        # A folder that cannot be closed makes the standard library itself panic.
        ("EIO at every system call of --fix, one at a time", lambda: each(program, "error=EIO", [call for call in CALLS if call != "close"])),
        ("ENOSPC at every system call of --fix, one at a time", lambda: each(program, "error=ENOSPC", ("openat", "open", "write", "fsync", "linkat"))),
        ("kill -9 at every system call of --fix, one at a time", lambda: each(program, "signal=KILL")),
    ]


def run(program, folder, options, trace):
    command = ["strace", "-f", "-qq", "-o", str(trace), *options, program, "check", str(folder), *FIX, "--threads", "1"]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def each(program, fault, calls=CALLS):
    begun = time.monotonic()
    if not shutil.which("strace"):
        return "skipped: there is no strace here", [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        folder, trace = Path(place, "posts"), Path(place, "trace")
        folder.mkdir()
        paths = fill(folder, FILES)
        done = run(program, folder, ["-e", "trace=" + ",".join(calls)], trace)
        if done.returncode or damaged(paths)[1] != FILES:
            return "skipped: strace may not trace here", [], 0, 0
        made = [re.split(r"[ (]+", line)[1] for line in trace.read_text(errors="replace").splitlines() if "(" in line]
        faults, tried, whole = [], 0, 0
        for call in calls:
            for at in range(1, made.count(call) + 1):
                for number, path in enumerate(paths):
                    if path.read_bytes() != old(number):
                        path.write_bytes(old(number))
                try:
                    done = run(program, folder, ["-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={at}"], trace)
                except subprocess.TimeoutExpired:
                    faults.append(f"{call} {at}: it hangs")
                    continue
                tried += 1
                said = (done.stdout + done.stderr).decode("utf-8", "replace")
                found, mended = damaged(paths)
                whole += mended == FILES
                faults += [f"{call} {at}: {fault}" for fault in found]
                if "panicked" in said or "internal trouble" in said:
                    faults.append(f"{call} {at}: {said[-300:]!r}")
                elif done.returncode == 0 and mended < FILES:
                    faults.append(f"{call} {at}: exit status 0 with {mended} of {FILES} mended: {said[-300:]!r}")
                claimed = re.search(r"^mended (\d+) finding", said, re.MULTILINE)
                if claimed and int(claimed[1]) != mended:
                    faults.append(f"{call} {at}: it says {claimed[1]} are mended, {mended} are")
        run(program, folder, ["-e", "trace=none"], trace)
        left = damaged(paths)
        faults += left[0] if left[1] == FILES else [f"a run after that mended {left[1]} of {FILES}"]
    return f"{tried} runs: every file old or new, whole, and what is said is true; {whole} mended all the same", faults[:8], time.monotonic() - begun, 0
