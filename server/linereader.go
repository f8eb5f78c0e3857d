package server

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// errLineTooLong stands for a line that was skipped up to its end.
var errLineTooLong = errors.New("line too long")

// lineReader splits its input into lines of bounded length.
type lineReader struct {
	in    *bufio.Reader
	limit int // bytes, the newline included
}

func newLineReader(in io.Reader, limit int) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, 64<<10), limit: limit}
}

// next returns the next line without the white space around it. The last line need not end in a newline. A line over the
// limit is read to its end without being kept, and gives errLineTooLong; the line after it can be read. The slice is the
// caller's.
func (r *lineReader) next() ([]byte, error) {
	var line []byte
	length := 0
	for {
		part, err := r.in.ReadSlice('\n')
		length += len(part)
		if length <= r.limit {
			line = append(line, part...)
		} else {
			line = nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && length == 0, err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case length > r.limit:
			return nil, errLineTooLong
		}
		return bytes.TrimSpace(line), nil
	}
}
