package server

import "github.com/rs/zerolog"

// Explain puts an error of a call that changes nothing into words, for a person at a terminal as for a model.
func Explain(err error, instance string, log zerolog.Logger) string {
	return wording{instance: instance, log: log}.explain(err)
}
