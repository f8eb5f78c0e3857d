// Package gosdk drives the program with the official Go client. It is a module of its own, so that a second MCP library stays
// out of the program's requirements.
//
//	cd ci/gosdk && go test -v
package gosdk
