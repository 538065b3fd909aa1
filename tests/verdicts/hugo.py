"""What the real Hugo makes of posts, each built alone in a fresh site."""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

CONFIG = """baseURL = "http://example.org/"
title = "T"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404", "home", "section"]
timeZone = "UTC"
[outputs]
page = ["JSON"]
"""

STAMP = '"2006-01-02T15:04:05.000Z07:00"'
LAYOUT = (
    '{{- $terms := dict -}}{{- range $t := slice "tags" "categories" -}}{{- $names := slice -}}'
    '{{- range ($.GetTerms $t) -}}{{- $names = $names | append (dict "title" .LinkTitle "url" .RelPermalink) -}}{{- end -}}'
    "{{- $terms = merge $terms (dict $t $names) -}}{{- end -}}"
    f'{{{{- dict "title" .Title "date" (.Date.Format {STAMP}) "lastmod" (.Lastmod.Format {STAMP}) '
    f'"publishDate" (.PublishDate.Format {STAMP}) "draft" .Draft "url" .RelPermalink "terms" $terms | jsonify -}}}}'
)


def version(hugo):
    """The version of the binary `hugo`, as `0.168.0`."""
    said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"hugo v([\d.]+)", said).group(1)


def verdict(hugo, task):
    """The verdict on one task: {"file": …, "from": path of the bytes, "path": name in `content/posts`}."""
    out = {"file": task["file"]}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="verdicts-hugo-"))
    try:
        for place in ("content/posts", "layouts/_default"):
            (folder / place).mkdir(parents=True)
        (folder / "hugo.toml").write_text(CONFIG)
        (folder / "layouts/_default/single.json").write_text(LAYOUT)
        shutil.copyfile(task["from"], folder / "content/posts" / task["path"])
        run = subprocess.run(
            [hugo, "-s", folder, "-d", folder / "public", "--buildDrafts", "--buildFuture", "--buildExpired", "--noBuildLock"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            env={**os.environ, "TZ": "UTC", "HUGO_CACHEDIR": str(folder / "cache"), "NO_COLOR": "1"},
        )
        out["ok"] = run.returncode == 0
        if not out["ok"]:
            lines = [line for line in (run.stdout + run.stderr).splitlines() if "ERROR" in line or line.startswith("Error")]
            out["error"] = {"message": (lines or [""])[0].replace(str(folder), "")[:400]}
        made = sorted((folder / "public").rglob("*.json"))
        if made:
            out["page"] = json.loads(made[0].read_text())
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        out["oracle_failure"] = repr(error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return out


def verdicts(hugo, tasks):
    """The verdicts on `tasks`, in their order."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda task: verdict(hugo, task), tasks))
