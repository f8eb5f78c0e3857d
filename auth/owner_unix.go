//go:build unix

package auth

import (
	"io/fs"
	"os"
	"syscall"
)

// ours says that a file belongs to the user of this process. One that somebody else has put there could sign this
// process in as them.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(stat.Uid) == os.Geteuid()
}
