package auth

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const largestFile = 64 << 10 // bytes; ours have a few hundred

// readJSON reads a small file of the store into out. A missing file is fs.ErrNotExist. A mode that lets others read is
// tightened first.
func readJSON(path string, out any) error {
	info, err := regular(path)
	if err != nil {
		return err
	}
	if info == nil {
		return fs.ErrNotExist
	}
	if tooOpen(info) {
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
	}
	text, err := readSmall(path)
	if err != nil {
		return err
	}
	if json.Unmarshal(text, out) != nil {
		return errDamaged // the decoder's own error could quote the content
	}
	return nil
}

func readSmall(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, largestFile+1))
	if err == nil && len(text) > largestFile {
		return nil, errTooLarge
	}
	return text, err
}

// writeJSON replaces a file of the store in one step: a reader, or a crash, meets the old content or the new.
func writeJSON(path string, content any) error {
	if _, err := regular(path); err != nil {
		return err
	}
	text, err := json.Marshal(content)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // mode 0600
	if err != nil {
		return err
	}
	err = errors.Join(fill(temp, append(text, '\n')), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

func fill(file *os.File, text []byte) error {
	if _, err := file.Write(text); err != nil {
		return err
	}
	return file.Sync()
}
