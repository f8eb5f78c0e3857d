package board_test

import (
	"testing"
	_ "time/tzdata" // the zones of the tests, wherever they run

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
