// Package makers knows how the makers of Windows devices write themselves, and
// some of their models, in the firmware (SMBIOS, system information): what the
// tuple of serial number, manufacturer and model needs letter by letter. Partner
// Center takes any other spelling too, and then answers that it knows no such
// device (812), days later.
//
// It judges and suggests. Nothing is ever rewritten: which spelling a device has,
// only its firmware knows, and a maker may have used several ([Maker.Also]).
//
// # The table
//
// [All] is kept by hand. Each spelling says by [Proof] how it was come by. Exactly
// means that Microsoft writes it, or that drivers of Linux compare the whole string
// with it (DMI_EXACT_MATCH of DMI_SYS_VENDOR, which is the same field); Contained,
// that they look for it inside the string; Told, that only programs of others name
// it. No device's firmware was read for this table: before a spelling is relied on
// for a delivery, register one device by it, or read it on one (msinfo32, "System
// Manufacturer" and "System Model").
//
// The models of Surface are Microsoft's own list,
// https://learn.microsoft.com/surface/surface-system-sku-reference, as it was in
// January 2022, so that newer ones are not in it; those are known by their shape
// alone. What is said of other makers' models is their shape and no list.
package makers
