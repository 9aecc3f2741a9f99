package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/typed"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/label"
)

// The exit codes that scripts rely on.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitPerson
	exitUnreachable
)

// stdio is what the process has around it.
type stdio struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	// ring is the system's keyring.
	ring keyring.Ring
	// cameras is where local cameras are; the zero value is this machine.
	cameras v4l2.System
}

// An exitError ends the command with its code; without a sentence, what there
// was to say has been said.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// run runs one command and gives its exit code.
func run(ctx context.Context, args []string, std stdio) int {
	p := &program{stdio: std}
	p.hidePIN()
	root := p.root() //nolint:contextcheck // commands take theirs from ExecuteContext
	root.SetArgs(args)
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	err := checkArguments(args)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	return p.report(errors.Join(err, p.close(err)))
}

// checkArguments refuses a product key wherever it stands: an argument ends in
// queues, logs and messages.
func checkArguments(args []string) error {
	if slices.ContainsFunc(args, func(arg string) bool { return label.HoldsSecret(withoutIDs(arg)) }) {
		return &exitError{code: exitUsage, err: typed.ErrSecret}
	}
	return nil
}

// anID is an entry's or a tenant's ID.
var anID = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)

// withoutIDs is the argument without the IDs in it: one in some thousands of
// them looks like a product key, alone or beside what else is in the argument.
func withoutIDs(arg string) string { return anID.ReplaceAllString(arg, "#") }

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "pkidctl",
		Short:         "Read PKIDs, keep them, register them for Windows Autopilot",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Usage() // nothing else can be done about it
			return usage("a command is missing")
		},
	}
	root.SetFlagErrorFunc(badFlag)
	root.PersistentFlags().StringVar(&p.data, "data", "", "data folder (default: PKIDSTATION_DATA, the machine's, the user's)")
	root.AddCommand(
		handoverCommand(p), decodeCommand(p), scanCommand(p), queueCommand(p), uploadCommand(p), exportCommand(p), checkCommand(p), repairCommand(p), backupCommand(p), restoreCommand(p),
		customersCommand(p), loginCommand(p), logoutCommand(p), relationshipRequestCommand(p), profilesCommand(p), removeCommand(p),
		auditCommand(p), operatorsCommand(p), sheetCommand(p), simulateCommand(p), demoCommand(p), doctorCommand(p), configCommand(p), versionCommand(p), licencesCommand(p), diagCommand(p),
		supervisorsCommand(p), reviewPolicyCommand(p), retentionCommand(p), importCommand(p), reconcileCommand(p), listsCommand(p), lookupCommand(p), morningCommand(p),
	)
	for _, cmd := range append(root.Commands(), queueOf(root)...) {
		strictArgs(cmd)
	}
	return root
}

func queueOf(root *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, cmd := range root.Commands() {
		all = append(all, cmd.Commands()...)
	}
	return all
}

// strictArgs makes wrong arguments a usage error.
func strictArgs(cmd *cobra.Command) {
	check := cmd.Args
	if check == nil {
		check = cobra.NoArgs
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return badArguments(cmd, args, err)
		}
		return nil
	}
	if cmd.HasSubCommands() && cmd.RunE == nil {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			return usage("%s needs one of its commands; see %s --help", cmd.CommandPath(), cmd.CommandPath())
		}
	}
}

// report says what went wrong in a sentence and gives the exit code.
func (p *program) report(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, syscall.EPIPE):
		return exitFailed // nobody reads any more: there is nobody to tell
	}
	exit, ok := errors.AsType[*exitError](err)
	switch {
	case ok && exit.err == nil:
		return exit.code
	case ok:
		p.complain(exit.err, exit.code)
		return exit.code
	case isUsage(err):
		p.complain(err, exitUsage)
		return exitUsage
	default:
		p.complain(err, exitFailed)
		return exitFailed
	}
}

// isUsage knows what cobra itself found wrong with the command line; it has no
// type for it.
func isUsage(err error) bool {
	return slices.ContainsFunc([]string{
		"unknown command", "required flag", "at least one of the flags in the group", "if any flags in the group",
	}, func(begin string) bool { return strings.HasPrefix(err.Error(), begin) })
}
