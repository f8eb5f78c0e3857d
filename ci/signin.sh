#!/usr/bin/env bash
# The sign-in with the official TypeScript clients over real pipes.
. "$(dirname "$0")/setup.sh"
KANEO_MCP=$program timeout 80 node --test "$workshop/signin/signin.test.mjs"
