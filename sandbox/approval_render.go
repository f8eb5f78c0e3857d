package sandbox

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed approval.html
var approvalHTML string

const typeHTML = "text/html; charset=utf-8"

// reply renders the page; one with an alert is a 400.
func (p approvalPage) reply() reply {
	var out bytes.Buffer
	page, err := template.New("approval").Parse(approvalHTML)
	if err == nil {
		err = page.Execute(&out, p)
	}
	if err != nil {
		return finish(nil, errStumbled)
	}
	status := http.StatusOK
	if p.Alert != "" {
		status = http.StatusBadRequest
	}
	return typed(status, typeHTML, out.Bytes()).
		with("Cache-Control", "no-store").
		with("Referrer-Policy", "no-referrer").
		with("Content-Security-Policy",
			"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
}

// webApp is what every other path outside /api answers.
func webApp() reply {
	return typed(http.StatusOK, typeHTML, []byte("<!doctype html><html lang=\"en\"><title>Kaneo</title><div id=\"root\"></div></html>"))
}
