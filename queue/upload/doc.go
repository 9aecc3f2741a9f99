// Package upload sends what the queue has ready to Partner Center, exactly
// once, and brings back what Microsoft answered for each device.
package upload
