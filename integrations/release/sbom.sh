#!/usr/bin/env bash
# Lays the bill of materials that maturin has put into a wheel (CycloneDX, by cargo-cyclonedx: every crate that is built in, with its licence)
# beside the program for the same target: sbom.sh TARGET WHEEL FOLDER writes FOLDER/postlint-TARGET.cdx.json.
set -euo pipefail
target=${1:?a target, such as x86_64-unknown-linux-musl} wheel=${2:?a wheel} out=${3:?a folder}
mkdir -p "$out"
python3 - "$wheel" "$out/postlint-$target.cdx.json" <<'PYTHON'
import sys, zipfile
wheel, out = sys.argv[1:]
with zipfile.ZipFile(wheel) as packed:
    [name] = [name for name in packed.namelist() if name.endswith("/sboms/postlint.cyclonedx.json")]
    with open(out, "wb") as file:
        file.write(packed.read(name))
PYTHON
