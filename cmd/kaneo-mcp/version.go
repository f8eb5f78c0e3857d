package main

import (
	"cmp"
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker: -ldflags "-X main.version=1.2.3". Otherwise the module's own counts.
var version string

// release is the version of this build.
func release() string {
	if version != "" {
		return version
	}
	build, _ := debug.ReadBuildInfo()
	if build == nil {
		return "unknown"
	}
	return cmp.Or(build.Main.Version, "unknown")
}

func (p program) versionCommand() *cobra.Command {
	return p.plain("version", "Says which version this is", tellVersion)
}

func tellVersion(_ context.Context, c console) error {
	c.say("kaneo-mcp %s (%s, %s/%s)", release(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
