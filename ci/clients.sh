#!/usr/bin/env bash
# The official TypeScript clients and the Inspector against `serve --sandbox`: list and call, over stdio, SSE and Streamable
# HTTP.
. "$(dirname "$0")/setup.sh"
export XDG_STATE_HOME=$work/state MCP_CATALOG_PATH=$work/catalog.json

serve
node "$workshop/clients.mjs" "$program" "$address"

inspect() { # NAME WANTED ARGUMENTS…
	local status=0
	timeout 60 mcp-inspector --cli "${@:3}" >"$work/out" 2>&1 </dev/null || status=$?
	[[ $2 == AUTH* && $status != 124 ]] && status=0 # it tells an error result by its exit code
	((status == 0)) && grep -q "$2" "$work/out" || { echo "FAILED  Inspector, $1"; cat "$work/out"; exit 1; }
	echo "ok      Inspector, $1"
}
bearer="Authorization: Bearer $KANEO_MCP_HTTP_TOKEN"
for method in tools/list tools/call; do
	wanted=list_tasks words=(--method "$method" --strict)
	[[ $method == tools/list ]] || { wanted="AUTH REQUIRED" words=(--method tools/call --tool-name list_projects); }
	inspect "stdio, $method" "$wanted" "$program" serve --sandbox "${words[@]}"
	inspect "SSE, $method" "$wanted" "$address/sse" --transport sse --header "$bearer" "${words[@]}"
	inspect "HTTP, $method" "$wanted" "$address/mcp" --transport http --header "$bearer" "${words[@]}"
done
