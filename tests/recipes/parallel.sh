#!/usr/bin/env bash
# Checks an archive with GNU parallel, which can also reach other machines (`--sshlogin`): blocks of lines go to one `postlint check --stream`
# each, `postlint site` compares the posts.
#
# usage: parallel.sh POSTLINT SITE ANSWERS <LINES    LINES are {"path": …, "text": …}; ANSWERS is a file
set -euo pipefail
postlint=$1 site=$2 answers=$3
cd "$site"
parallel --pipe --block 1M --keep-order --halt now,fail=1 "$postlint" check --stream --quiet --exit-zero --emit-facts - >"$answers"
