package main

import (
	"context"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/trial"
)

func doctorCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find out what is wrong with what a station is made of",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Usage() // nothing else can be done about it
			return usage("doctor needs one of its commands")
		},
	}
	cmd.AddCommand(doctorScannerCommand(p), doctorCameraCommand(p), doctorPartnerCenterCommand(p), doctorStationCommand(p))
	return cmd
}

type doctorFlags struct {
	serialDevice    string
	keyboard, stdin bool
	json            bool
	count           int
}

func doctorScannerCommand(p *program) *cobra.Command {
	var f doctorFlags
	cmd := &cobra.Command{
		Use:   "scanner [--serial DEVICE[@BAUD] | --keyboard | --stdin]",
		Short: "Try a scanner: see what it sends, what that is taken for, and what to change on it",
		Long: `Takes a few codes of a scanner and says of each what came, how it ended, how
fast, and what it was taken for; at the end, what to change on the scanner.
Nothing is kept, and no queue is opened.

--keyboard listens to a scanner that types into this terminal, --serial to one
on a serial port, --stdin takes one code a line. Without any of them it is
--keyboard on a terminal, else --stdin.

It exits with 0 when there is nothing to change, and with 3 when there is.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.doctorScanner(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.serialDevice, "serial", "", "listen to a serial scanner: DEVICE[@BAUD]")
	flags.BoolVar(&f.keyboard, "keyboard", false, "listen to a scanner that types into this terminal")
	flags.BoolVar(&f.stdin, "stdin", false, "take one code a line from standard input")
	flags.IntVar(&f.count, "count", trial.Enough, "how many codes to take")
	flags.BoolVar(&f.json, "json", false, "one JSON object a line")
	cmd.MarkFlagsMutuallyExclusive("serial", "keyboard", "stdin")
	return cmd
}

// doctorScanner takes so many scans and says what they show.
func (p *program) doctorScanner(ctx context.Context, f doctorFlags) error {
	if f.count < 1 {
		return usage("--count %d is less than 1", f.count)
	}
	cfg, err := p.looked() // the site's own labels, and how its scanners are set up
	if err != nil {
		return err
	}
	// These, too, must not leave a terminal without echo.
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP, syscall.SIGQUIT)
	defer stop()
	source, leave, err := p.tried(ctx, f, cfg)
	if err != nil {
		return err
	}
	defer leave()
	fmt.Fprintln(p.err, p.words().Count("trial.begin", f.count)) //nolint:errcheck // the scans tell
	findings, err := p.findings(ctx, source, cfg.Label.Classifier(), f)
	if err != nil {
		return err
	}
	if len(findings) == 0 {
		if ctx.Err() == nil {
			fmt.Fprintln(p.err, "pkidctl:", p.words().Say("trial.nothing")) //nolint:errcheck // the exit code says it too
		}
		return &exitError{code: exitFailed}
	}
	return p.prescribe(trial.Judge(findings), f.json)
}

// tried is the scanner to try. leave gives back what it took for that.
func (p *program) tried(ctx context.Context, f doctorFlags, cfg config.Config) (source scanner.Source, leave func(), err error) {
	nothing := func() {}
	switch _, terminal := p.terminal(); {
	case f.serialDevice != "":
		source, err = p.source(ctx, scanFlags{serialDevice: f.serialDevice}, cfg)
		return source, nothing, err
	case f.keyboard && !terminal:
		return nil, nil, usage("--keyboard needs a terminal on standard input")
	case f.keyboard, !f.stdin && terminal:
		return p.listen()
	default:
		source, err = p.source(ctx, scanFlags{stdin: true}, cfg)
		return source, nothing, err
	}
}

// findings takes the scans, and tells of each as it comes.
func (p *program) findings(ctx context.Context, source scanner.Source, known *label.Classifier, f doctorFlags) ([]trial.Finding, error) {
	var all []trial.Finding
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			return nil, fmt.Errorf("reading from %s: %w", source.Name(), err)
		}
		found := trial.Look(traced(scan), known.Classify(scan))
		all = append(all, found)
		if err := p.finding(found, len(all), f); err != nil {
			return nil, err
		}
		if len(all) == f.count {
			break
		}
	}
	return all, nil
}

// traced gives a line of a text its trace: a line ends with a line feed, and
// how it came to be is not known.
func traced(scan scanner.Scan) scanner.Scan {
	if scan.Source == stdin && scan.Trace == (scanner.Trace{}) {
		scan.Trace = scanner.Trace{Raw: scan.AIM + scan.Text + "\n", Terminator: "\n"}
	}
	return scan
}

// stdin is the name of the source of lines.
const stdin = "stdin"

// finding tells of one scan.
func (p *program) finding(f trial.Finding, number int, flags doctorFlags) error {
	if flags.json {
		return p.object(findingJSON(f, number))
	}
	spoken := p.words()
	shown := vocabulary.Finding(f)
	head := spoken.Say("trial.read", "Number", number, "Of", flags.count) + " · " + spoken.Say("trial.grade."+shown.Grade)
	if err := p.line(head); err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, fact := range spoken.Facts(shown) {
		fmt.Fprintf(w, "  %s\t%s\n", fact.Name, fact.Value) //nolint:errcheck // Flush tells
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

// prescribe says what to change; that is a person's work.
func (p *program) prescribe(r trial.Report, asJSON bool) error {
	advice := vocabulary.Advice(r.Advice)
	var err error
	if asJSON {
		err = p.object(jsonReport{Advice: advice, Change: r.Change()})
	} else {
		err = p.line("- " + strings.Join(p.words().Advise(advice), "\n- "))
	}
	if err == nil && r.Change() {
		err = &exitError{code: exitPerson}
	}
	return err
}

// jsonFinding is a finding as scripts get it: every key is always there.
type jsonFinding struct {
	Scan       int               `json:"scan"`
	Grade      trial.Grade       `json:"grade"`
	Raw        string            `json:"raw"`
	AIM        string            `json:"aim"`
	Symbology  scanner.Symbology `json:"symbology"`
	Terminator trial.Terminator  `json:"terminator"`
	Keys       int               `json:"keys"`
	AverageMS  float64           `json:"average_ms"`
	LongestMS  float64           `json:"longest_ms"`
	Layout     string            `json:"layout"`
	Unsure     bool              `json:"unsure"`
	Kind       label.Kind        `json:"kind"`
	Confidence label.Confidence  `json:"confidence"`
	Text       string            `json:"text"`
	Reason     label.Reason      `json:"reason"`
	Advice     []string          `json:"advice"`
}

// jsonReport is the last line: what all scans together give cause for.
type jsonReport struct {
	Advice []string `json:"advice"`
	Change bool     `json:"change"`
}

func findingJSON(f trial.Finding, number int) jsonFinding {
	return jsonFinding{
		Scan: number, Grade: f.Grade(), Raw: f.Raw, AIM: f.AIM, Symbology: f.Symbology, Terminator: f.Terminator,
		Keys: f.Keys, AverageMS: milliseconds(f.Average), LongestMS: milliseconds(f.Longest), Layout: f.Layout, Unsure: f.Unsure,
		Kind: f.Code.Kind, Confidence: f.Code.Confidence, Text: f.Code.Text, Reason: f.Code.Reason, Advice: vocabulary.Advice(f.Advice),
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
