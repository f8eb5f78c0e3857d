#!/usr/bin/env bash
# The official conformance suite against `serve --sandbox --listen`, in both eras of the protocol.
#
# Not run, because they need tools, resources or prompts that the suite names itself: tools-call-*, resources-read-*,
# resources-templates-read, resources-subscribe, prompts-get-*, completion-complete, elicitation-sep*, input-required-result-*
# but for the one about unsupported methods, json-schema-2020-12, tasks-*. logging-set-level: the server offers no logging.
# authorization-*: the server's secret is no OAuth.
. "$(dirname "$0")/setup.sh"

older=(server-initialize server-session-lifecycle ping tools-list resources-list prompts-list server-sse-multiple-streams dns-rebinding-protection)
newer=(server-stateless tools-list resources-list prompts-list sep-2164-resource-not-found caching http-header-validation
	input-required-result-unsupported-methods server-sse-multiple-streams dns-rebinding-protection)

suite=$workshop/node_modules/@modelcontextprotocol/conformance/dist/index.js
serve

failed=()
run() { # VERSION SCENARIO
	if (cd "$work" && timeout 60 node "$suite" server --url "$open/mcp" --spec-version "$1" --scenario "$2") >"$work/out" 2>&1; then
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
