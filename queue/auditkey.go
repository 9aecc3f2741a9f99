package queue

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"pkidstation/queue/audittrail"
)

// KeyFileName is the file in the data folder with the key that exports of the
// audit are signed with.
const KeyFileName = "audit.key"

// keyBlock is what the file calls it: a private key as every tool writes one.
const keyBlock = "PRIVATE KEY"

// settingAuditKey is where the key that the audit last recorded is kept.
const settingAuditKey = "audit-key"

// A recordedKey is the key that the audit last recorded.
type recordedKey struct {
	Fingerprint string    `json:"fingerprint"`
	At          time.Time `json:"at"`
}

// errNoKey is that a file holds no key of ours.
var errNoKey = errors.New("this is no key")

// AuditFingerprint is the fingerprint of the key in a data folder, which is not
// opened for that; fs.ErrNotExist where none was made yet.
func AuditFingerprint(folder string) (string, error) {
	key, err := readKey(filepath.Join(folder, KeyFileName))
	if err != nil {
		return "", fmt.Errorf("reading the audit's key: %w", err)
	}
	return fingerprintOf(key), nil
}

func fingerprintOf(key ed25519.PrivateKey) string {
	public, _ := key.Public().(ed25519.PublicKey) // it is no other
	return audittrail.Fingerprint(public)
}

// signingKey is the station's key. One that was never made, or was lost or cannot
// be read, is made anew, and the audit says so, with its fingerprint: whoever
// compares fingerprints must hear of it.
func (q *Queue) signingKey(tx *transaction, by string) (key ed25519.PrivateKey, fresh bool, err error) {
	path := filepath.Join(q.folder, KeyFileName)
	key, err = readKey(path)
	if errors.Is(err, errNoKey) {
		aside := path + ".damaged-" + q.now().UTC().Format("20060102-150405")
		err = errors.Join(os.Rename(path, aside), fs.ErrNotExist)
	}
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(path)
	}
	if err != nil {
		return nil, false, fmt.Errorf("the audit's key: %w", err)
	}
	fingerprint := fingerprintOf(key)
	errNone := errors.New("none yet")
	switch known, err := get[recordedKey](tx, bucketSetting, []byte(settingAuditKey), errNone); {
	case err != nil && !errors.Is(err, errNone):
		return nil, false, err
	case known.Fingerprint == fingerprint:
		return key, false, nil
	}
	if err := put(tx, bucketSetting, []byte(settingAuditKey), recordedKey{fingerprint, q.now()}); err != nil {
		return nil, false, err
	}
	return key, true, q.audit(tx, 0, AuditLine{By: by, Action: ActionAuditKey, Note: fingerprint})
}

// readKey reads a key. What is no regular file is not opened.
func readKey(path string) (ed25519.PrivateKey, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoKey
	}
	f, err := os.Open(path) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	const longest = 4096
	text, err := io.ReadAll(io.LimitReader(f, longest))
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != keyBlock {
		return nil, errNoKey
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, errNoKey
	}
	return key, nil
}

// makeKey makes a key, which is on the disk under its name before it is used.
func makeKey(path string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, KeyFileName+".*.new") // 0600
	if err != nil {
		return nil, err
	}
	_, err = f.Write(pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der}))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(err, os.Remove(f.Name()))
	}
	return key, syncFolder(folder)
}
