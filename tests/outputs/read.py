#!/usr/bin/env python3
"""read.py PACKAGES REPORTS: what validators and readers see in REPORTS is valid and is what was found; what is spoilt they refuse."""

import json
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import junitparser
from sarif import loader

packages, reports = map(Path, sys.argv[1:])
found = [json.loads(line) for line in (reports / "json-lines").read_text().splitlines()]


def same(name, read, expected):
    """The readers keep no order between files that they all keep within one."""
    read, expected = sorted(map(repr, read)), sorted(map(repr, expected))
    assert len(read) > 20, f"{name}: only {len(read)} findings"
    assert read == expected, f"{name}: {[pair for pair in zip(read, expected) if pair[0] != pair[1]][:3]}"
    return len(read)


def multitool(file):
    """What Microsoft's validator has to say, by the rules of SARIF and of GitHub's code scanning."""
    program = packages / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    out = reports / "verdict.sarif"
    rules = ["--rule-kind", "Sarif;Gh", "--level", "Error;Warning;Note", "--log", "ForceOverwrite"]
    subprocess.run([program, "validate", file, "-o", out, *rules], check=True, capture_output=True)
    run = json.loads(out.read_text())["runs"][0]
    notifications = [n for i in run.get("invocations", []) for n in i.get("toolExecutionNotifications", [])]
    assert not notifications, notifications
    return [(r["ruleId"], r.get("level"), r["message"]) for r in run.get("results", [])]


def sarif():
    file = reports / "sarif"
    log = json.loads(file.read_text())
    # The name tells the program what it is.
    named = reports / "report.sarif"
    named.write_text(json.dumps(log))
    verdict = [one for one in multitool(named) if one[1] != "note"]
    assert not verdict, verdict
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    spoilt = reports / "spoilt.sarif"
    spoilt.write_text(json.dumps(log))
    assert multitool(spoilt), "the validator refuses nothing"
    level = {"error": "error", "warning": "warning", "info": "note"}
    read = loader.load_sarif_file(str(named)).get_records()
    return same(
        "sarif",
        [(unquote(r["Location"]), r["Line"], r["Severity"], r["Code"]) for r in read],
        [(f["file"], f["start"]["line"], level[f["severity"]], f["code"]) for f in found],
    )


def junit():
    suites = junitparser.JUnitXml.fromfile(str(reports / "junit"))
    cases = [case for suite in suites for case in suite]
    assert suites.tests == len(cases) and suites.failures == len(found), (suites.tests, suites.failures)
    for suite in suites:
        before = (suite.tests, suite.failures)
        suite.update_statistics()
        assert before == (suite.tests, suite.failures), suite.name
    failed = [(case, result) for case in cases for result in case.result if isinstance(result, junitparser.Failure)]
    assert len(cases) > len(failed), "no clean post"
    read = [(case.classname, int(case._elem.get("line")), case.name, why.type, why.message) for case, why in failed]
    # An attribute holds no line ends.
    told = [(f["file"], f["start"]["line"], f["code"], f["severity"], f["message"]) for f in found]
    return same("junit", read, told)


def checkstyle():
    tree = xml.etree.ElementTree.parse(reports / "checkstyle")
    read = [(file.get("name"), e.get("source"), e.get("message")) for file in tree.iter("file") for e in file.iter("error")]
    return same("checkstyle", read, [(f["file"], "postlint." + f["code"], f["message"]) for f in found])


def rdjson():
    def verdict(log):
        program = packages / "node_modules/.bin/rdformat-validator"
        args = [program, "--strict", "--no-extra-fields", "--format", "json"]
        return subprocess.run(args, input=json.dumps(log), text=True, capture_output=True)

    log = json.loads((reports / "rdjson").read_text())
    fine = verdict(log)
    assert fine.returncode == 0, fine.stdout + fine.stderr
    read = []
    for d in log["diagnostics"]:
        where = d["location"]
        read.append((where["path"], where["range"]["start"]["line"], d["severity"], d["code"]["value"], d["message"]))
    count = same(
        "rdjson",
        read,
        [(f["file"], f["start"]["line"], f["severity"].upper(), f["code"], f["message"]) for f in found],
    )
    del log["diagnostics"][0]["location"]
    assert verdict(log).returncode != 0, "the validator refuses nothing"
    return count


# After the table of required fields in GitLab's documentation of Code Quality reports.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    # GitLab compares paths with those of the repository.
                    "path": {"type": "string", "not": {"pattern": r"^(\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def gitlab():
    log = json.loads((reports / "gitlab").read_text())
    jsonschema.validate(log, GITLAB)
    prints = [issue["fingerprint"] for issue in log]
    assert len(prints) == len(set(prints)), "two issues share a fingerprint, and GitLab shows one of them"
    return same(
        "gitlab",
        [(i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"], i["description"]) for i in log],
        [(f["file"], f["start"]["line"], f["code"], f["message"]) for f in found],
    )


print(f"outputs: sarif: valid for SARIF Multitool and GitHub's rules, sarif-tools reads {sarif()} findings")
print(f"outputs: junit: junitparser reads {junit()} failures")
print(f"outputs: checkstyle: an XML parser reads {checkstyle()} messages")
print(f"outputs: rdjson: rdformat-validator takes {rdjson()} diagnostics")
print(f"outputs: gitlab: {gitlab()} issues fit the schema")
