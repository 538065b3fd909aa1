#!/usr/bin/env bash
# The steps of the action, run as a runner does, on a release that is packed here and fetched over file://. $1 is the program.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case "$(uname -sm)" in
  'Linux x86_64') target=x86_64-unknown-linux-musl arch=X64 ;;
  'Linux aarch64') target=aarch64-unknown-linux-musl arch=ARM64 ;;
  *) exit 77 ;;
esac
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
"$root/integrations/release/archive.sh" "$target" "$program" "$scratch/releases/v$version"

# What `cargo binstall` would fetch is what was packed.
url=$(sed -n '/^\[package.metadata.binstall\]/,/^$/s/^pkg-url = "\(.*\)"/\1/p' "$root/Cargo.toml")
url=${url//"{ repo }/releases/download"/$scratch/releases} url=${url//"{ version }"/$version} url=${url//"{ target }"/$target}
[ -f "$url" ] || { echo "cargo binstall would look for $url" >&2; exit 1; }

mkdir -p "$scratch/site/source/_posts" "$scratch/temp"
cd "$scratch/site"
printf 'title: x\n' >_config.yml
printf -- '---\ntitle: a\ndate: Invalid Date\n---\nhi\n' >source/_posts/a.md
export RUNNER_OS=Linux RUNNER_ARCH=$arch RUNNER_TEMP=$scratch/temp GITHUB_PATH=$scratch/path GITHUB_OUTPUT=$scratch/output GITHUB_ACTIONS=true
export GITHUB_ACTION_PATH=$root POSTLINT_VERSION=$version POSTLINT_RELEASES=file://$scratch/releases

# The commands as they stand in action.yml.
mapfile -t steps < <(sed -n "s/^      run: '\(.*\)'$/\1/p" "$root/action.yml")
[ "${#steps[@]}" -eq 2 ]
bash -e -c "${steps[0]}"
PATH=$(cat "$GITHUB_PATH"):$PATH
status=0
POSTLINT_PATHS='source/_posts/a.md' POSTLINT_ARGS='--select=date-invalid' bash -e -c "${steps[1]}" >"$scratch/told" || status=$?
[ "$status" -eq 1 ]
grep -q '^::error .*file=source/_posts/a.md' "$scratch/told"
grep -qx findings=true "$GITHUB_OUTPUT"
: >"$GITHUB_OUTPUT"
POSTLINT_PATHS=. POSTLINT_ARGS='--select=ad' bash -e -c "${steps[1]}" >"$scratch/told"
grep -qx findings=false "$GITHUB_OUTPUT"

# A release that was tampered with is not run.
echo x >>"$scratch/releases/v$version/postlint-$target.tar.gz"
if bash -e -c "${steps[0]}" 2>/dev/null; then echo 'a wrong checksum was let pass' >&2; exit 1; fi
