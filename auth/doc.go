// Package auth knows who is calling Kaneo: an API key from the environment, the session that an earlier sign-in left
// in a file, or a sign-in by device code (RFC 8628; kaneo-api.md §3).
//
// [New] resolves the credential once. A [Source] then hands out the credential of each request ([Source.Token]), hears
// about refusals ([Source.Refused]) and, when nobody is signed in, runs the sign-in ([Source.SignIn], [Source.Wait]).
// Several processes of one person share one [Store]: one of them shows a code, and all are signed in by its approval.
//
// The device code lives in memory only. No token, key or device code is part of an error, a log line or a [Status].
package auth
