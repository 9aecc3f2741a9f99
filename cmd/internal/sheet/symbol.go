package sheet

import (
	"fmt"

	"pkidstation/scanner/code128"
	"pkidstation/scanner/command"
)

const (
	// module is nine dots of a printer with 600 dpi.
	module = 0.381
	// leastBars is the least height of a symbol.
	leastBars = 12
)

// symbol is a command's symbol, its top left at x and y. It is no wider than
// most: a badge with a long name has narrower modules.
func symbol(c command.Command, x, y, height, most float64) (Symbol, error) {
	text := c.Text()
	modules, err := code128.Modules(text)
	if err != nil {
		return Symbol{}, fmt.Errorf("drawing %s: %w", c.Word, err)
	}
	all := float64(len(modules) + 2*code128.QuietZone)
	m := min(module, most/all)
	return Symbol{Box: Box{X: x, Y: y, W: all * m, H: height}, Text: text, Modules: modules, Module: m}, nil
}
