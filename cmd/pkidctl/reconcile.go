package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/ui/words"
)

type reconcileFlags struct {
	order, customer string
	json            bool
}

func reconcileCommand(p *program) *cobra.Command {
	var f reconcileFlags
	cmd := &cobra.Command{
		Use:   "reconcile --order REF",
		Short: "Say what of an order arrived, is missing, unexpected or contradicted, and whether it may leave",
		Long: `Holds what was scanned for an order against what was announced of it. A device is
arrived, missing (announced, and not scanned), unexpected (scanned, and not
announced) or a conflict (its serial number is another one's, or it is announced for
somebody else). The order may leave when every device that is due is registered and no
other box is in doubt.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.reconcile(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.order, "order", "", "the order")
	cmd.Flags().StringVar(&f.customer, "customer", "", "only of this customer (tenant id), where several have an order of that name")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a device, then one with the counts")
	_ = cmd.MarkFlagRequired("order")
	return cmd
}

func (p *program) reconcile(ctx context.Context, f reconcileFlags) error {
	id, err := tenant(f.customer)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	r, err := q.Reconcile(ctx, f.order, id)
	if err != nil {
		return err
	}
	if f.json {
		return p.reconciledJSON(r)
	}
	p.callByName(ctx)
	return p.reconciled(r)
}

// jsonReconciled is a device of an order, and jsonReconciliation the last line.
type jsonReconciled struct {
	PKID   string             `json:"pkid"`
	Serial string             `json:"serial"`
	Status queue.DeviceStatus `json:"status"`
}

type jsonReconciliation struct {
	Arrived    int  `json:"arrived"`
	Missing    int  `json:"missing"`
	Unexpected int  `json:"unexpected"`
	Conflict   int  `json:"conflict"`
	Announced  int  `json:"announced"`
	Registered int  `json:"registered"`
	MayLeave   bool `json:"may_leave"`
}

func (p *program) reconciledJSON(r queue.Reconciliation) error {
	for _, d := range r.Devices {
		if err := p.object(jsonReconciled{string(d.PKID), d.Serial, d.Status}); err != nil {
			return err
		}
	}
	return p.object(jsonReconciliation{
		Arrived: r.Arrived, Missing: r.Missing, Unexpected: r.Unexpected, Conflict: r.Conflicts, Announced: r.Announced,
		Registered: r.Registered, MayLeave: r.MayLeave(),
	})
}

func (p *program) reconciled(r queue.Reconciliation) error {
	w, t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0), p.words()
	fmt.Fprintln(w, t.Say("cli.reconcile.head")) //nolint:errcheck // Flush tells
	for _, d := range r.Devices {
		number := ""
		if d.Number > 0 {
			number = fmt.Sprint(d.Number)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.DeviceStatus(d), number, words.Shown(d.Pallet), d.PKID, words.Shown(d.Serial), t.Staying(d)) //nolint:errcheck // as above
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, text := range append([]string{t.Leaving(r)}, t.StayingBoxes(r)...) {
		if err := p.line(text); err != nil {
			return err
		}
	}
	return nil
}
