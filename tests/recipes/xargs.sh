#!/usr/bin/env bash
# Checks an archive with xargs: lists of 500 posts go to one `postlint check` each, two at a time, `postlint site` compares the posts.
#
# usage: xargs.sh POSTLINT SITE FOLDER    FOLDER gets findings-… and facts-…, one of each a list
set -euo pipefail
export postlint=$1 site=$2 folder=$3
cd "$site"
find . -name '*.md' -print0 | sort -z | xargs -0 -n "${LIST:-500}" -P 2 sh -c '
  printf "%s\0" "$@" | "$postlint" check --files-from - --quiet --exit-zero --output-format json-lines \
    --emit-facts "$folder/facts-$$" --output-file "$folder/findings-$$"' sh
