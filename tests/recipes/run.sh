#!/usr/bin/env bash
# Runs the recipes for archives that one machine does not see whole: Spark with two executors, GNU parallel, xargs. Each must find what one
# run finds. Then the guide's steps for cleaning an archive, on copies of real sites where POSTLINT_CORPUS names some. $1 is the program.
# Spark comes from PyPI, once, into a cache outside the clone; what cannot be installed here is skipped, and the last lines say so.
set -uo pipefail
program=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
site=$scratch/site
python3 "$here/posts.py" "$site" 600 || exit 1
cd "$site"
json=(--quiet --exit-zero --output-format json-lines)
"$program" check "${json[@]}" . >"$scratch/whole" || exit 1

# The findings of all answers and of `postlint site`, against those of one run.
compare() {
  python3 - "$scratch/whole" "$@" <<'PYTHON'
import json, sys
def findings(file):
    for line in open(file, encoding="utf-8"):
        told = json.loads(line)
        assert "error" not in told, told
        for one in told.get("findings", [told] if "code" in told else []):
            one["file"] = one["file"].removeprefix("./")
            for related in one["related"]:
                related["file"] = related["file"].removeprefix("./")
            yield json.dumps(one, sort_keys=True)
whole, parts = sorted(findings(sys.argv[1])), sorted(one for file in sys.argv[2:] for one in findings(file))
assert len(whole) > 1000 and whole == parts, (len(whole), len(parts), sorted(set(whole) ^ set(parts))[:4])
print(f"the same {len(whole)} findings")
PYTHON
}

. "$here/../try.sh"

spark() {
  command -v java >/dev/null || return 77
  local bin
  bin=$(timeout 170 "$here/../integrations/python.sh" spark pyspark==3.5.9) || return 77
  PYSPARK_PYTHON=$bin/python "$bin/python" "$here/spark.py" "$program" "$site" "$scratch/spark" >"$scratch/log" 2>&1 ||
    { tail -n 40 "$scratch/log" >&2; return 1; }
  "$program" site "${json[@]}" "$scratch"/spark/part-* >"$scratch/spark.site" && compare "$scratch"/spark/part-* "$scratch/spark.site"
}

gnu_parallel() {
  command -v parallel >/dev/null || { [ -n "${CI:-}" ] && apt-get -qq install -y parallel >/dev/null 2>&1; } || return 77
  find . -name '*.md' -print0 | python3 -c '
import json, sys
for path in sys.stdin.read().split("\0")[:-1]:
    print(json.dumps({"path": path, "text": open(path, encoding="utf-8").read()}))' >"$scratch/lines"
  "$here/parallel.sh" "$program" "$site" "$scratch/parallel" <"$scratch/lines" &&
    "$program" site "${json[@]}" "$scratch/parallel" >"$scratch/parallel.site" && compare "$scratch/parallel" "$scratch/parallel.site"
}

by_xargs() {
  mkdir "$scratch/xargs"
  LIST=100 "$here/xargs.sh" "$program" "$site" "$scratch/xargs" &&
    "$program" site "${json[@]}" "$scratch"/xargs/facts-* >"$scratch/xargs/site" &&
    compare "$scratch"/xargs/findings-* "$scratch/xargs/site"
}

cleaned() {
  python3 "$here/archive.py" "$program" "${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}/verdicts"
}

try xargs by_xargs
try 'GNU parallel' gnu_parallel
try Spark spark
try 'the cleaning of an archive' cleaned
tell recipes
