#!/usr/bin/env bash
# Packs a program for a release: archive.sh TARGET PROGRAM FOLDER writes FOLDER/postlint-TARGET.tar.gz (.zip for Windows) and its
# .sha256. `cargo binstall` and the action look for these names.
set -euo pipefail
target=${1:?a target, such as x86_64-unknown-linux-musl} program=$(realpath "${2:?the program}") out=${3:?a folder}
root=$(realpath "$(dirname "$0")/../..")
mkdir -p "$out"
out=$(realpath "$out")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp "$program" "$root"/{README.md,CHANGELOG.md,LICENSE-MIT,LICENSE-APACHE} "$stage"
name=postlint-$target.tar.gz
case "$target" in
  *windows*)
    name=postlint-$target.zip
    (cd "$stage" && 7z a -bd -y "$out/$name" ./* >/dev/null)
    ;;
  *) tar -czf "$out/$name" -C "$stage" postlint README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE ;;
esac
cd "$out"
if command -v sha256sum >/dev/null; then sha256sum "$name"; else shasum -a 256 "$name"; fi >"$name.sha256"
