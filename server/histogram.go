package server

import (
	"fmt"
	"strings"
	"time"
)

// histogram counts durations in buckets.
type histogram struct {
	bounds []time.Duration // the upper ends, ascending
	counts []uint64        // one more than bounds: what is above all
	sum    time.Duration
}

// newHistogram has buckets for calls: most take one or two requests to Kaneo, some wait for a person.
func newHistogram() histogram {
	bounds := []time.Duration{
		5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
		250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2500 * time.Millisecond, 5 * time.Second, 10 * time.Second, 50 * time.Second,
	}
	return histogram{bounds: bounds, counts: make([]uint64, len(bounds)+1)}
}

func (h *histogram) observe(d time.Duration) {
	bucket := 0
	for bucket < len(h.bounds) && d > h.bounds[bucket] {
		bucket++
	}
	h.counts[bucket]++
	h.sum += d
}

// write writes the histogram as Prometheus wants it: each bucket counts those below it too.
func (h *histogram) write(out *strings.Builder, name, help string) {
	family(out, name, "histogram", help)
	var total uint64
	for i, bound := range h.bounds {
		total += h.counts[i]
		fmt.Fprintf(out, "%s_bucket{le=\"%g\"} %d\n", name, bound.Seconds(), total)
	}
	total += h.counts[len(h.bounds)]
	fmt.Fprintf(out, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %g\n%s_count %d\n", name, total, name, h.sum.Seconds(), name, total)
}
