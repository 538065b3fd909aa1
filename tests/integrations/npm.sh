#!/usr/bin/env bash
# The npm packages, packed, installed by npm into a fresh folder without the network, and run. $1 is the program.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
command -v npm >/dev/null || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache=$scratch/cache npm_config_offline=true npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
platform=$(node -p '`${process.platform}-${process.arch}`')
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
node "$root/integrations/npm/pack.mjs" "$platform" "$program" "$scratch/out" >/dev/null
node "$root/integrations/npm/pack.mjs" main "$scratch/out" >/dev/null

mkdir "$scratch/site"
cd "$scratch/site"
echo '{"private": true}' >package.json
npm install --silent "$scratch/out/postlint-$version.tgz" "$scratch/out/postlint-$platform-$version.tgz"
[ "$(npx postlint --version)" = "postlint $version" ]
printf -- '---\ntitle: a\ndate: Invalid Date\n---\nhi\n' >a.md
status=0
npx postlint check --generator hexo a.md --output-format concise >told || status=$?
[ "$status" -eq 1 ]
grep -q date-invalid told
# The server gets its input and ends with it.
printf '' | timeout 20 npx postlint server || [ $? -eq 1 ]
# An editor that ends the wrapper ends the program, too.
mkfifo input
node node_modules/postlint/bin/postlint.js server <input >/dev/null &
wrapper=$!
exec 3>input
sleep 1
child=$(cat "/proc/$wrapper/task/$wrapper/children" 2>/dev/null | tr -d ' ' || true)
kill -TERM "$wrapper"
wait "$wrapper" || true
if [ -n "$child" ] && kill -0 "$child" 2>/dev/null; then sleep 1; ! kill -0 "$child" 2>/dev/null || { echo 'the server outlived its wrapper' >&2; exit 1; }; fi
exec 3>&-

# Where the program was left out, the wrapper says why.
rm -r "node_modules/@postlint"
status=0
npx postlint --version 2>told || status=$?
[ "$status" -eq 2 ]
grep -q "@postlint/$platform is not installed" told
