package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// storage is the object storage beside a Kaneo: another service, at another address, that knows neither its people nor
// their credentials. It takes what was signed for.
type storage struct {
	origin  string // empty: there is none
	slips   map[string]slip
	objects map[string][]byte
}

// slip is the leave to put one object.
type slip struct {
	signature, contentType string
	until                  time.Time
}

const (
	bucket      = "/b/"
	slipLife    = 5 * time.Minute
	namesLength = 64
)

func newStorage(origin string) *storage {
	return &storage{origin: strings.TrimSuffix(origin, "/"), slips: map[string]slip{}, objects: map[string][]byte{}}
}

// presign makes the address where an object may be put.
func (s *storage) presign(key, contentType string, now stamp) string {
	signature := pick(lower+digits, 64)
	s.slips[key] = slip{signature, contentType, now.Add(slipLife)}
	signed := url.Values{
		"X-Amz-Algorithm": {"AWS4-HMAC-SHA256"}, "X-Amz-Content-Sha256": {"UNSIGNED-PAYLOAD"}, "X-Amz-Credential": {"sandbox"},
		"X-Amz-Date": {now.Format("20060102T150405Z")}, "X-Amz-Expires": {fmt.Sprint(int(slipLife.Seconds()))},
		"X-Amz-Signature": {signature}, "X-Amz-SignedHeaders": {"host"}, "x-id": {"PutObject"},
	}
	return s.origin + bucket + key + "?" + signed.Encode()
}

// concerns tells a request to the storage from one to Kaneo.
func (s *storage) concerns(r *http.Request) bool {
	return s.origin != "" && strings.HasPrefix(r.URL.Path, bucket)
}

// handle stores an object. Like S3 it refuses a second way of saying who is calling beside the signature.
func (s *storage) handle(r *http.Request, body []byte, now stamp) reply {
	key := strings.TrimPrefix(r.URL.Path, bucket)
	leave, signed := s.slips[key]
	switch {
	case r.Method != http.MethodPut:
		return storageRefusal(http.StatusMethodNotAllowed, "MethodNotAllowed")
	case r.Header.Get("Authorization") != "" || r.Header.Get("x-api-key") != "":
		return storageRefusal(http.StatusBadRequest, "InvalidArgument")
	case !signed, r.URL.Query().Get("X-Amz-Signature") != leave.signature, now.After(leave.until):
		return storageRefusal(http.StatusForbidden, "AccessDenied")
	case r.Header.Get("Content-Type") != leave.contentType:
		return storageRefusal(http.StatusForbidden, "SignatureDoesNotMatch")
	}
	s.objects[key] = body
	return empty(http.StatusOK)
}

func storageRefusal(status int, code string) reply {
	return typed(status, "application/xml", []byte("<Error><Code>"+code+"</Code></Error>"))
}

var outsideNames = regexp.MustCompile(`[^a-z0-9._]+`)

// objectName is the file's name as the storage has it: plain, and with the time and something random in it.
func objectName(filename string, now stamp) string {
	base, extension := filename, ""
	if dot := strings.LastIndex(filename, "."); dot > 0 {
		base, extension = filename[:dot], "."+plainName(filename[dot+1:])
	}
	base = plainName(base)
	return fmt.Sprintf("%s-%d-%s%s", base[:min(len(base), namesLength)], now.UnixMilli(), boardID(), extension)
}

func plainName(s string) string {
	if s = strings.Trim(outsideNames.ReplaceAllString(strings.ToLower(s), "-"), "-"); s == "" {
		return "file"
	}
	return s
}

// disposition names a file for old and for newer browsers.
func disposition(filename string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, filename)
	return fmt.Sprintf(`; filename="%s"; filename*=UTF-8''%s`, ascii, url.PathEscape(filename))
}
