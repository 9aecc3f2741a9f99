package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// shares are between 0 and 1, and statuses those that are known.
func (f *simulateFlags) shares() error {
	for name, share := range map[string]float64{
		"faults": f.opts.Faults, "job-stutter": f.opts.JobStutter, "job-stuck": f.opts.JobStuck,
		"job-vanish": f.opts.JobVanish, "rows-missing": f.opts.RowsMissing,
	} {
		if !(share >= 0 && share <= 1) {
			return usage("--%s %v is not between 0 and 1", name, share)
		}
	}
	if f.opts.JobStutter == 0 {
		f.opts.JobStutter = -1 // in Options 0 is the default
	}
	if f.opts.AppOnlyStatus != 401 && f.opts.AppOnlyStatus != 403 {
		return usage("--app-only-status %d is neither 401 nor 403", f.opts.AppOnlyStatus)
	}
	if f.opts.OtherPartyStatus != 400 && f.opts.OtherPartyStatus != 403 {
		return usage("--other-party-status %d is neither 400 nor 403", f.opts.OtherPartyStatus)
	}
	return nil
}

func (f *simulateFlags) readCustomers() error {
	for _, text := range f.customers {
		who, name, named := strings.Cut(text, "=")
		id, err := simulated("customer", who)
		if err != nil {
			return err
		}
		if !named {
			name = who
		}
		f.opts.Customers = append(f.opts.Customers, autopilot.Customer{ID: id, Name: name, Relationship: autopilot.RelationshipReseller})
	}
	return nil
}

func (f *simulateFlags) readPolicies() error {
	f.opts.Policies = map[autopilot.TenantID][]partnercentertest.Policy{}
	for _, text := range f.policies {
		parts := strings.SplitN(text, "=", 3)
		if len(parts) < 3 || parts[1] == "" {
			return usage("--policy %q is not TENANT=ID=NAME", text)
		}
		id, err := simulated("policy", parts[0])
		if err != nil {
			return err
		}
		f.opts.Policies[id] = append(f.opts.Policies[id], partnercentertest.Policy{ID: parts[1], Name: parts[2]})
	}
	return nil
}

func (f *simulateFlags) readResellers() error {
	f.opts.Resellers = map[autopilot.TenantID][]partnercentertest.Reseller{}
	for _, text := range f.resellers {
		parts := strings.SplitN(text, "=", 4)
		if len(parts) < 3 {
			return usage("--reseller %q is not TENANT=ID=NAME[=MPN]", text)
		}
		id, err := simulated("reseller", parts[0])
		if err != nil {
			return err
		}
		reseller, err := simulated("reseller", parts[1])
		if err != nil {
			return err
		}
		one := partnercentertest.Reseller{ID: reseller, Name: parts[2]}
		if len(parts) == 4 {
			one.MPN = parts[3]
		}
		f.opts.Resellers[id] = append(f.opts.Resellers[id], one)
	}
	return nil
}

// readDevices is what the directory knows.
func (f *simulateFlags) readDevices() error {
	for text := range f.devices {
		if _, err := simulatedPKID("device", text); err != nil {
			return err
		}
	}
	codes := f.devices
	f.opts.Directory = func(d autopilot.Device) autopilot.Code { return autopilot.Code(codes[string(d.PKID)]) }
	f.opts.KnownAfter = map[autopilot.PKID]time.Duration{}
	for text, when := range f.known {
		pkid, err := simulatedPKID("known-after", text)
		if err != nil {
			return err
		}
		if f.opts.KnownAfter[pkid], err = time.ParseDuration(when); err != nil {
			return usage("--known-after: %w", err)
		}
	}
	return nil
}

func (f *simulateFlags) readTwins() error {
	f.opts.Twins = map[autopilot.PKID]autopilot.Device{}
	for _, text := range f.twins {
		parts := strings.SplitN(text, "=", 4)
		if len(parts) < 4 || slices.Contains(parts, "") {
			return usage("--twin is not PKID=SERIAL=MANUFACTURER=MODEL")
		}
		pkid, err := simulatedPKID("twin", parts[0])
		if err != nil {
			return err
		}
		f.opts.Twins[pkid] = autopilot.Device{Serial: parts[1], Manufacturer: parts[2], Model: parts[3]}
	}
	return nil
}

func (f *simulateFlags) readTroubles() error {
	for _, name := range f.faulty {
		if !slices.Contains(faultNames(), name) {
			return usage("--fault %q is none of %v", name, faultNames())
		}
		f.opts.Faulty = append(f.opts.Faulty, partnercentertest.Fault(name))
	}
	for _, text := range f.troubles {
		trouble, err := readTrouble(text)
		if err != nil {
			return err
		}
		f.opts.Troubles = append(f.opts.Troubles, trouble)
	}
	return nil
}

// readTrouble reads fault=NAME,method=POST,….
func readTrouble(text string) (trouble partnercentertest.Trouble, err error) {
	for part := range strings.SplitSeq(text, ",") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "fault":
			trouble.Fault = partnercentertest.Fault(value)
		case "method":
			trouble.Method = value
		case "path":
			trouble.Path = value
		case "customer":
			trouble.Customer, err = simulated("trouble", value)
		case "from":
			trouble.From, err = strconv.Atoi(value)
		case "to":
			trouble.To, err = strconv.Atoi(value)
		case "share":
			trouble.Share, err = strconv.ParseFloat(value, 64)
		default:
			return trouble, usage("--trouble: %q is none of fault, method, path, customer, from, to and share", key)
		}
		if err != nil {
			return trouble, usage("--trouble %s: %w", part, err)
		}
	}
	if !slices.Contains(faultNames(), string(trouble.Fault)) {
		return trouble, usage("--trouble: fault %q is none of %v", trouble.Fault, faultNames())
	}
	return trouble, nil
}

func faultNames() (names []string) {
	for _, fault := range partnercentertest.AllFaults() {
		names = append(names, string(fault))
	}
	return names
}

func relationships() []autopilot.Relationship {
	return []autopilot.Relationship{
		autopilot.RelationshipReseller, autopilot.RelationshipNone, autopilot.RelationshipAdvisor,
		autopilot.RelationshipSyndicate, autopilot.RelationshipMicrosoft, autopilot.RelationshipUnknown,
	}
}

// simulated is a flag's tenant id, which is not empty.
func simulated(flag, text string) (autopilot.TenantID, error) {
	id, err := autopilot.ParseTenantID(text)
	if err != nil {
		return "", usage("--%s %q is no tenant id", flag, text)
	}
	return id, nil
}

func simulatedPKID(flag, text string) (autopilot.PKID, error) {
	pkid, err := autopilot.ParsePKID(text)
	if err != nil {
		return "", usage("--%s: %w", flag, err)
	}
	return pkid, nil
}

// An alternative is a flag that takes one of a few words.
type alternative[Word ~string] struct {
	to    *Word
	words []Word
}

// oneOf sets to to the first of the words until the flag says another.
func oneOf[Word ~string](to *Word, words ...Word) *alternative[Word] {
	*to = words[0]
	return &alternative[Word]{to, words}
}

// Set is for the flag.
func (a *alternative[Word]) Set(text string) error {
	if !slices.Contains(a.words, Word(text)) {
		return fmt.Errorf("it is one of %s", a.Type())
	}
	*a.to = Word(text)
	return nil
}

// String is the word that is set.
func (a *alternative[Word]) String() string { return string(*a.to) }

// Type is what help shows.
func (a *alternative[Word]) Type() string {
	var words []string
	for _, word := range a.words {
		words = append(words, string(word))
	}
	return strings.Join(words, "|")
}
