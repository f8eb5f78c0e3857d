// Package load holds the tests that put load on a server over HTTP: the program itself on one side, a Kaneo that answers at
// once on the other. `go test` runs them small; `make load` and `make soak` run them in earnest.
package load
