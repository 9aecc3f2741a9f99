package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func versionCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		RunE: func(*cobra.Command, []string) error {
			v := builtAs()
			if asJSON {
				return p.object(v)
			}
			return p.line(fmt.Sprintf("pkidctl %s %s %s", v.Version, v.Revision, v.Go))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

type built struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Go       string `json:"go"`
}

// builtAs is what the build itself recorded.
func builtAs() built {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return built{Version: "(unknown)"}
	}
	b := built{Version: info.Main.Version, Go: info.GoVersion}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value
		}
	}
	return b
}
