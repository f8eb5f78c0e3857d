package kaneo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
)

// maxAnswer bounds an answer after decompression. A board of thousands of tasks has a few megabytes.
const maxAnswer = 64 << 20

// answer is a success that has been read whole.
type answer struct {
	body   []byte
	header http.Header
}

// json says whether Kaneo labels the answer so.
func (a answer) json() bool {
	media, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	return media == "application/json"
}

func (w wire) read(resp *http.Response) (answer, error) {
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return answer{}, newRefusal(w.op, resp)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, int64(w.most)+1))
	switch {
	case err != nil:
		return answer{}, w.unreachable(resp.StatusCode, err)
	case len(body) > w.most:
		return answer{}, &Error{Kind: Unexpected, Status: resp.StatusCode, op: w.op,
			Message: fmt.Sprintf("the answer is larger than %d MB", w.most>>20)}
	}
	return answer{body, resp.Header}, nil
}

// decode takes null and nothing for the zero value: Kaneo answers both (kaneo-newer.md §20).
func decode[T any](op string, a answer) (T, error) {
	var v T
	if len(bytes.TrimSpace(a.body)) == 0 {
		return v, nil
	}
	err := json.Unmarshal(a.body, &v)
	switch {
	case err == nil:
		return v, nil
	case !a.json():
		return v, &Error{Kind: NotKaneo, Status: http.StatusOK, op: op,
			Message: "the answer is not JSON: is this the address of a Kaneo?"}
	}
	return v, &Error{Kind: Unexpected, Status: http.StatusOK, op: op, Message: "the answer is not what Kaneo answers here"}
}
