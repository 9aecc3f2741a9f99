package keyring

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"pkidstation/cmd/internal/replace"
	"pkidstation/queue/partnercenter/signin"
)

// FileName is the name of the file in the data folder.
const FileName = "signin.bin"

// ErrUnreadable says that the file is there and cannot be opened with our key.
var ErrUnreadable = errors.New("the kept sign-in cannot be read")

// A Store keeps the sign-in of one data folder. It is a signin.Store.
type Store struct {
	file   string
	holder *keyholder
}

var _ signin.ComparingStore = (*Store)(nil)

// New gives the Store of a data folder. It asks the ring nothing yet.
func New(folder string, ring Ring) *Store {
	return &Store{file: filepath.Join(folder, FileName), holder: &keyholder{ring: ring, account: account(folder)}}
}

// account is what the keyring calls the folder: each has a key of its own.
func account(folder string) string {
	if whole, err := filepath.Abs(folder); err == nil {
		folder = whole
	}
	if followed, err := filepath.EvalSymlinks(folder); err == nil {
		folder = followed
	}
	sum := sha256.Sum256([]byte(folder))
	return hex.EncodeToString(sum[:16])
}

// Usable says why the keyring cannot be used, with ErrNoKeyring, or nil. It makes
// the key if there is none.
func (s *Store) Usable(ctx context.Context) error {
	_, err := s.holder.get(ctx, true)
	return err
}

// Load gives the token. Every error is signin.ErrNeverSignedIn; one that also is
// ErrUnreadable or ErrNoKeyring says why what is there does not count.
func (s *Store) Load(ctx context.Context) (signin.Token, error) {
	sealed, err := read(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return signin.Token{}, signin.ErrNeverSignedIn
	}
	if err != nil {
		return signin.Token{}, unusable(ErrUnreadable, err)
	}
	key, err := s.holder.get(ctx, false)
	switch {
	case errors.Is(err, ErrNoKeyring):
		return signin.Token{}, unusable(ErrNoKeyring, err)
	case err != nil:
		return signin.Token{}, unusable(ErrUnreadable, err)
	}
	token, err := s.open(sealed, key)
	if err != nil {
		return signin.Token{}, unusable(ErrUnreadable, err)
	}
	return token, nil
}

// unusable is no sign-in, and why.
func unusable(kind, why error) error {
	return fmt.Errorf("%w: %w: %w", signin.ErrNeverSignedIn, kind, why)
}

// Save keeps the token. Without a keyring it fails with signin.ErrMemoryOnly, and
// what the file has is no longer there: it is older.
func (s *Store) Save(ctx context.Context, token signin.Token) error {
	key, err := s.holder.get(ctx, true)
	if err != nil {
		return errors.Join(fmt.Errorf("%w: %w", signin.ErrMemoryOnly, err), s.Clear(ctx))
	}
	sealed, err := s.seal(token, key)
	if err != nil {
		return err
	}
	if err := replace.File(s.file, sealed); err != nil {
		return fmt.Errorf("keeping the sign-in: %w", err)
	}
	return nil
}

// Clear removes the file. The key stays in the keyring, where it opens nothing.
func (s *Store) Clear(context.Context) error {
	if err := os.Remove(s.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forgetting the sign-in: %w", err)
	}
	return nil
}

// ClearIf removes the file where it still has this token. Another process may
// replace it between a look and a removal, so it is taken away under another
// name, looked at once more, and put back where it has another token by now.
func (s *Store) ClearIf(ctx context.Context, refused signin.Token) error {
	if kept, err := s.Load(ctx); err != nil || !same(kept, refused) {
		return nil // what cannot be read is not known to be the refused one
	}
	taken, err := s.take()
	if err != nil || taken == "" {
		return err
	}
	defer os.Remove(taken) //nolint:errcheck // the next Save sweeps it away
	if kept, err := (&Store{file: taken, holder: s.holder}).Load(ctx); err == nil && same(kept, refused) {
		return nil
	}
	err = os.Link(taken, s.file)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		err = os.Rename(taken, s.file)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) { // what is there already is newer still
		return fmt.Errorf("putting the sign-in back: %w", err)
	}
	return nil
}

func same(a, b signin.Token) bool { return a.Access == b.Access && a.Refresh == b.Refresh }

// take gives the file a name of its own, empty where there is no file.
func (s *Store) take() (name string, err error) {
	place, err := os.CreateTemp(filepath.Dir(s.file), filepath.Base(s.file)+".*.partial")
	if err != nil {
		return "", fmt.Errorf("forgetting the sign-in: %w", err)
	}
	if err = errors.Join(place.Close(), os.Rename(s.file, place.Name())); err == nil {
		return place.Name(), nil
	}
	_ = os.Remove(place.Name()) // the next Save sweeps it away
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return "", fmt.Errorf("forgetting the sign-in: %w", err)
}

// magic begins the file and names its format.
const magic = "PKIDSIG1"

// maxFile is far beyond any token.
const maxFile = 256 << 10

func (s *Store) seal(token signin.Token, key []byte) ([]byte, error) {
	plain, err := json.Marshal(token)
	if err != nil {
		return nil, fmt.Errorf("encoding the sign-in: %w", err)
	}
	lock, err := lockOf(key)
	if err != nil {
		return nil, err
	}
	return lock.Seal([]byte(magic), nil, plain, s.context()), nil //nolint:gosec // the lock draws a nonce itself
}

func (s *Store) open(sealed, key []byte) (signin.Token, error) {
	if len(sealed) < len(magic) || string(sealed[:len(magic)]) != magic {
		return signin.Token{}, errors.New("the file is not ours")
	}
	lock, err := lockOf(key)
	if err != nil {
		return signin.Token{}, err
	}
	plain, err := lock.Open(nil, nil, sealed[len(magic):], s.context())
	if err != nil {
		return signin.Token{}, fmt.Errorf("opening the file: %w", err)
	}
	var token signin.Token
	if err := json.Unmarshal(plain, &token); err != nil {
		return signin.Token{}, fmt.Errorf("decoding the sign-in: %w", err)
	}
	return token, nil
}

// context is what the file is bound to beside its key.
func (s *Store) context() []byte { return []byte(magic + s.holder.account) }

func lockOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	lock, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	return lock, nil
}

// read takes a regular file, up to a bound.
func read(file string) ([]byte, error) {
	there, err := os.Lstat(file)
	if err != nil {
		return nil, err
	}
	if !there.Mode().IsRegular() || there.Size() > maxFile {
		return nil, errors.New("it is not our file")
	}
	f, err := os.Open(file) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(f, maxFile))
}
