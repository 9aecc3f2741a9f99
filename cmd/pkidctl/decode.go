package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/explain"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/label"
	"pkidstation/scanner/vision"
	"pkidstation/ui/words"
)

func decodeCommand(p *program) *cobra.Command {
	var f decodeFlags
	cmd := &cobra.Command{
		Use:   "decode FILE...",
		Short: "Read every barcode on pictures (PNG, JPEG, PGM) and say what each is",
		Long: `Reads every barcode on pictures (PNG, JPEG, PGM) and says what each is.

--explain DIR also writes, into a folder that is new or empty, what each stage of
reading saw, as pictures: where it looked, the bars it found there, what they were
decoded to, and why that was not believed. explain.txt there says what is on each.
Reading takes longer then.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.decode(cmd.Context(), args, f) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a picture")
	cmd.Flags().StringVar(&f.explain, "explain", "", "write what each stage saw into `DIR`, which is new or empty")
	return cmd
}

type decodeFlags struct {
	json    bool
	explain string
}

// jsonPicture is what was read on a picture. The codes of a product key are
// given without text: it must appear nowhere.
type jsonPicture struct {
	File         string     `json:"file"`
	Width        int        `json:"width"`
	Height       int        `json:"height"`
	Milliseconds float64    `json:"milliseconds"`
	Codes        []jsonCode `json:"codes"`
}

type jsonCode struct {
	Text       string            `json:"text"`
	Symbology  scanner.Symbology `json:"symbology"`
	AIM        string            `json:"aim"`
	Kind       label.Kind        `json:"kind"`
	Confidence label.Confidence  `json:"confidence"`
	Corners    [4][2]int         `json:"corners"`
}

type jsonFault struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

// decode goes on after a picture that cannot be read, and fails at the end.
func (p *program) decode(ctx context.Context, files []string, f decodeFlags) (err error) {
	var folder *explain.Folder
	if f.explain != "" {
		if folder, err = explain.Create(f.explain, p.words()); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, folder.Close()) }()
	}
	failed := false
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		picture, err := camera.ReadPicture(ctx, file)
		if err != nil {
			failed = true
			err = p.noPicture(file, err, f.json)
		} else {
			err = p.picture(ctx, file, picture, folder, f.json)
		}
		if err != nil {
			return err
		}
	}
	if folder != nil {
		p.remark(p.words().Say("explain.done", "Folder", f.explain))
	}
	if failed {
		return &exitError{code: exitFailed}
	}
	return nil
}

func (p *program) noPicture(file string, err error, asJSON bool) error {
	if asJSON {
		return p.object(jsonFault{File: file, Error: err.Error()})
	}
	_, err = fmt.Fprintf(p.err, "pkidctl: %s: %s\n", file, p.words().Error(err))
	return err
}

func (p *program) picture(ctx context.Context, file string, picture image.Image, folder *explain.Folder, asJSON bool) error {
	var notes explain.Notes
	reader := vision.Reader{Workers: 1}
	if folder != nil {
		reader.Explain = notes.Take
	}
	began := time.Now()
	codes := reader.Decode(ctx, picture)
	took := time.Since(began)
	if folder != nil {
		if err := folder.Write(file, picture.Bounds(), &notes); err != nil {
			return err
		}
	}
	if !asJSON {
		return p.sayCodes(file, codes)
	}
	out := jsonPicture{
		File: file, Width: picture.Bounds().Dx(), Height: picture.Bounds().Dy(),
		Milliseconds: float64(took.Microseconds()) / 1000, Codes: []jsonCode{},
	}
	for _, c := range codes {
		out.Codes = append(out.Codes, codeJSON(c))
	}
	return p.object(out)
}

func classify(c vision.Code) label.Code {
	return label.Classify(scanner.Scan{Text: c.Text, Symbology: c.Symbology, AIM: c.AIM})
}

func codeJSON(c vision.Code) jsonCode {
	is := classify(c)
	text := c.Text
	if is.Kind == label.Secret {
		text = ""
	}
	out := jsonCode{Text: text, Symbology: c.Symbology, AIM: c.AIM, Kind: is.Kind, Confidence: is.Confidence}
	for i, corner := range c.Corners {
		out.Corners[i] = [2]int{corner.X, corner.Y}
	}
	return out
}

func (p *program) sayCodes(file string, codes []vision.Code) error {
	if err := p.line(file); err != nil {
		return err
	}
	for _, c := range codes {
		j := codeJSON(c)
		if err := p.line(fmt.Sprintf("  %-10s  %-10s  %s", j.Symbology, p.words().Kind(string(j.Kind)), words.Shown(j.Text))); err != nil {
			return err
		}
	}
	return nil
}
