package explain

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"syscall"

	"pkidstation/ui/words"
)

// ErrNotEmpty means that the folder holds something already.
var ErrNotEmpty = errors.New("the folder is not empty")

// index is the file that says what is on the others.
const index = "explain.txt"

// A Folder is where pictures are explained.
type Folder struct {
	root     *os.Root
	words    *words.Words
	pictures int
}

// Create makes a folder for explanations in the language of w, or takes an empty
// one; one with anything in it is ErrNotEmpty. Close it.
func Create(dir string, w *words.Words) (*Folder, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("making the folder for explanations: %w", err)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s: %w", dir, syscall.ENOTDIR)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the folder for explanations: %w", err)
	}
	inside, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(inside) > 0 {
		err = ErrNotEmpty
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), root.Close())
	}
	return &Folder{root: root, words: w}, nil
}

// Close says that nothing more comes.
func (f *Folder) Close() error { return f.root.Close() }

// write makes a file that is not there yet.
func (f *Folder) write(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("writing an explanation: %w", err)
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing an explanation: %w", err)
	}
	return nil
}

// note adds to the index.
func (f *Folder) note(text string) error {
	file, err := f.root.OpenFile(index, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("writing an explanation: %w", err)
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing an explanation: %w", err)
	}
	return nil
}

func (f *Folder) picture(name string, img image.Image) error {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img); err != nil {
		return fmt.Errorf("drawing an explanation: %w", err)
	}
	return f.write(name, b.Bytes())
}
