#!/usr/bin/env bash
# Runs `postlint check` with the paths and arguments of the action, one a line. In a workflow its output shows up in the pull request.
set -uo pipefail
arguments=()
while IFS= read -r line; do if [ -n "$line" ]; then arguments+=("$line"); fi; done <<<"${POSTLINT_ARGS:-}"
arguments+=(--)
while IFS= read -r line; do if [ -n "$line" ]; then arguments+=("$line"); fi; done <<<"${POSTLINT_PATHS:-.}"
status=0
postlint check "${arguments[@]}" || status=$?
if [ "$status" -eq 1 ]; then echo 'findings=true'; else echo 'findings=false'; fi >>"${GITHUB_OUTPUT:?}"
exit "$status"
