package diagnostics

import "runtime/debug"

// shortRevision is enough of a revision to find it by.
const shortRevision = 12

func clipped(text string, most int) string { return text[:min(len(text), most)] }

// A Build is what the build itself recorded.
type Build struct {
	Version, Revision, Go string
	// Modules are the versions of the modules that are linked in.
	Modules map[string]string
}

// Built is what this program was built as.
func Built() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{Version: "(unknown)"}
	}
	b := Build{Version: info.Main.Version, Go: info.GoVersion, Modules: map[string]string{}}
	for _, m := range info.Deps {
		b.Modules[m.Path] = m.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value
		}
	}
	return b
}
