package auth

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestErrorsAreOneReadableSentence(t *testing.T) {
	t.Parallel()
	reasons := []Reason{
		Unreachable, Busy, NotKaneo, UnknownClient, Denied, TooMany, Unsafe, Expired, Rejected, Aborted, Elsewhere, "from a newer version",
	}
	seen := map[string]Reason{}
	for _, reason := range reasons {
		text := (&FlowError{Reason: reason, Instance: "https://kaneo.example"}).Error()
		if !strings.Contains(text, "https://kaneo.example") || strings.ContainsAny(text, "%\n") {
			t.Errorf("%s: %q", reason, text)
		}
		if other, taken := seen[text]; taken && other != Rejected {
			t.Errorf("%s and %s say the same", reason, other)
		}
		seen[text] = reason
	}
}

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want string
	}{
		"cool-down": {
			&FlowError{Reason: Denied, Instance: "https://k.example", RetryAfter: 39*time.Second + 1},
			"the sign-in at https://k.example was denied; try again in 40 s",
		},
		"cause": {
			&FlowError{Reason: Aborted, Instance: "https://k.example", Detail: "the program is ending"},
			"the sign-in at https://k.example was called off (the program is ending)",
		},
		"key": {&KeyError{keyVariable, "is wrong"}, "KANEO_API_KEY is wrong"},
		"file stays": {
			&SignOutError{Instance: "https://k.example", File: "/f"},
			"signed out at https://k.example, but the file /f could not be deleted: its token is worthless now",
		},
		"file stays, Kaneo not told": {
			&SignOutError{Instance: "https://k.example", File: "/f", Untold: "no answer in time"},
			"forgotten in this process, but Kaneo at https://k.example could not be told (no answer in time) and the file /f " +
				"could not be deleted: delete it yourself",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.err.Error(); got != test.want {
				t.Errorf("%q\nwant %q", got, test.want)
			}
		})
	}
}

func TestASourceNeedsABase(t *testing.T) {
	t.Parallel()
	if _, err := New(Settings{}); err == nil || errors.Is(err, ErrSignedOut) {
		t.Errorf("New: %v", err)
	}
}
