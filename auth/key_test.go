package auth

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const testKey = "kaneoKeykaneoKeykaneoKeykaneoKeykaneoKeykaneoKeykaneoKeykaneoKey"

func TestWhereAKeyComesFrom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, empty, torn := file("good", "\n "+testKey+"\r\n"), file("empty", "\n"), file("torn", testKey+"\nx")
	tests := map[string]struct {
		key, file string
		only      bool
		want      string // the credential; empty: none
		variable  string // of the KeyError
		reason    string
		lines     int // in the log
	}{
		"key":                   {key: testKey, want: testKey},
		"key before file":       {key: testKey, file: good, want: testKey},
		"key with a line break": {key: testKey + "\n", want: testKey},
		"file":                  {file: good, want: testKey},
		"nothing":               {},
		"blank":                 {key: "  "},
		"key with a space":      {key: "kaneo key", variable: keyVariable, reason: "spaces"},
		"key with a NUL":        {key: "kaneo\x00key", variable: keyVariable, reason: "spaces"},
		"key with an umlaut":    {key: "kanéo", variable: keyVariable, reason: "other characters"},
		"endless key":           {key: strings.Repeat("k", 5000), variable: keyVariable, reason: "too long"},
		"missing file":          {file: filepath.Join(dir, testKey), variable: keyFileVariable, reason: "no such file"},
		"folder":                {file: dir, variable: keyFileVariable, reason: "cannot be read"},
		"empty file":            {file: empty, variable: keyFileVariable, reason: "empty"},
		"two lines":             {file: torn, variable: keyFileVariable, reason: "line breaks"},
		"key-only with key":     {key: testKey, only: true, want: testKey},
		"key-only without":      {only: true, variable: "KANEO_API_KEY or KANEO_API_KEY_FILE", reason: "key-only"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, err := New(Settings{
				Base: mustParse(t, testBase), Key: test.key, KeyFile: test.file, KeyOnly: test.only,
			})
			if test.variable != "" {
				wantKeyError(t, err, test.variable, test.reason)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := source.Token(t.Context()); got != test.want {
				t.Errorf("Token: %q, want %q", got, test.want)
			}
		})
	}
}

func wantKeyError(t *testing.T, err error, variable, reason string) {
	t.Helper()
	wrong, ok := errors.AsType[*KeyError](err)
	if !ok || wrong.Variable != variable || !strings.Contains(wrong.Reason, reason) {
		t.Errorf("error %v; want a KeyError of %s about %q", err, variable, reason)
	}
	if strings.Contains(err.Error(), testKey) || strings.Contains(err.Error(), "kaneo key") {
		t.Errorf("the key is in %q", err)
	}
}

func TestARefusedKeyStartsNoSignIn(t *testing.T) {
	t.Parallel()
	kaneo := newScript()
	source, err := New(Settings{Base: mustParse(t, testBase), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	if got := source.Status(t.Context()); got.State != UsingKey || got.Source != keyVariable {
		t.Errorf("status: %+v", got)
	}
	_, err = source.Refused(t.Context(), testKey)
	wantKeyError(t, err, keyVariable, "refuses")
	if got := source.Status(t.Context()); got.State != KeyRefused || got.Since.IsZero() {
		t.Errorf("status: %+v", got)
	}
	_, err = source.SignIn(t.Context())
	wantKeyError(t, err, keyVariable, "unset it")
	wantKeyError(t, source.SignOut(t.Context()), keyVariable, "not ours to revoke")
	if err := source.Wait(t.Context()); err != nil {
		t.Errorf("Wait: %v", err)
	}
	if len(kaneo.asked) != 0 {
		t.Errorf("Kaneo was asked: %v", kaneo.asked)
	}
}

// TestASentKeyIsNotUnset: whose key comes with each request has configured nothing here.
func TestASentKeyIsNotUnset(t *testing.T) {
	t.Parallel()
	source, err := New(Settings{Base: mustParse(t, testBase), Key: testKey, KeyFrom: "X-Key"})
	if err != nil {
		t.Fatal(err)
	}
	_, refused := source.Refused(t.Context(), testKey)
	_, signIn := source.SignIn(t.Context())
	for _, err := range []error{refused, signIn, source.SignOut(t.Context())} {
		wantKeyError(t, err, "X-Key", "")
		if err == nil || strings.Contains(err.Error(), "unset") {
			t.Errorf("got %v", err)
		}
	}
}
