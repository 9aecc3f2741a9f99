package serial

import (
	"fmt"
	"slices"
	"strings"

	bugst "go.bug.st/serial"
	"go.bug.st/serial/enumerator"
)

// A listing asks the registry which COM names there are, which costs nothing,
// and the device manager what they are only when the names have changed.
type listing struct {
	names []string
	last  []Port
}

func (Finder) look() *listing { return &listing{} }

func (l *listing) ports() ([]Port, error) {
	names, err := bugst.GetPortsList()
	if err != nil {
		return nil, fmt.Errorf("listing serial ports: %w", err)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if l.last != nil && slices.Equal(names, l.names) {
		return slices.Clone(l.last), nil
	}
	known, err := enumerator.GetDetailedPortsList() // asks no device anything
	if err != nil {
		return nil, fmt.Errorf("listing serial ports: %w", err)
	}
	ports := portsOf(names, known)
	if len(known) >= len(names) { // else the device manager is a moment late, and is asked again
		l.names, l.last = names, ports
	}
	return slices.Clone(ports), nil
}

// portsOf tells of each name what is known of it.
func portsOf(names []string, known []*enumerator.PortDetails) []Port {
	all := make([]Port, 0, len(names))
	for _, name := range names {
		p := Port{Name: name, Node: name}
		for _, d := range known {
			if d.Name == name {
				p.VID, p.PID = strings.ToLower(d.VID), strings.ToLower(d.PID)
				p.Maker, p.Product, p.Serial = makerOf(p.VID), printable(d.Product), printable(d.SerialNumber)
			}
		}
		all = append(all, p)
	}
	return sorted(all)
}

// present says whether there is such a COM name. Where that cannot be told,
// opening it will.
func present(device string) bool {
	names, err := bugst.GetPortsList()
	return err != nil || !comName.MatchString(device) || slices.Contains(names, device)
}
