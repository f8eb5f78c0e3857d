package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// unrecorded is something the recorder did that no fixture holds.
type unrecorded struct {
	caller, verb, path, body string
	times                    int
	learns                   string
}

// readUnrecorded reads the steps by the fixture they come before.
func readUnrecorded(t *testing.T) map[string][]unrecorded {
	steps := map[string][]unrecorded{}
	var before string
	for _, line := range readLines(t, "testdata/unrecorded.txt") {
		if name, is := strings.CutPrefix(line, "before "); is {
			before = name
			continue
		}
		steps[before] = append(steps[before], parseUnrecorded(line))
	}
	return steps
}

func parseUnrecorded(line string) unrecorded {
	parts := append(strings.Split(strings.TrimSpace(line), " | "), "-", "")
	u := unrecorded{caller: parts[0], times: 1, body: parts[2]}
	if len(parts) > 5 {
		u.learns = parts[3]
	}
	request := parts[1]
	if times, rest, repeated := strings.Cut(request, " x "); repeated {
		u.times, _ = strconv.Atoi(times)
		request = rest
	}
	u.verb, u.path, _ = strings.Cut(request, " ")
	return u
}

// prepare does what comes before a fixture.
func (s *story) prepare(name string) {
	for _, u := range s.steps[name] {
		for range u.times {
			s.do(u)
		}
	}
}

func (s *story) do(u unrecorded) {
	if intervene, is := interventions()[u.verb]; is {
		intervene(s.kaneo, s.translate(u.path))
		return
	}
	headers := map[string]string{"User-Agent": "kaneo-fixture-recorder"}
	if u.caller != "-" {
		headers["Authorization"] = "Bearer " + u.caller
	}
	if u.body != "-" {
		headers["Content-Type"] = typeJSON
	}
	got := s.send(u.verb, u.path, headers, u.body)
	if got.status != 200 {
		s.t.Errorf("unrecorded %s %s: %d %s", u.verb, u.path, got.status, got.body)
		return
	}
	s.learnFrom(u, got.body)
}

// learnFrom reads the names the step makes known out of its answer.
func (s *story) learnFrom(u unrecorded, body string) {
	var answer any
	_ = json.Unmarshal([]byte(body), &answer)
	for pair := range strings.FieldsSeq(u.learns) {
		name, path, _ := strings.Cut(pair, "=")
		value := answer
		for key := range strings.SplitSeq(path, ".") {
			object, _ := value.(map[string]any)
			value = object[key]
		}
		s.ours[name] = fmt.Sprint(value)
	}
}

// interventions are what the recorder did to the database itself.
func interventions() map[string]func(*Kaneo, string) {
	const longAgo = -25 * time.Hour
	return map[string]func(*Kaneo, string){
		"EXPIRE-DEVICE": func(k *Kaneo, code string) {
			k.devices.first(func(d *deviceCode) bool { return d.code == code }).expiresAt = k.now().plus(longAgo)
		},
		"AGE-SESSION": func(k *Kaneo, token string) {
			s := k.sessionOf(token)
			s.CreatedAt, s.ExpiresAt = s.CreatedAt.plus(longAgo), s.ExpiresAt.plus(longAgo)
		},
		"EXPIRE-SESSION": func(k *Kaneo, token string) { k.sessionOf(token).ExpiresAt = k.now().plus(longAgo) },
		"EXPIRE-KEY":     func(k *Kaneo, secret string) { k.keyOf(secret).ExpiresAt = k.now().plus(longAgo) },
		"STORAGE":        func(k *Kaneo, origin string) { k.storage.origin = origin },
		"STORE": func(k *Kaneo, file string) {
			data, _ := base64.StdEncoding.DecodeString(file)
			for key := range k.storage.slips {
				k.storage.objects[key] = data
			}
		},
		"NARROW-KEY": func(k *Kaneo, secret string) {
			k.keyOf(secret).Permissions = map[string][]string{"task": {"read"}}
		},
	}
}
