package server

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestShowingsAreEachClientsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s showings
		if !s.begin("one", "flow", true) || s.begin("one", "flow", true) {
			t.Error("a code is new to a client once")
		}
		if !s.begin("two", "flow", false) {
			t.Error("what one client shows is no news to the person at another")
		}
		if !s.sameTurn("one") || s.sameTurn("two") || s.sameTurn("three") {
			t.Error("only one client has a result with the code")
		}
		time.Sleep(sameTurn)
		if s.sameTurn("one") {
			t.Error("that turn is over")
		}
		s.text("two")
		if !s.sameTurn("two") {
			t.Error("now the other has it too")
		}
		if !s.greeted("one") || s.greeted("one") || !s.greeted("two") || s.greeted("three") {
			t.Error("whoever was shown a code is greeted once")
		}
		if !s.begin("one", "another flow", true) {
			t.Error("another code is news to everybody")
		}
	})
}

func TestShowingsAreBounded(t *testing.T) {
	t.Parallel()
	var s showings
	for n := range 3 * mostShowings {
		s.begin(string(rune(n+'a')), "flow", true)
	}
	if len(s.clients) > mostShowings {
		t.Errorf("%d clients are remembered", len(s.clients))
	}
}
