// Package diagnostics makes the bundle that a person sends to whoever helps them:
// what this program is, how it is set up, what it found wrong, and the end of its
// logs, as a few texts in one zip. It knows no screen: the window and pkidctl show
// the texts and save the very same ones.
//
//	logs, settings, counts, findings ──► Mask ──► Bundle ──► shown ──► Save
//
// # What never leaves
//
// Nothing goes into a bundle but through a Masker, whoever wrote it: our own logs
// mask PKIDs, but a library under us may log whatever it was given. What a mask put
// away stands as "‹…›", with a few characters at its end where two lines about the
// same thing must be told to be about it. Masked are
//
//   - 13 digits and more in a row, also with single blanks, dashes or escapes
//     between them: a PKID, and all that could be one;
//   - what is called a token, a secret, a PIN; bearer tokens, and long texts of
//     no words, whatever they are called;
//   - hashes: ten million million PKIDs are soon tried;
//   - tenants and other GUIDs but for their ends, e-mail addresses, the users'
//     names in paths, user and query of URLs;
//   - serials, customers, operators: by the name of their field, and all that this
//     station has in its queue, wherever they stand.
//
// Masking twice is masking once, takes time by the length of the text, and never
// makes it more than three times as long.
//
// # What is bounded
//
// Of the logs the end is taken, of the newest files (LogBytes), of the goroutines so
// much as fits. A check of a large queue takes its time: the context ends it, and
// the bundle says so in its place. What cannot be found out is said in its place,
// too: a bundle is wanted when something is broken.
package diagnostics
