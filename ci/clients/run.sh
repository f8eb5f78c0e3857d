#!/usr/bin/env bash
# The official TypeScript clients and the Inspector against `serve --sandbox`: list and call, over stdio, SSE and Streamable
# HTTP. It needs Go, npm and the npm registry. TOOLS=folder keeps what npm installs for the next time.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
server=
finish() {
	[[ -z $server ]] || kill "$server" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap finish EXIT

tools=${TOOLS:-$work/tools}
mkdir -p "$tools"
cp package.json sdk.mjs "$tools"
npm install --prefix "$tools" --no-audit --no-fund --silent
node=$tools/node_modules/.bin/node

port=${PORT:-8741}
address=http://127.0.0.1:$port
export KANEO_MCP_HTTP_TOKEN=clients-of-this-machine XDG_STATE_HOME=$work/state MCP_CATALOG_PATH=$work/catalog.json
(cd "$here/../.." && go build -o "$work/kaneo-mcp" ./cmd/kaneo-mcp)
"$work/kaneo-mcp" serve --sandbox --listen "127.0.0.1:$port" </dev/null 2>"$work/server.log" &
server=$!
for _ in {1..50}; do
	curl --silent --fail --output /dev/null "$address/readyz" && break
	sleep 0.1
done

"$node" "$tools/sdk.mjs" "$work/kaneo-mcp" "$address"

inspect() { # NAME WANTED ARGUMENTS…
	local status=0
	"$node" "$tools/node_modules/.bin/mcp-inspector" --cli "${@:3}" >"$work/out" 2>&1 </dev/null || status=$?
	[[ $2 == AUTH* ]] && status=0 # it tells an error result by its exit code
	((status == 0)) && grep -q "$2" "$work/out" || { echo "FAILED  Inspector, $1"; cat "$work/out"; exit 1; }
	echo "ok      Inspector, $1"
}
bearer="Authorization: Bearer $KANEO_MCP_HTTP_TOKEN"
for method in tools/list tools/call; do
	wanted=list_tasks words=(--method "$method" --strict)
	[[ $method == tools/list ]] || { wanted="AUTH REQUIRED" words=(--method tools/call --tool-name list_projects); }
	inspect "stdio, $method" "$wanted" "$work/kaneo-mcp" serve --sandbox "${words[@]}"
	inspect "SSE, $method" "$wanted" "$address/sse" --transport sse --header "$bearer" "${words[@]}"
	inspect "HTTP, $method" "$wanted" "$address/mcp" --transport http --header "$bearer" "${words[@]}"
done
