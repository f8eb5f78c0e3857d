package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// settings says where each value comes from.
func (p Patient) settings() Finding {
	var from, ignored []string
	for _, s := range p.Settings {
		if s.From != "" {
			from = append(from, s.Variable+" from "+s.From)
		}
		ignored = append(ignored, s.PassedOver...)
	}
	text := "all are defaults"
	if len(from) > 0 {
		text = strings.Join(from, "; ") + "; the others are defaults"
	}
	if len(ignored) > 0 {
		return Finding{"settings", Warning, text + "; counted as not set: " + strings.Join(ignored, ", "),
			"fill it in, or remove it from the host's configuration"}
	}
	return Finding{"settings", OK, text, ""}
}

// environment names what a host passed on.
func (p Patient) environment() Finding {
	var names []string
	for _, name := range p.Variables {
		if telling(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return Finding{"environment", OK, "no KANEO_*, XDG_* or proxy variables", ""}
	}
	return Finding{"environment", OK, strings.Join(names, ", "), ""}
}

func telling(name string) bool {
	switch strings.ToUpper(name) {
	case "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR":
		return true
	}
	return strings.HasPrefix(name, "KANEO_") || strings.HasPrefix(name, "XDG_")
}

// cache looks at the file of the session without opening it.
func (p Patient) cache() Finding {
	file := p.Source.File()
	if file == "" {
		return Finding{"cache", Warning, "there is no folder for sign-ins: each lasts as long as its process", "set HOME or XDG_STATE_HOME"}
	}
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Finding{"cache", OK, file + " is not there: nobody has signed in", ""}
	case err != nil:
		return Finding{"cache", Error, file + " cannot be read: " + bare(err), "make its folder your own, or name another in XDG_STATE_HOME"}
	case !info.Mode().IsRegular():
		return Finding{"cache", Error, file + " is no regular file", "remove it"}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return Finding{"cache", Warning, fmt.Sprintf("%s could be read by others (mode %04o)", file, info.Mode().Perm()),
			"it is for you alone from now on; if others use this machine, kaneo-mcp logout and login again"}
	}
	return Finding{"cache", OK, fmt.Sprintf("%s, mode %04o", file, info.Mode().Perm()), ""}
}

// bare is a file error without the path.
func bare(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	return err.Error()
}

// servers are the other ones on this machine, as far as it tells.
func (p Patient) servers() Finding {
	if p.Processes == nil {
		return Finding{"servers", OK, "what else runs is not known on this system", ""}
	}
	entries, err := fs.ReadDir(p.Processes, ".")
	if err != nil {
		return Finding{"servers", OK, "what else runs is not known on this system", ""}
	}
	var ids []string
	for _, entry := range entries {
		if id, err := strconv.Atoi(entry.Name()); err == nil && id != p.Self && serves(p.Processes, entry.Name()) {
			ids = append(ids, entry.Name())
		}
	}
	if len(ids) == 0 {
		return Finding{"servers", OK, "no other server runs", ""}
	}
	return Finding{"servers", OK, "others run as process " + strings.Join(ids, ", "), ""}
}

// serves says that a process is one of this program that serves: as a host starts it, with or without the word.
func serves(processes fs.FS, id string) bool {
	line, err := fs.ReadFile(processes, id+"/cmdline")
	if err != nil {
		return false
	}
	words := strings.Split(strings.TrimRight(string(line), "\x00"), "\x00")
	return path.Base(words[0]) == "kaneo-mcp" && (len(words) == 1 || words[1] == "serve" || strings.HasPrefix(words[1], "-"))
}

func (p Patient) keyring(ctx context.Context) Finding {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := p.Keyring(ctx); err != nil {
		return Finding{"keyring", Warning, err.Error() + ": sign-ins are kept in a file that only you can read",
			"unlock it, or unset KANEO_KEYRING"}
	}
	return Finding{"keyring", OK, "there is one, and it answers", ""}
}
