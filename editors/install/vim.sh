#!/usr/bin/env bash
# Installs Vim with ALE from the system's packages; costs nothing where they are there.
set -euo pipefail
if ! dpkg -s vim-nox vim-ale >/dev/null 2>&1; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends vim-nox vim-ale >/dev/null
fi
