package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are what the flags say.
type options struct {
	seeds       []uint64
	frames      int
	adversaries int
	corpus      string
	readers     []string
	picture     string
	readme      string
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	var seeds, readers string
	set := flag.NewFlagSet("visionbench", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&seeds, "seeds", "1,2,3", "the generator's `seeds`")
	set.IntVar(&o.frames, "frames", 4, "frames of each cell and seed")
	set.IntVar(&o.adversaries, "adversaries", 28, "adversarial frames of each seed")
	set.StringVar(&o.corpus, "corpus", "", "a `folder` with labels/truth.tsv or photos/*")
	set.StringVar(&readers, "readers", "vision,gozxing,zbar,zxing-cpp", "who reads")
	set.StringVar(&o.picture, "picture", "", "the chart's PNG `file`")
	set.StringVar(&o.readme, "readme", "", "a `file` whose part between the markers is written anew")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	for s := range strings.SplitSeq(seeds, ",") {
		seed, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return o, fmt.Errorf("--seeds: %w", err)
		}
		o.seeds = append(o.seeds, seed)
	}
	o.readers = strings.Split(readers, ",")
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if err == nil {
		err = bench(ctx, o, stdout, stderr)
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "visionbench:", err)
		return 1
	}
	return 0
}

// bench reads all frames with all readers and writes what came of it.
func bench(ctx context.Context, o options, stdout, stderr io.Writer) error {
	scratch, err := os.MkdirTemp("", "visionbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	readers, err := choose(ctx, o.readers, scratch, stderr)
	if err != nil {
		return err
	}
	start := time.Now()
	t := newTally(readers)
	for s, err := range o.shots() {
		if err == nil {
			err = t.read(ctx, s)
		}
		if err != nil {
			return err
		}
		t.progress(stderr)
	}
	t.complain(stderr)
	text := t.markdown(o, start)
	if _, err := io.WriteString(stdout, text); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	if o.picture != "" {
		if err := writeChart(o.picture, t); err != nil {
			return err
		}
	}
	if o.readme != "" {
		return spliceFile(o.readme, text)
	}
	return nil
}
