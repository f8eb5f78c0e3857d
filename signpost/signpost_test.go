package signpost

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"rsc.io/qr"

	"kaneo-mcp/auth"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func prompt(now time.Time) auth.Prompt {
	return auth.Prompt{
		Instance: "https://kaneo.example", URL: "https://kaneo.example/device?user_code=W52QQ4SU", Host: "kaneo.example",
		UserCode: "W52QQ4SU", Expires: now.Add(30 * time.Minute),
	}
}

func shown(columns int, unicode, wantQR bool, change func(*auth.Prompt)) string {
	var out bytes.Buffer
	now := time.Now()
	p := prompt(now)
	if change != nil {
		change(&p)
	}
	Show(Terminal{&out, columns, unicode}, p, wantQR, now)
	return out.String()
}

func TestShow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		has  []string
		not  []string
	}{
		"terminal":    {shown(80, true, true, nil), []string{"\n    https://kaneo.example/device?user_code=W52QQ4SU\n", "    W 5 2 Q   Q 4 S U", "█", "press Approve"}, []string{"Waiting"}},
		"without QR":  {shown(80, true, false, nil), []string{"W 5 2 Q"}, []string{"█"}},
		"no Unicode":  {shown(80, false, true, nil), []string{"W 5 2 Q"}, []string{"█"}},
		"narrow":      {shown(30, true, true, nil), []string{"W 5 2 Q"}, []string{"█"}},
		"no terminal": {shown(0, true, true, nil), []string{"the code W52QQ4SU.", "up to 30 minutes"}, []string{"█", "\x1b"}},
		"other host":  {shown(80, true, true, func(p *auth.Prompt) { p.OtherHost, p.Host = true, "web.example" }), []string{"leads to web.example"}, nil},
	} {
		for _, want := range c.has {
			if !strings.Contains(c.text, want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, c.text)
			}
		}
		for _, unwanted := range c.not {
			if strings.Contains(c.text, unwanted) {
				t.Errorf("%s: %q in\n%s", name, unwanted, c.text)
			}
		}
	}
}

// TestQR reads the code back, module by module, with its margin.
func TestQR(t *testing.T) {
	t.Parallel()
	const link = "https://kaneo.example/device?user_code=W52QQ4SU"
	code, err := qr.Encode(link, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(qrCode(link, 80)), "\n")
	if len(rows) != (code.Size+2*quiet+1)/2 {
		t.Fatalf("%d rows of a code of %d", len(rows), code.Size)
	}
	for i, row := range rows {
		blocks := []rune(strings.TrimSuffix(strings.TrimPrefix(row, blackOnWhite), normal))
		if len(blocks) != code.Size+2*quiet {
			t.Errorf("row %d has %d blocks", i, len(blocks))
		}
		for j, b := range blocks {
			x, y := j-quiet, 2*i-quiet
			if strings.ContainsRune(" ▄", b) != code.Black(x, y) || strings.ContainsRune(" ▀", b) != code.Black(x, y+1) {
				t.Errorf("%q at %d, %d", b, x, y)
			}
		}
	}
}

func TestCountDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		stop := CountDown(context.Background(), Terminal{Out: &out, Columns: 80}, time.Now().Add(61*time.Second))
		time.Sleep(1500 * time.Millisecond)
		stop()
		var lines []string
		for line := range strings.SplitSeq(out.String(), clearLine) {
			lines = append(lines, line)
		}
		want := []string{"", waiting(61*time.Second, 80), waiting(60*time.Second, 80), ""}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCountDownEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(*testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var out bytes.Buffer
		defer CountDown(ctx, Terminal{Out: &out, Columns: 20}, time.Now().Add(time.Second))()
		defer CountDown(ctx, Terminal{Out: &out}, time.Now().Add(time.Hour))()
		cancel()
		synctest.Wait()
	})
}
