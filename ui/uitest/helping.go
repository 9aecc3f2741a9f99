package uitest

import (
	"context"
	"fmt"
	"strings"

	"pkidstation/assets"
	"pkidstation/queue"
	"pkidstation/ui"
)

type diagnostics struct{ *station }

func (d diagnostics) Gather(context.Context) (ui.Bundle, error) { return d.bundle, d.broken }

func (d diagnostics) Save(context.Context, ui.Bundle, string) error { return d.refusal }

// bundle is what a station would send: its log is long, and has the widest lines.
func bundle() ui.Bundle {
	var log strings.Builder
	for n := range 200 {
		fmt.Fprintf(&log, `{"time":"2026-11-24T14:%02d:05.123+01:00","level":"INFO","msg":"scan","verdict":"accepted","source":"serial:/dev/ttyACM0","number":%d,"pkid":"‹…%04d›"}`+"\n", n%60, n+1, 6781+n)
	}
	return ui.Bundle{
		Path: "/var/lib/pkidstation/diagnostics-Quai-2-20261124-143700.zip",
		Files: []ui.BundleFile{
			{Name: "about.txt", Text: "PKID Station, diagnostics of 2026-11-24T14:37:00+01:00\nWhole PKIDs, serials, customers, people, tokens and addresses of mail are masked as ‹…›.\n\n" +
				"program           pkidstation\nversion           v1.0.0\nrevision          4b9641cfb667\ngo                go1.26.0\nsystem            linux/amd64\nfyne.io/fyne/v2   v2.8.1\n"},
			{Name: "settings.txt", Text: "station.name       \"Quai 2\"  station.toml:2\nupload.batch_size  500       default\nupload.after       \"20m0s\"   PKIDSTATION_UPLOAD_AFTER\naccess_token       none\n"},
			{Name: "logs/pkidstation.log", Text: log.String()},
		},
	}
}

// about is what a program says of itself that was built of a few modules.
func about() ui.About {
	licences := []assets.Licence{
		{Name: assets.ProgramName, Kind: "MIT", Text: "MIT License\n\nCopyright (c) 2026 PKID Station authors\n\n" + strings.Repeat("Permission is hereby granted, free of charge, to any person obtaining a copy.\n", 60)},
		{Name: assets.GoName, Kind: "BSD-3-Clause", Text: "Copyright 2009 The Go Authors.\n"},
	}
	for _, name := range []string{"codeberg.org/go-pdf/fpdf", "fyne.io/fyne/v2", "github.com/BurntSushi/toml", "github.com/cenkalti/backoff/v5", "go.etcd.io/bbolt"} {
		licences = append(licences, assets.Licence{Name: name, Version: "v0.1.0-pre.1.0.20260707082822-2a407d02d01a", Kind: "MIT", Text: "MIT License\n"})
	}
	licences = append(licences, assets.Licence{Name: "fyne.io/fyne/v2", Version: "v2.8.1", Part: "theme/font/LICENSE_DejaVu-Powerline.txt", Kind: "Bitstream-Vera", Text: "Bitstream\n"})
	return ui.About{Version: "v1.0.0", Revision: "4b9641cfb667", Go: "go1.26.0", Fyne: "v2.8.1", Licences: licences}
}

func helpingStates() []State {
	broken := func(s *station) { s.broken = queue.ErrDamaged }
	open := func(s *Shot) { s.press("F1"); s.ctrl("D") }
	return []State{
		state("diagnostics", "first", open),
		state("diagnostics", "log", func(s *Shot) { open(s); s.press("Down", "Down", "F8") }),
		state("diagnostics", "save", func(s *Shot) { open(s); s.ctrl("Return") }),
		with("diagnostics", "failed", broken, open),
		state("about", "all", func(s *Shot) { s.press("F1"); s.ctrl("I") }),
		state("about", "search", func(s *Shot) { s.press("F1"); s.ctrl("I"); s.types("font bitstream") }),
		state("about", "none", func(s *Shot) { s.press("F1"); s.ctrl("I"); s.types("xyz") }),
		state("about", "licence", func(s *Shot) { s.press("F1"); s.ctrl("I"); s.press("Return") }),
	}
}
