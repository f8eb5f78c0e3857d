# Sourced by the scripts beside it. They run in $workshop, a copy of this folder with npm's packages, so that nothing is left in
# the checkout; WORKSHOP=folder keeps it for the next script, which then installs nothing. $program is the program under test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
serving=
finish() {
	[[ -z $serving ]] || kill "$serving" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap finish EXIT

workshop=${WORKSHOP:-$work/workshop}
mkdir -p "$workshop"
cp -R ci/. "$workshop"
if ! cmp -s ci/package-lock.json "$workshop/installed"; then
	npm ci --prefix "$workshop" --no-audit --no-fund --loglevel=error
	cp ci/package-lock.json "$workshop/installed"
fi
export PATH=$workshop/node_modules/.bin:$PATH # its Node first: the Inspector needs 22.19

program=$work/kaneo-mcp
go build -o "$program" ./cmd/kaneo-mcp

# serve starts the program over HTTP, and sets $address, where clients send KANEO_MCP_HTTP_TOKEN, and $open, where they need not.
serve() {
	export KANEO_MCP_HTTP_TOKEN=a-secret-for-tests-only
	exec {lines}< <(exec node "$workshop/serve.mjs" "$program")
	serving=$!
	read -r address open <&"$lines" || { echo "kaneo-mcp serve did not come up" >&2; return 1; }
}
