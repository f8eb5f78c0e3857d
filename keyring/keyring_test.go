package keyring

import (
	"context"
	"errors"
	"os"
	"testing"
	"testing/synctest"

	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"
)

// TestMain puts a keyring in memory in place of the machine's, for good.
func TestMain(m *testing.M) {
	keyring.MockInit()
	goleak.VerifyTestMain(m, goleak.Cleanup(os.Exit))
}

func TestALifeInTheKeyring(t *testing.T) {
	t.Parallel()
	var r Ring
	ctx := t.Context()
	if _, err := r.Get(ctx, "a"); !errors.Is(err, ErrNothing) {
		t.Errorf("before: %v", err)
	}
	if err := r.Put(ctx, "a", "token"); err != nil {
		t.Fatal(err)
	}
	if token, err := r.Get(ctx, "a"); token != "token" || err != nil {
		t.Errorf("%q, %v", token, err)
	}
	for range 2 {
		if err := r.Delete(ctx, "a"); err != nil {
			t.Error(err)
		}
	}
	if err := r.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestWhatAKeyringSaysStaysThere(t *testing.T) {
	t.Parallel()
	var r Ring
	_, err := r.ask(t.Context(), func() (string, error) { return "", errors.New("token abc is too long") })
	if !errors.Is(err, ErrAbsent) || err.Error() != ErrAbsent.Error() {
		t.Error(err)
	}
}

func TestAKeyringThatHangsIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var r Ring
		release := make(chan struct{})
		hang := func() (string, error) { <-release; return "", nil }
		if _, err := r.ask(context.Background(), hang); !errors.Is(err, ErrNoAnswer) {
			t.Error(err)
		}
		if _, err := r.ask(context.Background(), func() (string, error) { t.Error("asked again"); return "", nil }); !errors.Is(err, ErrNoAnswer) {
			t.Error(err)
		}
		close(release)
	})
}
