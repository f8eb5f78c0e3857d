package kaneo

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// MostUpload is the largest file that Kaneo takes unless its operator says otherwise, in bytes (kaneo-newer.md §11).
const MostUpload = 10 << 20

// Surface is where a file is to be shown.
type Surface string

// A file belongs to a task's description, or to a comment.
const (
	InDescription Surface = "description"
	InComment     Surface = "comment"
)

// File is a file with its contents.
type File struct {
	Name string
	Type string // the MIME type as it is declared, not as it is
	Data []byte
}

// Asset is a file that was uploaded.
type Asset struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

// Download reads an uploaded file of at most so many bytes.
func (c *Client) Download(ctx context.Context, assetID string, most int) (File, error) {
	var got answer
	w, err := c.encode(request{op: "get attachment", method: http.MethodGet, path: []string{"asset", assetID}, most: most})
	if err != nil {
		return File{}, err
	}
	err = c.signed(ctx, func(token string) error {
		got, err = c.persist(ctx, w, bearer(token))
		return err
	})
	return File{fileName(got.header), fileType(got.header), got.body}, err
}

// fileName prefers filename* to filename, as the standard library does (RFC 6266 §4.3).
func fileName(h http.Header) string {
	_, parameters, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	return parameters["filename"]
}

// fileType is the type that was declared at the upload. Kaneo 2.22 tells it for images only.
func fileType(h http.Header) string {
	media, _, _ := mime.ParseMediaType(cmp.Or(h.Get("X-Asset-Mime-Type"), h.Get("Content-Type")))
	return media
}

// upload is what Kaneo has to know before and after.
type upload struct {
	Filename    text    `json:"filename"`
	ContentType text    `json:"contentType"`
	Size        int     `json:"size"`
	Surface     Surface `json:"surface"`
	Key         text    `json:"key,omitempty"`
}

// slip allows to put one file into the object storage.
type slip struct {
	Key     string            `json:"key"`
	Address string            `json:"uploadUrl"`
	Headers map[string]string `json:"headers"`
}

// Upload gives a file to a task. It is shown only once its URL is in the text that it was uploaded for. Unavailable is also
// the answer of a Kaneo without object storage.
func (c *Client) Upload(ctx context.Context, taskID string, f File, to Surface) (Asset, error) {
	sent := upload{Filename: text(f.Name), ContentType: text(f.Type), Size: len(f.Data), Surface: to}
	allowed, err := send[slip](ctx, c, "start upload", http.MethodPut, sent, "task", "image-upload", taskID)
	if err != nil {
		return Asset{}, err
	}
	if err := c.store(ctx, allowed, f.Data); err != nil {
		return Asset{}, err
	}
	sent.Key = text(allowed.Key)
	asset, err := send[Asset](ctx, c, "finish upload", http.MethodPost, sent, "task", "image-upload", taskID, "finalize")
	if err == nil && asset.ID == "" {
		return asset, &Error{Kind: Unexpected, Status: http.StatusOK, Message: "Kaneo does not say where the file is", op: "finish upload"}
	}
	asset.URL = cmp.Or(asset.URL, c.base+"/asset/"+url.PathEscape(asset.ID))
	return asset, err
}

// store puts the bytes where Kaneo said: without the caller's credential, which is nobody else's business, and without
// following redirects.
func (c *Client) store(ctx context.Context, s slip, data []byte) error {
	const op = "upload file"
	if !c.maySendTo(s.Address) {
		return &Error{Kind: Invalid, Message: "the storage that Kaneo names is not reached by https", op: op}
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, s.Address, bytes.NewReader(data))
	if err != nil {
		return &Error{Kind: Invalid, Message: "the address of the storage is none", op: op}
	}
	for name, value := range s.Headers {
		req.Header.Set(name, value)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return wire{op: op}.unreachable(0, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return &Error{Kind: Unavailable, Status: resp.StatusCode, op: op,
			Message: fmt.Sprintf("the file storage answered with status %d", resp.StatusCode)}
	}
	return nil
}

// maySendTo allows https, and without encryption only Kaneo's own host when that has none either, and this machine.
func (c *Client) maySendTo(address string) bool {
	to, err := url.Parse(address)
	if err != nil || to.Host == "" || to.User != nil {
		return false
	}
	base, err := url.Parse(c.base)
	sameOrigin := err == nil && to.Scheme == base.Scheme && to.Host == base.Host
	return to.Scheme == "https" || to.Scheme == "http" && (sameOrigin || loopback(to.Hostname()))
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
