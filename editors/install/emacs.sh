#!/usr/bin/env bash
# Installs Emacs with eglot from the system's packages; costs nothing where they are there.
set -euo pipefail
if ! command -v emacs >/dev/null || ! emacs -q --batch --eval '(progn (package-initialize) (require (quote eglot)))' >/dev/null 2>&1; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends emacs-nox elpa-eglot >/dev/null
fi
