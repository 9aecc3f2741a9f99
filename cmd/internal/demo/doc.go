// Package demo is the main job on the built-in sample labels: pictures are
// decoded, boxes captured, devices registered at a simulated Partner Center in
// the same process. It lives in a throw-away folder and never sees a configured
// token or address.
//
// The script: boxes are read by camera and registered; the line to Partner
// Center drops in the middle, boxes are kept all the same; it heals and they
// are registered too. One device belongs to another organisation (808), one
// label has only an EAN-13, one box is read twice.
package demo
