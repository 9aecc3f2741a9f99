package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// maxTyped is the most bytes of a typed line that are read.
const maxTyped = 4096

// confirm has a person type the name of each customer whose registrations are
// to be taken back. yes stands for one customer, never for several: taking back
// the wrong customer's devices is what it is there to prevent.
func (p *program) confirm(ctx context.Context, q *queue.Queue, entries []queue.Entry, yes bool) error {
	whose, counts, err := customersOf(ctx, q, entries)
	if err != nil {
		return err
	}
	if yes && len(whose) > 1 {
		return usage("%s", p.words().Say("cli.remove.several", "Customers", calledAll(whose)))
	}
	if yes {
		return nil
	}
	typed := bufio.NewReader(io.LimitReader(p.in, maxTyped*int64(len(whose))))
	for _, c := range whose {
		p.remark(p.words().Count("cli.remove.type", counts[c.ID], "Customer", called(c)))
		line, err := typed.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading the customer's name: %w", err)
		}
		if !names(c, line) {
			p.remark(p.words().Say("cli.remove.other-name"))
			return &exitError{code: exitFailed}
		}
	}
	return nil
}

// customersOf are the customers of entries, each once, in their order.
func customersOf(ctx context.Context, q *queue.Queue, entries []queue.Entry) ([]queue.CustomerSetting, map[autopilot.TenantID]int, error) {
	var whose []queue.CustomerSetting
	counts := map[autopilot.TenantID]int{}
	for _, e := range entries {
		if counts[e.Customer]++; counts[e.Customer] > 1 {
			continue
		}
		c, err := customerOr(ctx, q, e.Customer)
		if err != nil {
			return nil, nil, err
		}
		whose = append(whose, c)
	}
	return whose, counts, nil
}

func calledAll(whose []queue.CustomerSetting) string {
	var all []string
	for _, c := range whose {
		all = append(all, called(c))
	}
	return strings.Join(all, ", ")
}

// names says whether a typed line is the customer's name; where none is kept,
// their Microsoft ID. Case and spaces around do not count.
func names(c queue.CustomerSetting, line string) bool {
	name := c.Name
	if name == "" {
		name = string(c.ID)
	}
	return strings.EqualFold(strings.Join(strings.Fields(line), " "), strings.Join(strings.Fields(name), " "))
}
