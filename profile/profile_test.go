package profile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func keys() []string { return []string{"api_url", "api_key_file", "keyring", "workspace"} }

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	t.Parallel()
	path := written(t, "# mine\n[profiles.work]\napi_url = \"https://kaneo.example\" # here\nkeyring = true\n\n[profiles.home]\nworkspace='A \"b\"'\n")
	got, err := Read(path, keys())
	want := File{path, []Profile{
		{"work", 2, map[string]Value{"api_url": {"https://kaneo.example", 3}, "keyring": {"true", 4}}},
		{"home", 6, map[string]Value{"workspace": {`A "b"`, 7}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if _, err := got.Find("other"); err == nil || !strings.Contains(err.Error(), `no profile "other"; there are: work, home`) {
		t.Error(err)
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":    {"[profiles.a]\n\nurl = \"x\"", `line 3: "url" is unknown; a profile takes api_url, api_key_file, keyring, workspace`},
		"a key":          {"[profiles.a]\napi_key = \"hidden-word\"", "line 2: api_key looks like a credential"},
		"a token":        {"[profiles.a]\naccess_token = \"hidden-word\"", "line 2: access_token looks like a credential"},
		"a password":     {"[profiles.a]\nPassword = \"hidden-word\"", "credential"},
		"another kind":   {"[profiles.a]\nworkspace = [\"hidden-word\"]", "line 2: workspace takes a text in quotes"},
		"no profile":     {"api_url = \"hidden-word\"", "line 1: a value has to stand in a profile"},
		"deep section":   {"[profiles.a.b]", "line 1: there are no other sections"},
		"named section":  {"[hosts.a]", "line 1: there are no other sections"},
		"other section":  {"\n[hosts]", "line 2: there are no other sections"},
		"twice":          {"[profiles.a]\n[profiles.a]", "line 2: the profile a is there twice"},
		"value twice":    {"[profiles.a]\nworkspace=\"1\"\nworkspace=\"2\"", "line 3: workspace is there twice"},
		"strange name":   {"[profiles.\"a b\"]", `line 1: "a b" is no name`},
		"array":          {"[[profiles]]", "line 1: only tables"},
		"dotted":         {"[profiles.a]\na.b = 1", "line 2: a value has to stand"},
		"not TOML":       {"[profiles.a]\napi_url = hidden-word", "line 2: this is not TOML"},
		"no end of line": {"[profiles.a]\napi_url = \"hidden-word", "this is not TOML"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(written(t, c.text), keys())
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hidden-word") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v; want %s", err, c.want)
			}
		})
	}
}

func TestAFileThatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none")} {
		if file, err := Read(path, keys()); err != nil || len(file.Profiles) > 0 {
			t.Errorf("%q: %v, %v", path, file, err)
		}
	}
	if _, err := Read(t.TempDir(), keys()); err == nil || !strings.Contains(err.Error(), "cannot be read: is a directory") {
		t.Error(err)
	}
}

func TestAddKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"empty": "", "complete": "# mine\n[profiles.a] # one\n", "torn": "# mine"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := written(t, before)
			values := map[string]string{"api_url": "https://kaneo.example", "workspace": "A \"b\" \\ \t ü"}
			if err := Add(path, "new", values); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil || !strings.HasPrefix(string(text), before) {
				t.Errorf("%v, %s", err, text)
			}
			file, err := Read(path, keys())
			if err != nil {
				t.Fatal(err)
			}
			added, err := file.Find("new")
			for key, want := range values {
				if err != nil || added.Values[key].Text != want {
					t.Errorf("%v, %q, want %q", err, added.Values[key].Text, want)
				}
			}
		})
	}
}
