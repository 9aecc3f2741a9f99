package main

import (
	"context"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue/partnercenter/signin"
)

func logoutCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "logout",
		Short: "Forget the sign-in to Partner Center",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.logout(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// logout forgets what is kept, whoever it was for: also where the settings have
// changed since, or are gone.
func (p *program) logout(ctx context.Context, asJSON bool) error {
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	store := keyring.New(folder, p.ring)
	if source, err := uplink.SignInWith(cfg, store, p.log.Logger); err == nil && source.State().Standing == signin.FromOther {
		return signin.ErrExternal
	}
	before, err := store.Load(ctx)
	id := "signin.logout.done"
	if err == signin.ErrNeverSignedIn { //nolint:errorlint // wrapped, there is something that cannot be read
		id = "signin.logout.nobody"
	}
	if err := store.Clear(ctx); err != nil {
		return err
	}
	if asJSON {
		return p.object(map[string]string{"step": "signed-out", "account": before.Account.Name})
	}
	return p.line(p.words().Say(id))
}
