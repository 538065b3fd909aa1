"""Runs the command in the arguments and prints its exit status, seconds and peak mebibytes as JSON.

A process of its own, and a small one: what a child is charged for begins with the size of its parent."""

import json
import os
import sys
import time

seconds = float(sys.argv[1])
begun = time.monotonic()
child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    pid, status, used = os.wait4(child, os.WNOHANG)
    spent = time.monotonic() - begun
    if pid:
        break
    if spent > seconds:
        os.kill(child, 9)
        _, status, used = os.wait4(child, 0)
        break
    time.sleep(0.002)
print(json.dumps({"status": os.waitstatus_to_exitcode(status), "seconds": spent, "mebibytes": used.ru_maxrss / 1024}), file=sys.stderr)
