// Package keyring keeps the station's sign-in over restarts: a random key in the
// system's keyring, and beside the queue a file that only this key opens.
//
// # Why two places
//
// A keyring holds small secrets only (Windows: 2.5 KB), and an access token is
// longer. So it holds 32 random bytes, under the service "PKID Station" and the
// data folder's hash; signin.bin in the data folder holds the token, encrypted with
// AES-256-GCM. Either alone is worth nothing, and a copied data folder has no
// sign-in in it. Nothing of it is in the queue.
//
//	signin.bin = "PKIDSIG1" | nonce (12) | ciphertext and tag of the token's JSON;
//	the first eight bytes and the account in the keyring are authenticated too
//
// The keyring is the Secret Service on Linux, the Credential Manager on Windows and
// the Keychain on macOS, by github.com/zalando/go-keyring: pure Go, small, in use
// since 2016, and it brings only the D-Bus and Credential Manager bindings along.
//
// # What it promises
//
//   - The file is replaced whole: written beside, made durable, renamed. What is
//     there after a crash is the old token or the new one.
//   - What another process kept meanwhile is not cleared with a token that Microsoft
//     refused: see Store.ClearIf.
//   - A file that was cut, altered, or belongs to another folder, and one whose key
//     is gone, is ErrUnreadable and nobody signed in; it is never a crash.
//   - Without a keyring (no D-Bus, as on a server) nothing is written: Save fails
//     with signin.ErrMemoryOnly, and a token is never on disk without its key.
//   - A keyring that hangs, for it may be asking someone to unlock it, is waited for
//     5 s. Its answer counts when it comes; until then there is none, at once.
package keyring
