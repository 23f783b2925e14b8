#!/usr/bin/env bash
# Sets up a real VS Code from the npm registry alone: code-server (VS Code's own server and workbench) and the Node it needs.
# usage: setup-code-server.sh FOLDER
# Needs cc, make, python3 and Node headers. The folder can be cached between runs.
set -euo pipefail
version=4.139.1
node_major=24
folder=$1
mkdir -p "$folder" && cd "$folder"
[ -f ".ready-$version" ] && exit 0

quiet=(--no-audit --no-fund --loglevel=error)
[ -f package.json ] || echo '{"private":true}' >package.json

# The npm package `node` only copies a binary out of a platform package: install without scripts and take the binary itself.
npm install --no-save --ignore-scripts "${quiet[@]}" "node@$node_major"
binary=$(find "$folder/node_modules" -path '*node-linux-*/bin/node' -type f | head -1)
[ -n "$binary" ] || { npm install --no-save "${quiet[@]}" "node@$node_major"; binary=$(readlink -f node_modules/.bin/node); }
mkdir -p bin && cp -f "$binary" bin/node
export PATH="$folder/bin:$PATH"

# Of all native modules only these two matter to extension tests; the others would ask for system libraries.
npm install --ignore-scripts "${quiet[@]}" "code-server@$version"
cd node_modules/code-server/lib/vscode
npm install --omit=dev --ignore-scripts "${quiet[@]}"
(cd extensions && npm install --omit=dev --ignore-scripts "${quiet[@]}")
npm rebuild "${quiet[@]}" @vscode/spdlog @vscode/native-watchdog
rm -rf node_modules/@github/copilot* node_modules/@microsoft/mxc-sdk

cd "$folder"
bin/node node_modules/code-server/out/node/entry.js --version
touch ".ready-$version"
