package ui

import (
	"context"

	"pkidstation/queue"
)

// Asked is what the station asks of whoever is at the dock, and what they say there
// without a scanner.
type Asked interface {
	// Asked says whether it is asked if the customer is still the right one, and
	// who is asked to take the open work over, "" for nobody.
	Asked() (customer bool, comes string)
	// Confirm says yes to it. Its verdict comes through Intake.Verdicts, as that of
	// EndLayer does, and as closing the reception reads it back.
	Confirm(ctx context.Context) error
	// EndLayer ends a layer of the pallet.
	EndLayer(ctx context.Context) error
	// Expect keeps how many boxes are to come in the open reception.
	Expect(ctx context.Context, boxes int) (queue.Reception, error)
}
