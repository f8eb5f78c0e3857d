#!/usr/bin/env bash
# The sign-in with the official TypeScript clients over real pipes. It needs Go, Node 20 or later and a package registry.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go build -o "$work/kaneo-mcp" ./cmd/kaneo-mcp
cp -R ci/clients/signin "$work/tests" # nothing is left in the checkout
cd "$work/tests"
npm ci --no-audit --no-fund --silent
KANEO_MCP="$work/kaneo-mcp" timeout 80 npm test --silent
