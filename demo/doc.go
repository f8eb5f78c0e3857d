// Package demo is the guided first run: a Kaneo in memory, this program as a server beside it, and a host that talks MCP
// to it and prints what is said.
package demo
