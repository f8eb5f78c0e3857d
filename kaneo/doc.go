// Package kaneo is a typed client of Kaneo's HTTP API, from release 2.22 on.
//
// A [Client] is made once, is cheap to keep and safe for concurrent use:
//
//	base, err := kaneo.ParseBase("https://kaneo.example")
//	client := kaneo.New(kaneo.Options{Base: base, Tokens: tokens})
//	board, err := client.Board(ctx, projectID, kaneo.BoardFilter{})
//
// # Who is calling
//
// Where credentials come from is the business of the [TokenSource]. Session tokens and API keys are all sent as a bearer.
// When Kaneo refuses one, the source is asked for another, once; nothing has happened by then, so this holds for writes
// too.
//
// # What is asked
//
// One method is one request, except that Me asks again for API keys, and Board reads as many pages as it takes. Ids are
// opaque and escaped; an empty one is refused here, because Kaneo would take the request for another route's. Null and
// absent fields are zero values, unknown fields and values are let through.
//
// # What goes wrong
//
// Each error is an [*Error] of one [Kind], except those of the TokenSource, which are passed on as they are, and the
// caller's own cancellation, which errors.Is finds. Kaneo answers 400 for most unknown ids and 403 for some bad tokens;
// Kind says what was meant. Message is Kaneo's own sentence. What was sent is never repeated from a validation error,
// although Kaneo echoes it, and neither are tokens.
//
// # What is repeated
//
// Reads are tried up to three times when Kaneo is briefly not there (408, 502, 503, 504, a connection reset before an
// answer). Writes have no idempotency keys, so they are repeated only when nothing can have happened: the connection was
// never made, or Kaneo answered 429, which it does before anything else. A wait that Kaneo asks for is kept, unless it is
// longer than ten seconds or the caller's deadline: then it is the RetryAfter of the error.
//
// The facts about Kaneo that comments cite are in kaneo-api.md (observed on 2.22) and kaneo-newer.md (later releases).
package kaneo
