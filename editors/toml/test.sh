#!/usr/bin/env bash
# Tests that Taplo reads the schema of postlint.toml: as named by the file itself, and as an extension gives it. $1 is the program postlint.
set -euo pipefail
program=$(realpath "${1:?the program postlint}")
taplo=$("$(dirname "$(realpath "$0")")/../install/taplo.sh")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$program" settings-schema >postlint.schema.json
failed=0
passed=0
# says WHAT FILE WORDS: Taplo accepts the file where there are no words, else it refuses it with them.
says() {
  local status=0
  "$taplo" lint "${@:4}" "$2" >said 2>&1 </dev/null || status=$?
  if { [ -z "$3" ] && [ "$status" -eq 0 ]; } || { [ -n "$3" ] && [ "$status" -ne 0 ] && grep -qF -- "$3" said; }; then
    passed=$((passed + 1)); echo "ok   - $1"
  else
    failed=$((failed + 1)); echo "FAIL - $1"; cat said
  fi
}
given=(--schema "file://$folder/postlint.schema.json")
cat >good.toml <<'TOML'
#:schema ./postlint.schema.json
exclude = ["source/_drafts/"]
generator = "hexo"
[rules]
date-missing = "off"
[[overrides]]
files = ["source/_posts/2009/**"]
rules = { image-insecure = "off" }
TOML
sed 's/"off"/"loud"/' good.toml >value.toml
sed 's/exclude/exlude/' good.toml >key.toml
sed 's/date-missing/date-mising/' good.toml >rule.toml
says 'good settings are taken' good.toml ''
says 'good settings are taken by a given schema' good.toml '' "${given[@]}"
says 'a value that there is not' value.toml '"loud" is not one of'
says 'a key that there is not' key.toml "'exlude' was unexpected"
says 'a rule that there is not' rule.toml 'date-mising' "${given[@]}"
if "$program" init >/dev/null 2>&1; then says 'what init writes' postlint.toml '' "${given[@]}"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
