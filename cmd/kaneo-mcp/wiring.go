package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/keyring"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// office is everything below the commands, wired up. Close it.
type office struct {
	web        *http.Client
	source     *auth.Source
	client     *kaneo.Client
	desk       *board.Desk
	catalogue  *tools.Catalogue
	metrics    *server.Metrics
	log        zerolog.Logger
	close      func()
	signInWait time.Duration
	shared     string
}

// premises are what offices share. Close them after the last office.
type premises struct {
	web     *http.Client
	turns   *board.Turns
	metrics *server.Metrics
	log     zerolog.Logger
	close   func()
}

// newPremises opens what the settings name. Its error is a *misuse.
func newPremises(set config, stderr io.Writer, usual zerolog.Level) (*premises, error) {
	web, err := kaneo.NewHTTPClient(set.caFile)
	if err != nil {
		return nil, misused("KANEO_CA_FILE", err)
	}
	out, closeLog, err := logOutput(set.logFile, stderr)
	if err != nil {
		return nil, misused("KANEO_LOG_FILE", err)
	}
	log := zerolog.New(out).Level(set.level(usual)).With().Timestamp().Logger()
	p := &premises{web: web, turns: set.turns(log), metrics: server.NewMetrics(), log: log}
	web.Transport = p.metrics.Transport(web.Transport)
	p.close = func() {
		web.CloseIdleConnections()
		closeLog()
	}
	return p, nil
}

// newOffice wires the rooms up. It reads the files that the settings name, locks nothing and asks nobody: hosts start a
// server just to look at it. Its error is a *misuse.
func newOffice(set config, stderr io.Writer, usual zerolog.Level) (*office, error) {
	p, err := newPremises(set, stderr, usual)
	if err != nil {
		return nil, err
	}
	o, err := p.office(set)
	if err != nil {
		p.close()
		return nil, &misuse{err.Error() + "."}
	}
	o.close = func() {
		o.source.Close()
		p.close()
	}
	return o, nil
}

// store is where sign-ins are kept.
func (c config) store() *auth.Store {
	return auth.NewStore(c.stateFolder).With(new(keyring.Ring), c.keyring)
}

// office wires up one that belongs to the caller whom the settings name.
func (p *premises) office(set config) (*office, error) {
	source, err := auth.New(auth.Settings{
		Base: set.base, ClientID: set.clientID, Key: set.key, KeyFrom: set.keyFrom, KeyFile: set.keyFile, KeyOnly: set.keyOnly,
		Account: set.profile.Name, Store: set.store(), HTTP: p.web, Log: p.log,
	})
	if err != nil {
		return nil, err
	}
	o := &office{
		web: p.web, source: source, metrics: p.metrics, log: p.log, signInWait: set.signInWait, shared: set.shared, close: source.Close,
	}
	o.client = kaneo.New(kaneo.Options{
		Base: set.base, Tokens: succession{source, func() { o.desk.Forget() }}, HTTP: p.web, Timeout: set.timeout,
		UserAgent: "kaneo-mcp/" + release(), Retrying: p.metrics.CountRetry,
	})
	o.desk = board.New(board.Options{
		Client: o.client, Workspace: set.workspace, Project: set.project, Zone: set.zone,
		AllowWorkspaces: set.allowedWorkspaces, AllowProjects: set.allowedProjects, Journal: set.journal(p.log),
		AttachFrom: set.attachFrom, Turns: p.turns,
	})
	o.catalogue = tools.New(o.desk, set.selection)
	return o, nil
}

// journal is where changes are kept: in memory where there is no folder for it.
func (c config) journal(log zerolog.Logger) board.Journal {
	if c.stateFolder == "" {
		return new(board.MemoryJournal)
	}
	return board.NewJournalFile(c.stateFolder, c.base.String()+c.profile.Name, func(err error) {
		log.Warn().Msgf("changes cannot be put on record, and so not be undone: %v", err)
	})
}

// turns are shared by all callers here, and with the other programs that this person's hosts have started.
func (c config) turns(log zerolog.Logger) *board.Turns {
	if c.stateFolder == "" {
		return board.NewTurns()
	}
	return board.SharedTurns(filepath.Join(c.stateFolder, "turns"), func(err error) {
		log.Warn().Msgf("other kaneo-mcp programs on this machine may change a task at the same moment, because they cannot be locked out: %v", err)
	})
}

// succession tells when a credential is followed by another one, or by none: the next caller may be somebody else.
type succession struct {
	*auth.Source
	changed func()
}

// Refused makes succession a [kaneo.TokenSource].
func (s succession) Refused(ctx context.Context, token string) (string, error) {
	defer s.changed()
	return s.Source.Refused(ctx, token)
}

// logOutput is where log lines go: JSON into a file, of which only its owner may read, or something more readable to
// stderr. Never to stdout, which belongs to the protocol.
func logOutput(file string, stderr io.Writer) (io.Writer, func(), error) {
	if file == "" {
		return zerolog.ConsoleWriter{Out: stderr, NoColor: true, TimeFormat: time.DateTime}, func() {}, nil
	}
	opened, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("the log cannot be written: %w", cause(err))
	}
	return opened, func() { _ = opened.Close() }, nil
}

// cause is a file error without the words that repeat what failed.
func cause(err error) error {
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err
	}
	return err
}
