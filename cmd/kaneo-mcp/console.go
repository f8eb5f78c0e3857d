package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
)

// console is what surrounds a command: all that it reads and writes, and its environment.
type console struct {
	in          io.Reader
	out, err    io.Writer
	env         func(variable string) (value string, set bool)
	interactive bool                                         // a person sits at in
	watched     bool                                         // a person sits at out
	columns     int                                          // of the terminal that out is; 0: it is none
	variables   []string                                     // the names in the environment
	processes   fs.FS                                        // what runs on this machine, as in /proc; nil: it is not known
	open        func(ctx context.Context, page string) error // in the browser
}

// say writes lines to out. Whoever has closed it does not want to know more, so a failure is no matter.
func (c console) say(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format+"\n", args...) }

// note writes lines to err, where they disturb no protocol.
func (c console) note(format string, args ...any) { _, _ = fmt.Fprintf(c.err, format+"\n", args...) }
