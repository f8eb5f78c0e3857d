package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// compareBody compares an answer with the recorded one and learns from it which
// of our ids stand for which recorded ones.
func (s *story) compareBody(d *differences, recorded json.RawMessage, got string) {
	var want, have any
	if err := json.Unmarshal(recorded, &want); err != nil {
		s.t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(got), &have); err != nil {
		have = got // a text
	}
	if object, is := want.(map[string]any); is && object["base64"] != nil {
		want, have = object["base64"], base64.StdEncoding.EncodeToString([]byte(got))
	}
	s.compare(d, "body", want, have)
}

// compare walks both values in parallel.
func (s *story) compare(d *differences, at string, want, have any) {
	switch want := want.(type) {
	case map[string]any:
		if have, is := have.(map[string]any); is {
			s.compareObjects(d, at, want, have)
			return
		}
	case []any:
		if have, is := have.([]any); is && len(have) == len(want) {
			for i := range want {
				s.compare(d, fmt.Sprintf("%s[%d]", at, i), want[i], have[i])
			}
			return
		}
	case string:
		if have, is := have.(string); is {
			s.compareText(d, at, want, have)
			return
		}
	case float64:
		if have, is := have.(float64); is && (want == have || passing(at)) {
			return
		}
	}
	if !equal(want, have) {
		d.add(at, want, have)
	}
}

// equal compares what holds nothing further; longer values never get here equal.
func equal(want, have any) bool {
	switch want.(type) {
	case map[string]any, []any, string, float64:
		return false
	}
	return want == have
}

func (s *story) compareObjects(d *differences, at string, want, have map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		value, there := have[key]
		if !there {
			d.add(at+"."+key, want[key], "nothing")
			continue
		}
		s.compare(d, at+"."+key, want[key], value)
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		if _, there := want[key]; !there {
			d.add(at+"."+key, "nothing", have[key])
		}
	}
}

// passing names the numbers that tell the time of a recording (kaneo-api.md §14).
func passing(at string) bool {
	for _, name := range []string{".expires_in", ".tryAgainIn", ".client_id_issued_at"} {
		if strings.HasSuffix(at, name) {
			return true
		}
	}
	return false
}

var timestamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)

// compareText wants texts equal but for the ids and secrets in them, and clock
// values alike in form. Dates a request sent are wanted exactly.
func (s *story) compareText(d *differences, at, want, have string) {
	switch {
	case isClock(want):
		if !timestamp.MatchString(have) {
			d.add(at, want, have)
		}
	case standIn.MatchString(want):
		s.learn(d, at, want, have)
	case want != have:
		d.add(at, want, have)
	}
}

// isClock tells a reading of the recorder's clock, or a life counted from its
// start, from a date that a request sent.
func isClock(text string) bool {
	at, err := time.Parse(wireTime, text)
	return err == nil && at.Year() == 2026 && at.Month() <= time.February
}

// learn takes a text apart at its stand-ins: what stands there now must be what
// stood for them before, if anything did.
func (s *story) learn(d *differences, at, want, have string) {
	var pattern strings.Builder
	rest := 0
	for _, found := range standIn.FindAllStringIndex(want, -1) {
		pattern.WriteString(regexp.QuoteMeta(want[rest:found[0]]) + "(.+?)")
		rest = found[1]
	}
	pattern.WriteString(regexp.QuoteMeta(want[rest:]))
	parts := regexp.MustCompile("(?s)^" + pattern.String() + "$").FindStringSubmatch(have)
	if parts == nil {
		d.add(at, want, have)
		return
	}
	for i, name := range standIn.FindAllString(want, -1) {
		known, is := s.ours[name]
		switch {
		case !is:
			s.ours[name] = parts[i+1]
		case known != parts[i+1] && name != "<SIGNATURE>" && name != "<SIGNED>" && name != "<START>":
			d.add(at, name+" = "+known, parts[i+1])
		}
	}
}
