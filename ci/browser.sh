#!/usr/bin/env bash
# The sandbox's approval page, clicked by a real browser. It needs Go, Node 20 or later, a package registry, and Chromium,
# which it installs where it may; CHROMIUM names another one.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ -z ${CHROMIUM:-} ]] && ! command -v chromium >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}

go build -o "$work/kaneo-mcp" ./cmd/kaneo-mcp
cp -R ci/browser "$work/tests" # nothing is left in the checkout
cd "$work/tests"
npm ci --no-audit --no-fund --silent
KANEO_MCP="$work/kaneo-mcp" timeout 80 npm test --silent
