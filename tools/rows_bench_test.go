package tools

import (
	"fmt"
	"runtime/metrics"
	"testing"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// BenchmarkListing makes the answer of a thousand tasks, and tells what one line of it costs.
func BenchmarkListing(b *testing.B) {
	const tasks = 1_000
	desk := board.New(board.Options{Zone: time.UTC, Now: noon})
	listing := board.Listing{Cards: someCards(tasks)}
	garbage := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(garbage)
	before := garbage[0].Value.Uint64()
	b.ReportAllocs()
	for b.Loop() {
		board.Sort(listing.Cards, board.ByDue)
		view := listingView(desk, listing, listTasksIn{}, window{tasks, 1})
		_ = view.Text(error.Error)
	}
	metrics.Read(garbage)
	lines := float64(b.N) * tasks
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/lines, "ns/line")
	b.ReportMetric(float64(garbage[0].Value.Uint64()-before)/lines, "B/line")
}

// someCards are tasks as teams have them: assigned, dated and labelled more often than not.
func someCards(n int) []board.Card {
	cards := make([]board.Card, n)
	for i := range cards {
		task := kaneo.Task{
			ID: fmt.Sprint("task", i), Number: i + 1, Title: fmt.Sprintf("Fix the login redirect of the billing page #%d", i+1),
			Priority: board.Priorities()[i%5], CreatedAt: noon().AddDate(0, 0, -i%90),
		}
		if i%3 > 0 {
			task.AssigneeID, task.AssigneeName = "u", []string{"Ada Lovelace", "Grace Hopper", "Vera Rubin"}[i%3]
		}
		if i%2 > 0 {
			task.DueDate = noon().AddDate(0, 0, i%60-10)
		}
		if i%5 < 2 {
			task.Labels = []kaneo.Label{{Name: "bug"}, {Name: "feature"}}
		}
		cards[i] = board.Card{Task: task, Project: kaneo.Project{Slug: "SHOP", Name: "Shop"}, Status: board.Status{Slug: "to-do", Name: "To Do"}}
	}
	return cards
}
