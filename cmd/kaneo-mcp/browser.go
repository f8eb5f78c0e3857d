package main

import (
	"context"
	"os/exec"
	"runtime"
)

// openBrowser hands a page to the system's browser and does not wait for it: it outlives this program.
func openBrowser(ctx context.Context, page string) error {
	words := []string{"xdg-open", page}
	switch runtime.GOOS {
	case "darwin":
		words = []string{"open", page}
	case "windows":
		words = []string{"rundll32", "url.dll,FileProtocolHandler", page}
	}
	browser := exec.CommandContext(context.WithoutCancel(ctx), words[0], words[1:]...)
	if err := browser.Start(); err != nil {
		return err
	}
	return browser.Process.Release()
}
