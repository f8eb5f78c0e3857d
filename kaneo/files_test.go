package kaneo_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

const storage = "https://storage.example"

func TestUploadAndDownload(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{Storage: storage})
	var puts []*http.Request
	i.before = func(r *http.Request) {
		if r.URL.Host == "storage.example" {
			puts = append(puts, r)
		}
	}
	task := i.newTask(t, "t")
	for _, f := range []kaneo.File{
		{Name: "a b.png", Type: "image/png", Data: []byte("\x89PNG\r\n\x1a\n not trimmed \n")},
		{Name: "Bericht „neu“.bin", Type: "application/x-thing", Data: []byte{0, 1, 2}},
	} {
		asset, err := i.Upload(t.Context(), task.ID, f, kaneo.InDescription)
		if err != nil || !strings.HasSuffix(asset.URL, "/api/asset/"+asset.ID) {
			t.Fatalf("%s: %+v, %v", f.Name, asset, err)
		}
		got, err := i.Download(t.Context(), asset.ID, kaneo.MostUpload)
		if err != nil || !bytes.Equal(got.Data, f.Data) || got.Name != f.Name {
			t.Errorf("%s: %q, %v", f.Name, got, err)
		}
		if _, err := i.Download(t.Context(), asset.ID, 2); err == nil || kaneo.KindOf(err) != kaneo.Unexpected {
			t.Errorf("larger than asked for: %v", err)
		}
	}
	if len(puts) != 2 {
		t.Fatalf("%d requests to the storage", len(puts))
	}
	for _, put := range puts {
		for _, header := range []string{"Authorization", "X-Api-Key", "Cookie"} {
			if put.Header.Get(header) != "" {
				t.Errorf("the storage was told %s", header)
			}
		}
	}
	if _, err := i.Download(t.Context(), "nosuchasset", 10); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("unknown: %v", err)
	}
}

func TestUploadsThatDoNotWork(t *testing.T) {
	t.Parallel()
	file := kaneo.File{Name: "a.txt", Type: "text/plain", Data: []byte("x")}
	slip := func(address string) string {
		return `{"key":"k","uploadUrl":"` + address + `","headers":{"Content-Type":"text/plain"}}`
	}
	for name, tt := range map[string]struct {
		start  *http.Response
		put    *http.Response
		kind   kaneo.Kind
		stored bool // the storage was asked
	}{
		"no storage":         {plain(503, "S3 uploads are not configured."), nil, kaneo.Unavailable, false},
		"plain http":         {jsonReply(200, slip("http://storage.example/x")), plain(200, ""), kaneo.Invalid, false},
		"another scheme":     {jsonReply(200, slip("file:///etc/passwd")), plain(200, ""), kaneo.Invalid, false},
		"with a password":    {jsonReply(200, slip("https://a:b@storage.example/x")), plain(200, ""), kaneo.Invalid, false},
		"no address":         {jsonReply(200, slip("")), plain(200, ""), kaneo.Invalid, false},
		"refused":            {jsonReply(200, slip("https://storage.example/x")), plain(403, "<Error/>"), kaneo.Unavailable, true},
		"a redirect":         {jsonReply(200, slip("https://storage.example/x")), plain(307, "", "Location", "https://elsewhere.example/"), kaneo.Unavailable, true},
		"loopback":           {jsonReply(200, slip("http://127.0.0.1:9000/x")), plain(200, ""), kaneo.Unexpected, true},
		"by name":            {jsonReply(200, slip("http://localhost:9000/x")), plain(200, ""), kaneo.Unexpected, true},
		"finished with null": {jsonReply(200, slip("https://storage.example/x")), plain(200, ""), kaneo.Unexpected, true},
	} {
		var stored bool
		c := client(t, wire(func(r *http.Request) (*http.Response, error) {
			switch {
			case r.URL.Host != "kaneo.example":
				stored = true
				return tt.put, nil
			case r.Method == http.MethodPost:
				return jsonReply(200, `null`), nil
			}
			return tt.start, nil
		}))
		_, err := c.Upload(t.Context(), "t", file, kaneo.InComment)
		if kaneo.KindOf(err) != tt.kind || stored != tt.stored {
			t.Errorf("%s: %v, stored %v", name, err, stored)
		}
	}
}
