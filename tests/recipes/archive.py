#!/usr/bin/env python3
"""archive.py PROGRAM CACHE [SITE…]

Cleans copies of whole sites by the very commands of the guide's page `docs/src/archive.md`, asks the real Hexo what it makes of each post before and
after, and tells what changed. SITE are folders below POSTLINT_CORPUS, those of them that are Hexo's without one; CACHE is a directory outside the clone in which
Hexo is installed. Without POSTLINT_CORPUS, or where npm cannot install Hexo, it ends with 77.

It fails when a command of the page fails, a post is lost, Hexo drops one that it kept, a date that Hexo could read is gone or becomes another time, a
line of a code sample is lost, or a post has more than half of its words no more. A date with a zone, which Hexo takes wrong in a site with `timezone`,
may become the very time that was written.
"""

import collections
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "verdicts"))
import regenerate  # noqa: E402

GUIDE = HERE.parent.parent / "docs" / "src" / "archive.md"
# A post of Hexo lies below here; a folder without one holds nothing but posts.
POSTS = re.compile(r"(?:^|/)_posts/")
TIMEZONE = re.compile(r"^timezone:[ \t]*['\"]?([\w/+-]+)", re.M)
# A date of a post with its zone; JavaScript reads the same of it as Python.
ZONED = re.compile(rb"^date:[ \t]*['\"]?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))['\"]?[ \t]*\r?$", re.M)


def commands():
    """The commands of the page that need no network, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.S | re.M)
    lines = [line for block in blocks for line in block.splitlines() if "--network" not in line]
    assert sum(line.startswith("postlint ") for line in lines) > 6, "the page has changed"
    return lines


def texts(site):
    """The posts of a site as bytes by path."""
    every = sorted(path for path in site.rglob("*") if path.suffix in regenerate.POSTS and path.is_file())
    names = [str(path.relative_to(site)) for path in every]
    posts = [name for name in names if POSTS.search(name)] or names
    return {name: (site / name).read_bytes() for name in posts}


def findings(postlint, site):
    run = subprocess.run(
        [postlint, "check", "--no-cache", "--quiet", "--exit-zero", "--output-format", "json-lines", "."],
        cwd=site, capture_output=True, text=True, encoding="utf-8", check=False,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def config(site):
    """What of the site's own configuration says which time a date is."""
    file = site / "_config.yml"
    zone = file.is_file() and TIMEZONE.search(file.read_text(encoding="utf-8"))
    return {"timezone": zone[1]} if zone else {}


def asked(home, site, paths):
    own = config(site)
    tasks = [
        {"file": path, "from": str(site / path), "path": "_posts/" + POSTS.split(path, maxsplit=1)[-1], "config": own} for path in paths
    ]
    verdicts = {one["file"]: one for one in regenerate.asked(["node", str(HERE.parent / "verdicts" / "hexo.js"), str(home)], tasks)}
    faults = [one for one in verdicts.values() if "oracle_failure" in one]
    assert not faults and len(verdicts) == len(tasks), faults[:1]
    return verdicts


def kept(verdict):
    return bool(verdict.get("parse_ok") and verdict.get("site", {}).get("in_site"))


def dated(verdict):
    """Whether Hexo reads a date."""
    return kept(verdict) and verdict["site"].get("date") not in (None, "BIRTHTIME")


def instant(written):
    return datetime.datetime.fromisoformat(written.replace("Z", "+00:00"))


def meant(data, date):
    """Whether the post said this very time, with its zone."""
    written = ZONED.search(data)
    return bool(written) and instant(written[1].decode()) == instant(date)


def text(data):
    return data.decode("utf-8", "replace")


def body(data):
    return re.sub(r"\A﻿?\s*-{3,}\s*\n.*?\n-{3,}[ \t]*(?:\n|\Z)", "", text(data), count=1, flags=re.S)


def words(data):
    """Words of the body outside of tags; a Chinese character is one."""
    return len(re.findall(r"[㐀-鿿]|[^\W_㐀-鿿]+", re.sub(r"<[^>]*>", " ", body(data))))


def code(data):
    """The lines of fenced code."""
    blocks = re.findall(r"^[ \t]*(```+|~~~+)[^\n`]*\n(.*?)^[ \t]*\1", body(data), re.S | re.M)
    return collections.Counter(line.strip() for _, block in blocks for line in block.splitlines() if line.strip())


def clean(postlint, home, origin, scratch):
    site = scratch / origin.name
    shutil.copytree(origin, site)
    # The originals may be write-protected; postlint leaves such files as they are.
    for path in [site, *site.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "core.autocrlf=false"]
    for args in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-qm", "as it was"]):
        subprocess.run([*git, *args], cwd=site, check=True, stdout=subprocess.DEVNULL)
    before, before_hexo = texts(site), asked(home, site, texts(site))
    (site / "postlint.toml").write_text('extends = "scraped"\n', encoding="utf-8")
    first = findings(postlint, site)
    environment = {
        **os.environ, "PATH": f"{postlint.parent}:{os.environ['PATH']}", "GIT_PAGER": "cat", "POSTLINT_NO_CACHE": "1",
        **{f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    troubles, righted = [], 0
    for line in commands():
        run = subprocess.run(["bash", "-c", line], cwd=site, env=environment, capture_output=True, check=False)
        # Status 1 says that something is left, that there is a difference, or that there is nothing to commit.
        if run.returncode > 1:
            troubles.append(f"`{line}` ends with {run.returncode}: {text(run.stderr[-300:])}")
    after = texts(site)
    last = findings(postlint, site)
    after_hexo = asked(home, site, after)

    changed = [path for path in before if after.get(path) != before[path]]
    for path in before:
        if path not in after:
            troubles.append(f"{path} is gone")
            continue
        old, new = before_hexo[path], after_hexo[path]
        if kept(old) and not kept(new):
            troubles.append(f"{path}: Hexo drops it now")
        if dated(old) and not dated(new):
            troubles.append(f"{path}: Hexo cannot read its date any more")
        if dated(old) and dated(new) and old["site"]["date"] != new["site"]["date"]:
            if meant(before[path], new["site"]["date"]):
                righted += 1
            else:
                troubles.append(f"{path}: {old['site']['date']} became {new['site']['date']}")
        if path in changed:
            lost = code(before[path]) - code(after[path])
            if lost:
                troubles.append(f"{path}: lost code: {list(lost)[:2]}")
            if words(before[path]) > 20 and words(after[path]) * 2 < words(before[path]):
                troubles.append(f"{path}: {words(before[path])} words became {words(after[path])}")
    errors = lambda found: sum(one["severity"] == "error" for one in found)
    count = lambda verdicts, is_so: sum(map(is_so, verdicts.values()))
    print(
        f"{origin.name}: {len(before)} posts, {len(changed)} changed; findings {len(first)} -> {len(last)}, errors {errors(first)} -> {errors(last)}; "
        f"Hexo keeps {count(before_hexo, kept)} -> {count(after_hexo, kept)}, reads a date in {count(before_hexo, dated)} -> {count(after_hexo, dated)} "
        f"({righted} now the time that is written); words {sum(map(words, before.values()))} -> {sum(map(words, after.values()))}"
    )
    left = collections.Counter(one["code"] for one in last).most_common(6)
    print("  left:", ", ".join(f"{code} {number}" for code, number in left))
    for trouble in troubles:
        print(f"  TROUBLE: {trouble}")
    return troubles


def main():
    postlint, cache, names = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), sys.argv[3:]
    corpus = os.environ.get("POSTLINT_CORPUS")
    home = corpus and regenerate.install_hexo(cache)
    if not home:
        sys.exit(77)
    sites = sorted(path for path in pathlib.Path(corpus).iterdir() if path.name in names or not names)
    troubles = []
    with tempfile.TemporaryDirectory() as scratch:
        for site in sites:
            if names or (site / "source" / "_posts").is_dir():
                troubles += clean(postlint, home, site, pathlib.Path(scratch))
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
