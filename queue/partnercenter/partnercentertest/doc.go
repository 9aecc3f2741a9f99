// Package partnercentertest is a model of Partner Center's device API.
package partnercentertest
