// Package sandbox is a Kaneo 2.22 in memory: it answers over HTTP what the real
// one answers and refuses what the real one refuses, in the same order and with
// the same words (kaneo-api.md §14). It keeps nothing on disk.
//
// An operation is a row of a table: its route, what its input must look like,
// which workspace it belongs to, which permission it needs, and what it does.
// One dispatcher makes all of them check in Kaneo's order.
package sandbox
