package main

import (
	"context"
	"net/http"
	"os"
	"strings"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/doctor"
	"kaneo-mcp/keyring"
)

func (p program) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := p.plain("doctor", "Finds out what does not work, and says what to do; ends with 1 for an error", func(ctx context.Context, c console) error {
		return tell(c, p.examine(ctx, c), asJSON)
	})
	cmd.Flags().BoolVar(&asJSON, "json", false, "for programs")
	return cmd
}

func tell(c console, findings []doctor.Finding, asJSON bool) error {
	text := strings.TrimSuffix(doctor.Text(findings), "\n")
	if asJSON {
		document, err := doctor.JSON(findings)
		if err != nil {
			return err
		}
		text = string(document)
	}
	c.say("%s", text)
	if !doctor.Well(findings) {
		return errTold
	}
	return nil
}

// examine hands over all that is to be looked at. Settings that make no sense are a finding too.
func (p program) examine(ctx context.Context, c console) []doctor.Finding {
	var findings []doctor.Finding
	err := p.configured(func(ctx context.Context, c console, set config) error {
		o, err := newOffice(set, c.err, zerolog.ErrorLevel)
		if err != nil {
			return err
		}
		defer o.close()
		findings = doctor.Examine(ctx, o.patient(c, set))
		return nil
	})(ctx, c)
	if err != nil {
		remedy := "correct it: nothing else can be looked at before"
		return []doctor.Finding{{Check: "settings", Level: doctor.Error, Text: err.Error(), Remedy: remedy}}
	}
	return findings
}

func (o *office) patient(c console, set config) doctor.Patient {
	patient := doctor.Patient{
		Base: set.base, HTTP: o.web, Proxy: http.ProxyFromEnvironment, Source: o.source, Client: o.client, Settings: whereFrom(set),
		Variables: c.variables, Processes: c.processes, Self: os.Getpid(),
	}
	if set.keyring {
		patient.Keyring = new(keyring.Ring).Check
	}
	return patient
}

func whereFrom(set config) []doctor.Setting {
	var all []doctor.Setting
	for _, s := range set.sources {
		from := ""
		switch s.kind {
		case "environment":
			from = "the environment"
		case "flag":
			from = "the flag " + s.name
		case "profile":
			from = "the profile " + set.profile.Name
		}
		all = append(all, doctor.Setting{Variable: s.variable, From: from, PassedOver: s.passedOver})
	}
	return all
}
