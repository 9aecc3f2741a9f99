package assets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./internal/drawsamples

//go:embed samples/*.png
var samples embed.FS

// A Sample is a picture of a device's box, drawn for the demo, and what is
// printed on it.
type Sample struct {
	// File is the picture's name in SampleFS.
	File string
	// Maker and Model are made up.
	Maker, Model string
	// PKID, Serial and EAN are the codes on the label; empty where it has
	// none. EAN is an EAN-13 of 13 digits or a UPC-A of 12.
	PKID, Serial, EAN string
	// Code is what the simulated Partner Center answers for the device; empty
	// where it registers it.
	Code string
	// Tilt is how the box lies, in degrees clockwise.
	Tilt float64
	// Note says why the sample is in the demo.
	Note string
}

// Samples are the boxes of the demo, in its order.
func Samples() []Sample {
	return []Sample{
		{
			File: "box-1.png", Maker: "FABRIKAM", Model: "TravelBook 14 G3", Tilt: 0,
			PKID: "3305123456781", Serial: "5CG4071QZ8", EAN: "2004512300014", Note: "an ordinary box",
		},
		{
			File: "box-2.png", Maker: "NORTHWIND", Model: "Field Tablet 11", Tilt: 1.5,
			PKID: "3305123456794", Serial: "PF3ZK81Q", EAN: "2007731200455", Note: "a PKID that passes an EAN-13's check digit",
		},
		{
			File: "box-3.png", Maker: "CONTOSO", Model: "USB-C Dock 90 W", Tilt: -1,
			EAN: "3301234000017", Note: "13 digits, but an EAN-13: no PKID",
		},
		{
			File: "box-4.png", Maker: "FABRIKAM", Model: "TravelBook 14 G3", Tilt: 90,
			PKID: "3305123457221", Serial: "5CG4071R0K", EAN: "2004512300014", Code: "808", Note: "registered to another customer",
		},
		{
			File: "box-5.png", Maker: "FABRIKAM", Model: "TravelBook 14 G3", Tilt: -2.5,
			PKID: "3305123456781", Serial: "5CG4071QZ8", EAN: "2004512300014", Note: "the first box again",
		},
		{
			File: "box-6.png", Maker: "TAILSPIN", Model: "Desk Mini S", Tilt: 2,
			PKID: "3305123459010", Serial: "8H2KF93", EAN: "200000045876", Note: "an ordinary box with a UPC-A",
		},
	}
}

// SampleFS has the pictures of the samples.
func SampleFS() fs.FS {
	pictures, err := fs.Sub(samples, "samples")
	if err != nil {
		return samples // cannot be: the folder's name is a constant.
	}
	return pictures
}
