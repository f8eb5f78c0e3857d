package server

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestKeptSecret(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state", "kaneo-mcp", "http-token")
	var secrets [8]string
	var all sync.WaitGroup
	for i := range secrets {
		all.Go(func() {
			var err error
			if secrets[i], err = KeptSecret(file); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, secret := range secrets {
		if len(secret) != 43 || secret != secrets[0] {
			t.Errorf("the first starts made different secrets, or short ones: %d characters", len(secret))
		}
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*", ".*")); len(left) > 0 {
		t.Errorf("drafts are left: %v", left)
	}
}

func TestKeptSecretThatIsNone(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]os.FileMode{"readable by others": 0o644, "short": 0o600} {
		file := filepath.Join(t.TempDir(), "http-token")
		text := "long enough to be a secret of sixteen"
		if name == "short" {
			text = "short"
		}
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if secret, err := KeptSecret(file); err == nil {
			t.Errorf("%s: %q", name, secret)
		}
	}
}
