#!/usr/bin/env bash
# A whole session with pytest-lsp, a client from elsewhere; $1 is the program.
set -euo pipefail
POSTLINT=$(realpath "${1:?the program postlint}")
export POSTLINT PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")"
"$(../install/pytest-lsp.sh)" -m pytest -q -p no:cacheprovider test_session.py
