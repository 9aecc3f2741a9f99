package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/sight"
	"pkidstation/ui/words"
)

type cameraFlags struct {
	seconds    int
	json, list bool
}

func doctorCameraCommand(p *program) *cobra.Command {
	var f cameraFlags
	cmd := &cobra.Command{
		Use:   "camera [NAME | ADDRESS | FILE]",
		Short: "Try a camera: pictures a second, sharpness, light, what is read, and what to change",
		Long: `Looks through a camera for a while and says, once a second, how many pictures
come, how large and how sharp they are, whether there is light enough, and what
was read of them; at the end, what to change. Nothing is kept, and no queue is
opened.

NAME is a camera of this PC (on Linux), ADDRESS that of an MJPEG stream, FILE a
picture, a Y4M film or a folder of pictures. Without one it is the station's own
camera, [scanner] camera in station.toml; where none is set, and with --list, the
cameras of this PC are listed with what they can do.

It exits with 0 when there is nothing to change, with 3 when there is, and with 1
where no picture came.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			source := ""
			if len(args) > 0 {
				source = args[0]
			}
			return p.doctorCamera(cmd.Context(), source, f)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.seconds, "seconds", 10, "how long to look through a live camera")
	flags.BoolVar(&f.list, "list", false, "list the cameras of this PC")
	flags.BoolVar(&f.json, "json", false, "one JSON object a line")
	return cmd
}

// doctorCamera looks through a camera, or lists those that there are.
func (p *program) doctorCamera(ctx context.Context, source string, f cameraFlags) error {
	const most = 3600
	if f.seconds < 1 || f.seconds > most {
		return usage("--seconds %d is not from 1 to %d", f.seconds, most)
	}
	cfg, err := p.looked()
	if err != nil {
		return err
	}
	if source == "" {
		source = cfg.Scanner.Camera
	}
	if source == "" || f.list {
		return p.listCameras(f.json)
	}
	look := &cameraLook{program: p, known: cfg.Label.Classifier(), json: f.json}
	if err := look.through(ctx, source, f.seconds); err != nil {
		return err
	}
	if look.whole.pictures == 0 {
		if ctx.Err() == nil {
			fmt.Fprintln(p.err, "pkidctl:", p.words().Say("sight.no-picture")) //nolint:errcheck // the exit code says it too
		}
		return &exitError{code: exitFailed}
	}
	return p.adviseCamera(sight.Judge(look.whole.frames, look.whole.perSecond(look.arrived.Load())), f.json)
}

// adviseCamera says what to change; that is a person's work.
func (p *program) adviseCamera(advice []sight.Advice, asJSON bool) error {
	change := advice[0] != sight.Fine
	var err error
	if asJSON {
		err = p.object(jsonReport{Advice: vocabulary.Sight(advice), Change: change})
	} else {
		for _, sentence := range p.words().Sights(vocabulary.Sight(advice)) {
			err = errors.Join(err, p.line("- "+sentence))
		}
	}
	if err == nil && change {
		err = &exitError{code: exitPerson}
	}
	return err
}

// A jsonCamera is a camera of this PC as scripts get it.
type jsonCamera struct {
	Name   string   `json:"name"`
	Path   string   `json:"path"`
	Mode   string   `json:"mode"`
	Modes  []string `json:"modes"`
	Reason string   `json:"reason"`
}

// listCameras lists the cameras of this PC; none is a failure.
func (p *program) listCameras(asJSON bool) error {
	all, err := camera.Locals(p.cameras)
	if err != nil {
		return err
	}
	for _, c := range all {
		if asJSON {
			err = errors.Join(err, p.object(jsonCamera{c.Name, c.Path, c.Mode, append([]string{}, c.Modes...), reasonOf(c.Err)}))
			continue
		}
		what := c.Mode
		if c.Err != nil {
			what = p.words().Error(c.Err)
		}
		err = errors.Join(err, p.line(words.Shown(c.Name)+" · "+words.Shown(c.Path)+" · "+what))
	}
	switch {
	case err != nil:
		return err
	case len(all) == 0:
		fmt.Fprintln(p.err, "pkidctl:", p.words().Say("sight.none")) //nolint:errcheck // the exit code says it too
		return &exitError{code: exitFailed}
	case !asJSON:
		fmt.Fprintln(p.err, p.words().Say("sight.choose")) //nolint:errcheck // a hint
	}
	return nil
}

// reasonOf is why a camera cannot be used, as a fixed word.
func reasonOf(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, camera.ErrPermission):
		return "permission"
	case errors.Is(err, camera.ErrBusy):
		return "busy"
	default:
		return "failed"
	}
}
