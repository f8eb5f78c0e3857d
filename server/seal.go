package server

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"
)

// asked is what a question remembers of itself. It travels through the client and comes back with the answer.
type asked struct {
	About   string            `json:"about"`  // the sign-in's flow, or the code that confirms a deletion
	Digest  [sha256.Size]byte `json:"digest"` // of the tool and its arguments
	At      time.Time         `json:"at"`
	Expires time.Time         `json:"expires"`
}

// seal makes what travels through a client unreadable and unforgeable there. Its key belongs to one server of one process, or
// to the replicas of one, and callers with keys of their own have a server each: a state that was given to somebody else does
// not open, and its call simply begins anew.
type seal struct{ aead cipher.AEAD }

// newSeal makes its key of what replicas share, apart from whatever else that secret is for. Empty: nobody else can open it.
func newSeal(shared string) seal {
	if shared == "" {
		shared = rand.Text()
	}
	key := sha256.Sum256([]byte("kaneo-mcp request state\x00" + shared))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only for a key of another length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // only for a cipher of another block size
	}
	return seal{aead}
}

func (s seal) close(a asked) (string, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, plain, nil)), nil
}

// open reads a state that came back, if it is ours, of this very call, and not too old.
func (s seal) open(t turn, now time.Time) (asked, bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(t.state)
	if err != nil || len(sealed) < s.aead.Overhead() {
		return asked{}, false
	}
	plain, err := s.aead.Open(nil, nil, sealed, nil)
	if err != nil {
		return asked{}, false
	}
	var a asked
	if json.Unmarshal(plain, &a) != nil {
		return asked{}, false
	}
	return a, a.Digest == t.digest && now.Before(a.Expires)
}
