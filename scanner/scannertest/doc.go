// Package scannertest draws what scanners see, for tests and for the samples
// that the programs carry: shipping labels on cardboard, and videos of them.
//
// What is drawn depends on nothing but the Label: the same label is the same
// picture, pixel by pixel, on the same architecture.
//
// Only tests and the generator of the samples import this package.
package scannertest
