#!/usr/bin/env bash
# The wheel, built by maturin, installed by pip into a fresh environment without the network, and run; the bill of materials in it. $1 is a program that Cargo has built:
# its target directory and profile are taken, so that nothing is compiled twice.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
bin=$("$here/python.sh" wheel maturin==1.16.0 'cyclonedx-python-lib[json-validation]==11.12.0') || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
folder=$(dirname "$program")
profile=$(basename "$folder")
if [ "$profile" = debug ]; then profile=dev; fi
cd "$here/../.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
# Any Linux will do for a test; the release asks for what an index takes.
CARGO_TARGET_DIR=$(dirname "$folder") "$bin/maturin" build --profile "$profile" --locked --compatibility linux --out "$scratch" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
python3 -m venv "$scratch/fresh"
"$scratch/fresh/bin/pip" install -q --disable-pip-version-check --no-index "$scratch"/postlint-*.whl
[ "$("$scratch/fresh/bin/postlint" --version)" = "postlint $version" ]
licence='from importlib.metadata import metadata; print(metadata("postlint")["License-Expression"])'
[ "$("$scratch/fresh/bin/python" -c "$licence")" = 'MIT OR Apache-2.0' ]
printf -- '---\ntitle: a\ndate: Invalid Date\n---\nhi\n' >"$scratch/a.md"
status=0
"$scratch/fresh/bin/postlint" check --generator hexo "$scratch/a.md" --output-format concise >"$scratch/told" || status=$?
[ "$status" -eq 1 ]
grep -q date-invalid "$scratch/told"
# The bill of materials in it, as a release lays it beside the program.
integrations/release/sbom.sh here "$scratch"/postlint-*.whl "$scratch/bills"
"$bin/python" tests/integrations/sbom.py "$scratch/bills/postlint-here.cdx.json"
