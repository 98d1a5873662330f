#!/usr/bin/env bash
# Installs the peers into .integration: pinned ones from PyPI (collector, official protobuf messages, official SDK), and
# Debian's Prometheus, unpacked and not set up as a service.
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
if [ ! -x "$folder/prometheus/usr/bin/prometheus" ]; then
    fetch() { apt-get download -qq -o APT::Sandbox::User=root prometheus; }
    download=$(mktemp -d)
    trap 'rm -rf "$download"' EXIT
    (cd "$download" && { fetch || { apt-get update -qq && fetch; }; })
    dpkg-deb --extract "$download"/prometheus_*.deb "$folder/prometheus"
fi
echo "installed: $("$folder/prometheus/usr/bin/prometheus" --version 2>&1 | head -n 1)"
echo "installed: $(grep --count == "$venv/installed.txt") pinned packages"
