#!/usr/bin/env bash
# Opens every output with a program that is not ours: Microsoft's SARIF Multitool and sarif-tools, junitparser, Danger's reader of checkstyle
# reports, a validator of reviewdog's format, GitHub's own toolkit; GitLab's report with a schema after its documentation. What each of them
# read is compared with the findings. $1 is the program. The readers come from PyPI and npm, once, into a cache outside the clone; ends
# with 77, aloud, where they cannot be installed.
set -euo pipefail
program=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")
tools=${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}
skip() {
  echo "outputs: skipped, $1 cannot be installed here"
  exit 77
}
command -v npm >/dev/null || skip 'the npm packages'
bin=$("$here/../integrations/python.sh" outputs sarif-tools==3.0.5 junitparser==5.0.3 jsonschema==4.26.0) || skip 'the Python packages'
node=$tools/outputs-$(cksum <"$here/package.json" | cut -d' ' -f1)
if ! [ -e "$node/.complete" ]; then
  rm -rf "$node"
  mkdir -p "$node"
  cp "$here/package.json" "$node"
  # Danger itself is not needed to read a report.
  npm install --prefix "$node" --silent --no-audit --no-fund --legacy-peer-deps >&2 || skip 'the npm packages'
  touch "$node/.complete"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$here/../../fixtures" "$scratch/posts"
# A name and words that every format must escape.
mkdir -p "$scratch/posts/hexo/source/_posts/a, b"
printf -- '---\ntitle: 100%% <b>"&"</b>\ndate: 2022-13-45 <&">%%0A\ntags: [x, x]\n---\n<div>\n\n    <p>汉字 &amp; more</p>\n</div>\n' \
  >"$scratch/posts/hexo/source/_posts/a, b/c:ö&'%.md"
cd "$scratch/posts"
for format in json-lines sarif junit checkstyle rdjson gitlab github; do
  status=0
  "$program" check --quiet --output-format "$format" . >"$scratch/$format" || status=$?
  [ "$status" -eq 1 ] || { echo "$format: exit status $status instead of 1" >&2; exit 1; }
done
node "$here/read.mjs" "$node" "$scratch"
"$bin/python" "$here/read.py" "$node" "$scratch"
