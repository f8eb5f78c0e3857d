package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Options say how a sandbox differs from a self-hosted Kaneo with its defaults.
type Options struct {
	// Clock tells the time; nil means time.Now.
	Clock func() time.Time
	// Origin is the web origin, where the approval page lives
	// ("https://kaneo.example"). Empty: the origin of the request at hand.
	Origin string
	// AlwaysPaged cuts every board into pages as Kaneo does from 2.26 on
	// (kaneo-newer.md §4).
	AlwaysPaged bool
	// Storage is the address of the object storage that takes uploaded files
	// ("https://storage.example"); the sandbox is that as well. Empty: there is
	// none, and uploads are refused.
	Storage string
	// LabelPortion is how many copies one DELETE of a label takes off tasks, as
	// from 2.26 on (kaneo-newer.md §13); 0: all of them.
	LabelPortion int
	// CustomFields offers them, as from 2.25 on at the latest
	// (kaneo-newer.md §12); without, their routes are unknown, as in 2.22.
	CustomFields bool
}

// Kaneo is one instance. It is safe for concurrent use: requests run one after
// another.
type Kaneo struct {
	clock       func() time.Time
	webOrigin   string
	alwaysPaged bool
	portion     int // of copies that one DELETE of a label takes; 0: all
	storage     *storage
	hasFields   bool // custom ones
	routes      []route

	mu sync.Mutex
	state
}

// New makes an empty instance: no users, no workspaces.
func New(o Options) *Kaneo {
	k := &Kaneo{clock: o.Clock, webOrigin: o.Origin, alwaysPaged: o.AlwaysPaged, state: newState()}
	k.portion, k.storage = o.LabelPortion, newStorage(o.Storage)
	if k.clock == nil {
		k.clock = time.Now
	}
	k.routes = routesOf(boardOperations(), accountOperations())
	if k.hasFields = o.CustomFields; k.hasFields {
		k.routes = append(k.routes, routesOf(customFieldOperations())...)
	}
	return k
}

// ServeHTTP answers everything below /api and the approval page /device.
func (k *Kaneo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the caller went away in the middle of its request
	}
	k.mu.Lock()
	answer := k.answer(r, body)
	k.mu.Unlock()
	answer.send(w, r)
}

// answer is the storage's, or Kaneo's own.
func (k *Kaneo) answer(r *http.Request, body []byte) reply {
	if k.storage.concerns(r) {
		return k.storage.handle(r, body, k.now())
	}
	return k.handle(r, body)
}

// now is the time as Kaneo stores it: UTC, whole milliseconds.
func (k *Kaneo) now() stamp {
	return stamp{k.clock().UTC().Truncate(time.Millisecond)}
}

// origin is where the web app of this instance lives.
func (k *Kaneo) origin(r *http.Request) string {
	switch {
	case k.webOrigin != "":
		return k.webOrigin
	case r.TLS != nil || r.URL.Scheme == "https":
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Transport reaches the instance in process, without sockets, so that it works
// inside a testing/synctest bubble.
func (k *Kaneo) Transport() http.RoundTripper { return transport{k} }

type transport struct{ kaneo *Kaneo }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	served := r.Clone(r.Context())
	if served.Host == "" {
		served.Host = r.URL.Host
	}
	if served.Body == nil {
		served.Body = http.NoBody
	}
	defer served.Body.Close()
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	t.kaneo.ServeHTTP(rec, served)
	return rec.response(r), nil
}

// recorder keeps an answer until the caller reads it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header         { return w.header }
func (w *recorder) WriteHeader(status int)      { w.status = status }
func (w *recorder) Write(p []byte) (int, error) { return w.body.Write(p) }

func (w *recorder) response(r *http.Request) *http.Response {
	return &http.Response{
		Status:     strconv.Itoa(w.status) + " " + http.StatusText(w.status),
		StatusCode: w.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        w.header,
		Body:          io.NopCloser(&w.body),
		ContentLength: int64(w.body.Len()),
		Request:       r,
	}
}
