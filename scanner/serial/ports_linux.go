package serial

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A listing reads what the kernel (sysfs) and udev (links in /dev/serial) say.
// It opens no port: that would reset some devices and take them from others.
type listing struct{ dev, sys string }

func (f Finder) look() *listing {
	return &listing{dev: filepath.Join(f.Root, "/dev"), sys: filepath.Join(f.Root, "/sys")}
}

func (l *listing) ports() ([]Port, error) {
	links := l.links()
	ttys, err := os.ReadDir(filepath.Join(l.sys, "class/tty"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	consoles := strings.Fields(l.read("class/tty/console/active"))
	var all []Port
	for _, tty := range ttys {
		node := filepath.Join(l.dev, tty.Name())
		if !slices.Contains(consoles, tty.Name()) && l.isPort(tty.Name()) {
			all = append(all, l.port(node, links[node]))
		}
		delete(links, node)
	}
	for node, link := range links { // what sysfs does not know
		all = append(all, Port{Name: link, Node: node, Product: linkWords(link)})
	}
	return sorted(all), nil
}

// links gives the lasting name of each device that has one: by-id, or else
// by-path (the socket that it is plugged into).
func (l *listing) links() map[string]string {
	links := map[string]string{}
	for _, folder := range []string{"serial/by-id", "serial/by-path"} {
		for node, link := range l.linksIn(filepath.Join(l.dev, folder)) {
			if _, has := links[node]; !has {
				links[node] = link
			}
		}
	}
	return links
}

func (l *listing) linksIn(folder string) map[string]string {
	links := map[string]string{}
	entries, _ := os.ReadDir(folder) // without udev there is none
	for _, entry := range entries {
		link := filepath.Join(folder, entry.Name())
		node, err := os.Readlink(link)
		if err != nil || !present(link) {
			continue
		}
		if !filepath.IsAbs(node) {
			node = filepath.Join(folder, node)
		}
		if _, has := links[node]; !has { // ReadDir is in order: the same one every time
			links[node] = link
		}
	}
	return links
}

// isPort says whether there is hardware behind a terminal. There is none behind
// screens (tty7) and pseudo terminals, nor behind the ttyS that the kernel
// provides for in case (type 0).
func (l *listing) isPort(name string) bool {
	if strings.Trim(strings.TrimPrefix(name, "tty"), "0123456789") == "" {
		return false
	}
	folder := filepath.Join("class/tty", name)
	if _, err := os.Lstat(filepath.Join(l.sys, folder, "device")); err != nil && !strings.HasPrefix(name, "rfcomm") {
		return false
	}
	return l.read(filepath.Join(folder, "type")) != "0" && present(filepath.Join(l.dev, name))
}

func (l *listing) port(node, link string) Port {
	p := Port{Name: node, Node: node}
	if link != "" {
		p.Name, p.Product = link, linkWords(link)
	}
	usb := l.usb(filepath.Base(node))
	if usb == "" {
		return p
	}
	p.VID, p.PID = l.read(usb+"/idVendor"), l.read(usb+"/idProduct")
	p.Maker, p.Serial = makerOf(p.VID), printable(l.read(usb+"/serial"))
	if p.Maker == "" {
		p.Maker = printable(l.read(usb + "/manufacturer"))
	}
	if product := printable(l.read(usb + "/product")); product != "" {
		p.Product = product
	}
	return p
}

// usb is the folder below sys of the USB device that a terminal belongs to,
// empty if it belongs to none.
func (l *listing) usb(tty string) string {
	root, err := filepath.EvalSymlinks(l.sys)
	if err != nil {
		return ""
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(root, "class/tty", tty, "device"))
	if err != nil {
		return ""
	}
	for ; strings.HasPrefix(folder, root+"/"); folder = filepath.Dir(folder) {
		if present(filepath.Join(folder, "idVendor")) {
			return strings.TrimPrefix(folder, root+"/")
		}
	}
	return ""
}

// read is what a file below sys says, empty if there is none.
func (l *listing) read(file string) string {
	text, _ := os.ReadFile(filepath.Join(l.sys, file)) //nolint:gosec // below /sys; what is not there says nothing
	return strings.TrimSpace(string(text))
}

// linkWords reads udev's name of a device:
// "usb-Honeywell_Voyager_1470g_18A-if00" is "Honeywell Voyager 1470g 18A".
func linkWords(link string) string {
	name := filepath.Base(link)
	if !strings.HasPrefix(name, "usb-") {
		return ""
	}
	name = strings.TrimPrefix(name, "usb-")
	if at := strings.LastIndex(name, "-if"); at > 0 {
		name = name[:at]
	}
	return printable(strings.ReplaceAll(name, "_", " "))
}
