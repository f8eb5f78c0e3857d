package main

import (
	"fmt"
	"io"
)

// console is what surrounds a command: all that it reads and writes, and its environment.
type console struct {
	in          io.Reader
	out, err    io.Writer
	env         func(variable string) (value string, set bool)
	interactive bool // a person sits at in
}

// say writes lines to out. Whoever has closed it does not want to know more, so a failure is no matter.
func (c console) say(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format+"\n", args...) }

// note writes lines to err, where they disturb no protocol.
func (c console) note(format string, args ...any) { _, _ = fmt.Fprintf(c.err, format+"\n", args...) }
