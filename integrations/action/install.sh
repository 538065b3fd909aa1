#!/usr/bin/env bash
# Fetches a release for this runner, compares its checksum and puts the program on the PATH of the job.
set -euo pipefail
version=${POSTLINT_VERSION:?}
from=${POSTLINT_RELEASES:-https://github.com/postlint/postlint/releases/download}
case "${RUNNER_OS:?}-${RUNNER_ARCH:?}" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *)
    echo "::error::there is no release of postlint for $RUNNER_OS on $RUNNER_ARCH"
    exit 1
    ;;
esac
archive=postlint-$target.tar.gz
if [ "$RUNNER_OS" = Windows ]; then archive=postlint-$target.zip; fi
folder=${RUNNER_TEMP:?}/postlint-$version
mkdir -p "$folder"
cd "$folder"
curl --fail --silent --show-error --location --retry 3 --remote-name-all "$from/v$version/$archive" "$from/v$version/$archive.sha256"
if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$archive.sha256"; else shasum -a 256 --check --quiet "$archive.sha256"; fi
case "$archive" in
  *.zip) unzip -q -o "$archive" ;;
  *) tar -xzf "$archive" ;;
esac
echo "$folder" >>"${GITHUB_PATH:?}"
