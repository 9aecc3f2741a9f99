package serial

// makerOf is who makes scanners under a USB vendor id, empty if nobody known
// does. The ids and what is sold under them are those of the public usb.ids
// list (2026-06-10); a scanner of any other maker, and one behind an adapter,
// is offered all the same.
func makerOf(vid string) string {
	switch vid {
	case "0536", // Hand Held Products
		"067e", // Intermec
		"0c2e": // Metrologic
		return "Honeywell"
	case "05e0": // Symbol Technologies
		return "Zebra"
	case "05f9", // PSC Scanning
		"080c":
		return "Datalogic"
	case "065a": // Optoelectronics
		return "Opticon"
	case "1eab": // Fujian Newland
		return "Newland"
	default:
		return ""
	}
}
