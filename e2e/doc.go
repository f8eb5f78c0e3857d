// Package e2e holds the end-to-end cases: an MCP host on one side, a Kaneo on the other, in both protocol eras. They run
// against the sandbox, as it is and paging as later releases do, and, where KANEO_LIVE_URL is set, against that running
// Kaneo, on which they leave nothing behind but two accounts.
package e2e
