package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/ui/words"
)

// A misuse is something that can be wrong with a command line: how it is said in
// English, with what a sentence needs of it in named groups, and the id of that
// sentence. cobra has no types for it.
type misuse struct {
	english *regexp.Regexp
	id      string
}

// misuses are those of cobra, of pflag, and our own commonest.
func misuses() []misuse {
	return []misuse{
		{regexp.MustCompile(`^unknown command "(?P<Name>.*)" for "(?P<Command>[^"]*)"`), "cli.usage.command"},
		{regexp.MustCompile(`(?s)^(?P<Command>.*): unknown flag: (?P<Name>.*)$`), "cli.usage.flag"},
		{regexp.MustCompile(`(?s)^(?P<Command>.*): unknown shorthand flag: '.*' in (?P<Name>-.*)$`), "cli.usage.flag"},
		{regexp.MustCompile(`(?s)^(?P<Command>.*): bad flag syntax: (?P<Name>.*)$`), "cli.usage.flag"},
		{regexp.MustCompile(`(?s)^.*: flag needs an argument: (?:'.*' in )?(?P<Name>-.*)$`), "cli.usage.value.missing"},
		{regexp.MustCompile(`(?s)^.*: invalid argument "(?P<Value>.*)" for "(?P<Name>-[^"]*)" flag: (?:strconv|time|parse)\b.*$`), "cli.usage.value"},
		{regexp.MustCompile(`(?s)^.*: invalid argument "(?P<Value>.*)" for "(?P<Name>-[^"]*)" flag: it is one of (?P<Allowed>.*)$`), "cli.usage.value.allowed"},
		{regexp.MustCompile(`(?s)^.*: invalid argument "(?P<Value>.*)" for "(?P<Name>-[^"]*)" flag: (?P<Why>.*)$`), "cli.usage.value.why"},
		{regexp.MustCompile(`(?s)^(?P<Name>--state) "(?P<Value>.*)" is none of (?P<Allowed>.*)$`), "cli.usage.value.allowed"},
		{regexp.MustCompile(`(?s)^--key "(?P<Value>.*)" is no fingerprint$`), "cli.usage.key"},
		{regexp.MustCompile(`^required flag\(s\) "(?P<Flags>.*)" not set$`), "cli.usage.flags.missing"},
		{regexp.MustCompile(`^if any flags in the group \[(?P<Flags>[^\]]*)\] are set none of the others can be`), "cli.usage.flags.one"},
		{regexp.MustCompile(`^at least one of the flags in the group \[(?P<Flags>[^\]]*)\] is required$`), "cli.usage.flags.any"},
		{regexp.MustCompile(`^a command is missing$`), "cli.usage.command.missing"},
		{regexp.MustCompile(`^(?P<Command>.+) needs one of its commands\b`), "cli.usage.command.incomplete"},
		{regexp.MustCompile(`^(?P<Flags>--(?:by|reason|out|customer|name)) is missing\b`), "cli.usage.flags.missing"},
		{regexp.MustCompile(`^(?P<Command>[a-z -]*[a-z]) needs (?P<Flags>--[a-z-]+(?: and --[a-z-]+)?)$`), "cli.usage.flags.needed"},
		{regexp.MustCompile(`^name entries, or use --all\b`), "cli.usage.entries"},
		{regexp.MustCompile(`^name entries, or an --order\b`), "cli.usage.entries.order"},
		{regexp.MustCompile(`^(?P<Use>.*): an argument is missing$`), "cli.usage.argument.missing"},
		{regexp.MustCompile(`(?s)^(?P<Use>.*): one argument too many, "(?P<Name>.*)"$`), "cli.usage.argument.extra"},
	}
}

// misused says what is wrong with the command line, in words; what is not known
// stays in English.
func misused(w *words.Words, err error) string {
	text := err.Error()
	for _, m := range misuses() {
		found := m.english.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		data := map[string]any{}
		for i, name := range m.english.SubexpNames() {
			switch name {
			case "":
			case "Allowed", "Command", "Use": // ours, and whole
				data[name] = found[i]
			default:
				data[name] = words.Shown(found[i])
			}
		}
		if _, several := data["Flags"]; several {
			data["Flags"] = flagList(found[m.english.SubexpIndex("Flags")])
		}
		return w.Say(m.id, data)
	}
	return text
}

// flagList are names of flags as they are typed.
func flagList(names string) string {
	all := strings.FieldsFunc(strings.ReplaceAll(names, " and ", " "), func(r rune) bool { return strings.ContainsRune(`" ,`, r) })
	for i, name := range all {
		all[i] = "--" + strings.TrimLeft(name, "-")
	}
	return strings.Join(all, ", ")
}

// badFlag is a flag that is wrong, and of which command.
func badFlag(cmd *cobra.Command, err error) error {
	return &exitError{code: exitUsage, err: fmt.Errorf("%s: %w", cmd.CommandPath(), err)}
}

// badArguments says which argument is missing or too much. A command that has
// commands of its own takes none: there it is a command that nobody knows.
func badArguments(cmd *cobra.Command, args []string, err error) error {
	switch {
	case cmd.HasSubCommands():
		return &exitError{code: exitUsage, err: err}
	case len(args) == 0:
		return usage("%s: an argument is missing", cmd.UseLine())
	default:
		return usage("%s: one argument too many, %q", cmd.UseLine(), args[len(args)-1])
	}
}
