package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fixtureFolder holds the recorded exchanges (kaneo-api.md §14).
const fixtureFolder = "../../shared/kaneo-fixtures"

// fixture is one recorded exchange.
type fixture struct {
	name    string
	Request struct {
		Method, Path string
		Headers      map[string]string
		Body         json.RawMessage
	}
	Response struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

// TestReplay tells the whole recorded story to one sandbox and wants the same
// answers.
func TestReplay(t *testing.T) {
	t.Parallel()
	fixtures := readFixtures(t)
	excused := readNotOffered(t)
	s := newStory(t)
	passed := 0
	for _, f := range fixtures {
		s.prepare(f.name)
		differences := s.replay(f)
		reason, listed := excused[f.name]
		delete(excused, f.name)
		switch {
		case len(differences) == 0 && listed:
			t.Errorf("%s passes, yet it is listed as not offered: %s", f.name, reason)
		case len(differences) == 0:
			passed++
		case !listed:
			t.Errorf("%s: %s %s\n  %s", f.name, f.Request.Method, f.Request.Path, strings.Join(differences, "\n  "))
		}
	}
	for name := range excused {
		t.Errorf("%s is listed as not offered, but no such exchange is recorded", name)
	}
	t.Logf("fixtures: %d of %d", passed, len(fixtures))
}

func readFixtures(t *testing.T) []fixture {
	t.Helper()
	var index []struct{ File string }
	readJSON(t, "index.json", &index)
	fixtures := make([]fixture, len(index))
	for i, entry := range index {
		readJSON(t, entry.File, &fixtures[i])
		fixtures[i].name = strings.TrimSuffix(entry.File, ".json")
	}
	return fixtures
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	path := filepath.Join(fixtureFolder, name)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no recorded exchanges: %s is missing", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// readNotOffered reads the reasons by fixture.
func readNotOffered(t *testing.T) map[string]string {
	t.Helper()
	reasons := map[string]string{}
	for _, line := range readLines(t, "testdata/not-offered.txt") {
		name, reason, told := strings.Cut(line, ": ")
		if !told {
			t.Fatalf("not-offered.txt: no reason in %q", line)
		}
		reasons[name] = reason
	}
	return reasons
}

// readLines leaves out empty lines and comments.
func readLines(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines []string
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		if line := scanner.Text(); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// tickingClock moves one second with every request, as the recorder's did.
type tickingClock struct{ now time.Time }

func (c *tickingClock) read() time.Time { return c.now }
func (c *tickingClock) tick()           { c.now = c.now.Add(time.Second) }
