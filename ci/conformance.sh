#!/usr/bin/env bash
# The official conformance suite against `serve --sandbox --listen`, in both eras of the protocol. It needs Go, npm and the
# npm registry. TOOLS=folder keeps what npm installs for the next time.
#
# Not run, because they need tools, resources or prompts that the suite names itself: tools-call-*, resources-read-*,
# resources-templates-read, resources-subscribe, prompts-get-*, completion-complete, elicitation-sep*, input-required-result-*
# but for the one about unsupported methods, json-schema-2020-12, tasks-*. logging-set-level: the server offers no logging.
# authorization-*: the server's secret is no OAuth.
set -euo pipefail
cd "$(dirname "$0")/.."

older=(server-initialize server-session-lifecycle ping tools-list resources-list prompts-list server-sse-multiple-streams dns-rebinding-protection)
newer=(server-stateless tools-list resources-list prompts-list sep-2164-resource-not-found caching http-header-validation
	input-required-result-unsupported-methods server-sse-multiple-streams dns-rebinding-protection)

work=$(mktemp -d)
running=()
finish() {
	((${#running[@]} == 0)) || kill "${running[@]}" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap finish EXIT

tools=${TOOLS:-$work/tools}
mkdir -p "$tools"
npm install --prefix "$tools" --no-audit --no-fund --silent node@24.21.0 @modelcontextprotocol/conformance@0.2.0-alpha.12
node=$tools/node_modules/.bin/node
suite=$tools/node_modules/@modelcontextprotocol/conformance/dist/index.js

port=${PORT:-8731} front=${FRONT:-8732}
export KANEO_MCP_HTTP_TOKEN=conformance-of-this-machine
go build -o "$work/kaneo-mcp" ./cmd/kaneo-mcp
"$work/kaneo-mcp" serve --sandbox --listen "127.0.0.1:$port" --allow-origin "http://localhost:$front,http://127.0.0.1:$front" </dev/null 2>"$work/server.log" &
running+=($!)
"$node" ci/bearer-proxy.mjs "$front" "$port" &
running+=($!)
for _ in {1..50}; do
	curl --silent --fail --output /dev/null "http://127.0.0.1:$front/readyz" && break
	sleep 0.1
done

failed=()
run() { # VERSION SCENARIO
	if (cd "$work" && "$node" "$suite" server --url "http://localhost:$front/mcp" --spec-version "$1" --scenario "$2") >"$work/out" 2>&1; then
		echo "ok      $1 $2"
	elif grep -q '^ *Error: Not testable' "$work/out" && ! grep '^ *Error: ' "$work/out" | grep -qv "Not testable: server does not list the diagnostic tool"; then
		echo "ok      $1 $2, but for $(grep -c '^ *Error: Not testable' "$work/out") checks that need a tool of the suite's own"
	else
		echo "FAILED  $1 $2"
		grep -B1 '^ *Error: ' "$work/out" || tail -20 "$work/out"
		failed+=("$1 $2")
	fi
}
for scenario in "${older[@]}"; do run 2025-11-25 "$scenario"; done
for scenario in "${newer[@]}"; do run 2026-07-28 "$scenario"; done
((${#failed[@]} == 0)) || { printf 'failed: %s\n' "${failed[@]}"; exit 1; }
