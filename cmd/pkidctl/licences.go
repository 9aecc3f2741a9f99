package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pkidstation/assets"
)

func licencesCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "licences",
		Short: "Print under what licence this program is, and each module and font built into it",
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				for _, l := range assets.Licences() {
					if err := p.object(l); err != nil {
						return err
					}
				}
				return nil
			}
			return p.licences()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// licences prints the list, and then all texts.
func (p *program) licences() error {
	var list strings.Builder
	w := tabwriter.NewWriter(&list, 0, 0, 2, ' ', 0)
	all := assets.Licences()
	for _, l := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Name, l.Version, l.Kind, l.Part) //nolint:errcheck // it writes into memory
	}
	_ = w.Flush() // as above
	for _, l := range all {
		fmt.Fprintf(&list, "\n==> %s <==\n%s\n", strings.TrimSpace(l.Name+" "+l.Version+" "+l.Part), strings.TrimRight(l.Text, "\n"))
	}
	return p.line(strings.TrimRight(list.String(), "\n"))
}
