package auth

import (
	"strings"
	"testing"
)

func TestPageURL(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		raw  string
		want error
	}{
		"https":              {"https://kaneo.example/device?user_code=ABCD", nil},
		"http on loopback":   {"http://localhost:5173/device", nil},
		"http on 127.0.0.2":  {"http://127.0.0.2/device", nil},
		"http on ::1":        {"http://[::1]:5173/device", nil},
		"http in the LAN":    {"http://192.168.1.5/device", errURLScheme},
		"looks like local":   {"http://localhost.evil.example/device", errURLScheme},
		"file":               {"file://kaneo.example/etc/passwd", errURLScheme},
		"javascript":         {"javascript:alert(1)", errURLForm},
		"relative":           {"/device", errURLForm},
		"no host":            {"https:///device", errURLForm},
		"port only":          {"https://:443/device", errURLForm},
		"user":               {"https://kaneo.example@evil.example/", errURLUser},
		"user and password":  {"https://a:b@evil.example/", errURLUser},
		"empty":              {"", errURLCharacters},
		"line break":         {"https://kaneo.example/\nopen this instead", errURLCharacters},
		"escape":             {"https://kaneo.example/\x1b[2J", errURLCharacters},
		"space":              {"https://kaneo.example/a b", errURLCharacters},
		"other script":       {"https://kanéo.example/", errURLCharacters},
		"right to left":      {"https://kaneo.example/\u202e", errURLCharacters},
		"backslash":          {`https://kaneo.example\@evil.example/`, errURLCharacters},
		"markup":             {"https://kaneo.example/<b>", errURLCharacters},
		"endless":            {"https://kaneo.example/" + strings.Repeat("a", longestURL), errURLCharacters},
		"broken percent sig": {"https://kaneo.example/%zz", errURLForm},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := pageURL(test.raw); err != test.want {
				t.Errorf("%q: %v, want %v", test.raw, err, test.want)
			}
		})
	}
}

func TestCompletePageIsBuiltWhenMissing(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		code deviceCode
		want string
	}{
		"given":   {deviceCode{complete: "https://a.example/x?c=1", verification: "https://b.example/"}, "https://a.example/x?c=1"},
		"missing": {deviceCode{verification: "https://a.example/device", userCode: "AB"}, "https://a.example/device?user_code=AB"},
		"query":   {deviceCode{verification: "https://a.example/device?lang=de", userCode: "AB"}, "https://a.example/device?lang=de&user_code=AB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := completePage(test.code)
			if err != nil || got.String() != test.want {
				t.Errorf("%v, %v; want %s", got, err, test.want)
			}
		})
	}
}

func TestUserCode(t *testing.T) {
	t.Parallel()
	for code, good := range map[string]bool{
		"W52QQ4SU": true, "w52q-q4su": true, "": false, "AB CD": false, "AB\nCD": false, "ÄÖ": false, "AB`CD": false,
		strings.Repeat("A", longestUserCode): true, strings.Repeat("A", longestUserCode+1): false,
	} {
		if err := checkUserCode(code); (err == nil) != good {
			t.Errorf("%q: %v", code, err)
		}
	}
}

func TestInstanceName(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://kaneo.example/api": "https://kaneo.example", "https://x.example/kaneo/api/": "https://x.example/kaneo",
		"http://localhost:1337/api": "http://localhost:1337",
	} {
		if got := instanceName(mustParse(t, base)); got != want {
			t.Errorf("%s: %s, want %s", base, got, want)
		}
	}
}
