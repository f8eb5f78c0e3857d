#!/usr/bin/env bash
# The sandbox's approval page, clicked by a real browser: Chromium, which it installs where it may; CHROMIUM names another one.
. "$(dirname "$0")/setup.sh"

if [[ -z ${CHROMIUM:-} ]] && ! command -v chromium >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
KANEO_MCP=$program timeout 80 node --test "$workshop/browser.test.mjs"
