VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
UPDATABLE = $(shell grep -rl --include='*_test.go' '"kaneo-mcp/goldenfile"' . | xargs -r dirname | sort -u)

SOAK ?= 10m

.DEFAULT_GOAL := help
.PHONY: help build test race lint vuln cover bench tokens golden readme load soak conformance clients live demo ci clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

build: ## the program, static, as bin/kaneo-mcp
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/kaneo-mcp ./cmd/kaneo-mcp

test: ## all tests
	go test ./...

race: ## all tests, with the race detector
	go test -race ./...

lint: ## golangci-lint, with the versions of tools.mod
	go tool -modfile=tools.mod golangci-lint run ./...

vuln: ## known vulnerabilities in what the program uses, from vuln.go.dev
	go tool -modfile=tools.mod govulncheck ./...

cover: ## what the tests reach, of all rooms together
	go test -coverpkg=./... -coverprofile=cover.out ./...
	go tool cover -func=cover.out | tail -1

bench: ## all benchmarks
	go test -run='^$$' -bench=. -benchmem ./...

tokens: ## how many tokens a model reads
	go -C tokens test -count=1 -v ./...

golden: ## rewrites the golden files; look at what changes
	go test $(UPDATABLE) -update

readme: ## rewrites the tables of README.md
	.ci/tables

load: ## many callers and many sessions over HTTP, against the bounds that are promised
	KANEO_MCP_LOAD=20s go test -count=1 -v ./load/

soak: ## callers who come and go for SOAK=10m, while Kaneo restarts
	KANEO_MCP_LOAD=$(SOAK) go test -count=1 -v -timeout=0 -run Soak ./load/

conformance: ## the official conformance suite, from npm
	ci/conformance.sh

clients: ## the official TypeScript and Go clients and the Inspector
	ci/clients.sh
	go -C ci/gosdk test -count=1 ./...

live: ## the end-to-end tests against the Kaneo at KANEO_LIVE_URL
	@: $${KANEO_LIVE_URL:?set it to the address of a Kaneo that may be written to}
	go test -count=1 -v ./e2e/...

demo: ## a show without a Kaneo
	go run ./cmd/kaneo-mcp demo

ci: ## everything that has to hold
	.ci/run

clean: ## removes what was built
	rm -rf bin cover.out
