#!/usr/bin/env bash
# Installs the pinned peers (collector, official protobuf messages, official SDK) into .integration/venv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$here/../.." && pwd)/.integration
venv=$folder/venv

mkdir -p "$folder"
if ! cmp --silent "$here/requirements.txt" "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
echo "installed: $(grep --count == "$venv/installed.txt") pinned packages"
