#!/usr/bin/env python3
"""sbom.py SBOM: a reader that is not ours takes it for valid CycloneDX, and it names every crate that is built in, and no test's."""

import json
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = open(sys.argv[1], encoding="utf-8").read()
bill = json.loads(text)
version = SchemaVersion.from_version(bill["specVersion"])
wrong = JsonStrictValidator(version).validate_str(text)
assert not wrong, wrong
spoilt = {**bill, "components": [{"type": "library"}]}
assert JsonStrictValidator(version).validate_str(json.dumps(spoilt)), "the validator refuses nothing"


def crates_of(edges, *more):
    """Names and versions of the crates below ours."""
    command = ["cargo", "tree", "--locked", "--edges", edges, "--prefix", "none", "--format", "{p}", *more]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    crates = {tuple(line.split()[:2]) for line in lines if line.strip()}
    return {(name, version.removeprefix("v")) for name, version in crates if name != "postlint"}


named = {(one["name"], one["version"]): one for one in bill["components"]}
crates = crates_of("normal")
assert len(crates) > 100, len(crates)
assert not crates - named.keys(), sorted(crates - named.keys())
tests = crates_of("dev", "--depth", "1") - crates_of("normal,build")
assert len(tests) > 3, tests
assert not tests & named.keys(), sorted(tests & named.keys())
for crate in crates:
    one = named[crate]
    assert one["purl"].startswith(f"pkg:cargo/{crate[0]}@{crate[1]}"), one
    assert one["licenses"], one
assert bill["metadata"]["component"]["name"] == "postlint"
print(f"{len(named)} components, {len(crates)} of them built in here")
