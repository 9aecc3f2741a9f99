package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/queue/upload"
	"pkidstation/ui/words"
)

type loginFlags struct {
	deviceCode, noBrowser, json bool
}

func loginCommand(p *program) *cobra.Command {
	var f loginFlags
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Sign in to Partner Center",
		Long: `Opens the system's browser to sign in to Partner Center, and keeps the sign-in for
the station and for pkidctl: encrypted in the data folder, its key in the system's
keyring. It may run while the station does. Without a display it gives a code to
type on another device.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.login(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.deviceCode, "device-code", false, "give a code to type on another device")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "print the address instead of opening the browser")
	flags.BoolVar(&f.json, "json", false, "one JSON object a line")
	cmd.MarkFlagsMutuallyExclusive("device-code", "no-browser")
	return cmd
}

// login signs in, and refuses before anybody typed anything where it could not be
// kept: this process ends.
func (p *program) login(ctx context.Context, f loginFlags) error {
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	store := keyring.New(folder, p.ring)
	source, err := uplink.SignInWith(cfg, store, p.log.Logger)
	if err != nil {
		return err
	}
	if source.State().Standing == signin.FromOther {
		return signin.ErrExternal
	}
	if err := store.Usable(ctx); err != nil {
		return err
	}
	source.Look(ctx) // a sign-in that lacked MFA is to be done anew
	account, err := p.person(ctx, source, f)
	if err != nil {
		return unreachable(err)
	}
	return p.signedIn(account, source.State(), f.json)
}

// person lets the person sign in the way that was asked for, or that is possible.
func (p *program) person(ctx context.Context, source *signin.Source, f loginFlags) (signin.Account, error) {
	switch {
	case f.deviceCode:
		return source.DeviceCode(ctx, p.prompt(f.json))
	case f.noBrowser:
		return source.Browser(ctx, func(url string) error { return p.visit("signin.login.address", url, f.json) })
	case !hasDisplay(p.environ):
		p.say("signin.login.no-display")
		return source.DeviceCode(ctx, p.prompt(f.json))
	}
	account, err := source.Browser(ctx, func(url string) error {
		if err := openBrowser(context.WithoutCancel(ctx), url); err != nil {
			return err
		}
		return p.visit("signin.login.open", url, f.json)
	})
	if errors.Is(err, signin.ErrNoBrowser) {
		fmt.Fprintln(p.err, "pkidctl:", p.words().Error(err)) //nolint:errcheck // the code follows
		return source.DeviceCode(ctx, p.prompt(f.json))
	}
	return account, err
}

func (p *program) say(id string) {
	fmt.Fprintln(p.err, "pkidctl:", p.words().Say(id)) //nolint:errcheck // what follows tells
}

// visit shows the address to open.
func (p *program) visit(id, url string, asJSON bool) error {
	if asJSON {
		return p.object(map[string]string{"step": "open", "url": url})
	}
	return errors.Join(p.line(p.words().Say(id)), p.line(url))
}

// prompt shows the code to type on another device.
func (p *program) prompt(asJSON bool) func(signin.Prompt) {
	return func(shown signin.Prompt) {
		if asJSON {
			_ = p.object(map[string]any{"step": "code", "url": shown.URL, "code": shown.Code, "expires": shown.Expires.UTC().Format(time.RFC3339)}) // the end tells
			return
		}
		_ = p.line(p.words().Say("signin.login.code", "URL", shown.URL, "Code", shown.Code)) // the end tells
	}
}

// jsonSignIn is the end of a sign-in as scripts get it.
type jsonSignIn struct {
	Step    string         `json:"step"`
	Account string         `json:"account"`
	Tenant  string         `json:"tenant"`
	Factors signin.Factors `json:"factors"`
	Kept    string         `json:"kept"` // keyring or memory
}

// signedIn says who signed in. What ends with this process needs a person again.
func (p *program) signedIn(account signin.Account, state signin.State, asJSON bool) error {
	kept := "keyring"
	if state.MemoryOnly {
		kept = "memory"
	}
	var err error
	if asJSON {
		err = p.object(jsonSignIn{"signed-in", account.Name, account.Tenant, account.Factors, kept})
	} else {
		err = p.line(p.words().Say("signin.login.done", "Name", words.Shown(account.Name), "Tenant", words.Shown(account.Tenant)))
	}
	if err == nil && state.MemoryOnly {
		fmt.Fprintln(p.err, "pkidctl:", p.words().Error(signin.ErrMemoryOnly)) //nolint:errcheck // the exit code says it too
		return &exitError{code: exitPerson}
	}
	return err
}

// hasDisplay says whether a browser could show itself.
func hasDisplay(environ []string) bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	return slices.ContainsFunc(environ, func(v string) bool {
		name, value, _ := strings.Cut(v, "=")
		return (name == "DISPLAY" || name == "WAYLAND_DISPLAY") && value != ""
	})
}

// openBrowser hands an https or loopback address to the system, which chooses the
// browser. It is not waited for: some systems' openers live as long as the browser.
func openBrowser(ctx context.Context, url string) error {
	command := []string{"xdg-open", url}
	switch runtime.GOOS {
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", url}
	case "darwin":
		command = []string{"open", url}
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // the system's opener; the address is the sign-in's and begins with http
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", command[0], err)
	}
	go func() { _ = cmd.Wait() }() // so that it does not stay as a zombie
	return nil
}

// signIn is the program's sign-in: one, for all it asks of Partner Center.
func (p *program) signIn(cfg config.Config) (*signin.Source, error) {
	if p.signed != nil {
		return p.signed, nil
	}
	folder, err := p.folder()
	if err != nil {
		return nil, err
	}
	p.signed, err = uplink.SignInWith(cfg, keyring.New(folder, p.ring), p.log.Logger)
	return p.signed, err
}

// client is the Partner Center client of the configuration.
func (p *program) client(cfg config.Config) (*partnercenter.Client, error) {
	source, err := p.signIn(cfg)
	if err != nil {
		return nil, err
	}
	return uplink.Client(cfg, source)
}

// uploader is the uploader of the configuration over the open queue.
func (p *program) uploader(cfg config.Config) (*upload.Uploader, error) {
	client, err := p.client(cfg)
	if err != nil {
		return nil, err
	}
	return uplink.New(cfg, client, p.queue, p.log.Logger), nil
}
