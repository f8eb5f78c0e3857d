// Package tokens measures what a model reads, in tokens, against a budget. It is a module of its own, so that the
// tokenizer with its vocabulary stays out of the program's requirements.
//
//	cd tokens && go test -v
package tokens
