package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"
)

// maxPages ends a list that never does. At 100 devices a page it is far more
// than any batch has.
const maxPages = 20_000

// Why a list is not complete.
var (
	errNoList   = errors.New("there is no list in the answer")
	errEndless  = errors.New("the list never ends")
	errCircular = errors.New("the list goes round in circles")
)

// A page is a part of any list of Partner Center's.
type page[Row any] struct {
	TotalCount        *text  `json:"totalCount"`
	Items             *[]Row `json:"items"`
	ContinuationToken text   `json:"continuationToken"`
	Links             struct {
		Next *struct {
			Headers []struct {
				Key   text `json:"key"`
				Value text `json:"value"`
			} `json:"headers"`
		} `json:"next"`
	} `json:"links"`
}

// next is the token of the following page, empty on the last.
func (p page[Row]) next() string {
	if token := p.ContinuationToken.trimmed(); token != "" || p.Links.Next == nil {
		return token
	}
	for _, header := range p.Links.Next.Headers {
		if isContinuation(header.Key.trimmed()) {
			return header.Value.trimmed()
		}
	}
	return ""
}

func isContinuation(header string) bool { return strings.EqualFold(header, "MS-ContinuationToken") }

// getPage fetches one page.
func getPage[Row any](ctx context.Context, c *Client, what call) (page[Row], error) {
	var got page[Row]
	err := c.get(ctx, what, &got)
	if err == nil && got.Items == nil && got.TotalCount == nil {
		err = NewError(what.op, NoAnswer, errNoList)
	}
	return got, err
}

// rows gives every row of all pages of a list, in order, and ends at the first
// error, which it yields. further is the query of all pages but the first.
func rows[Row any](ctx context.Context, c *Client, what call, further url.Values) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var none Row
		had := map[string]bool{}
		for range maxPages {
			got, err := getPage[Row](ctx, c, what)
			if err != nil {
				yield(none, err)
				return
			}
			if !got.each(yield) {
				return
			}
			next := got.next()
			if next == "" {
				return
			}
			if had[next] {
				yield(none, NewError(what.op, NoAnswer, errCircular))
				return
			}
			had[next] = true
			what.continuation, what.query = next, further
		}
		yield(none, NewError(what.op, NoAnswer, errEndless))
	}
}

// each yields the rows of this page and says whether to go on.
func (p page[Row]) each(yield func(Row, error) bool) bool {
	if p.Items == nil {
		return true
	}
	for _, row := range *p.Items {
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

// collect is a whole list. One that cannot be had whole is an error, for half a
// list would pass for all there is.
func collect[Row, Thing any](list iter.Seq2[Row, error], thing func(Row) Thing) ([]Thing, error) {
	var things []Thing
	for row, err := range list {
		if err != nil {
			return nil, err
		}
		things = append(things, thing(row))
	}
	return things, nil
}

// get makes a GET and decodes its answer.
func (c *Client) get(ctx context.Context, what call, into any) error {
	got, err := c.send(ctx, what)
	if err != nil {
		return err
	}
	if got.cut != nil {
		return unreadable(what.op, got, got.cut)
	}
	if err := unmarshal(got.body, into); err != nil {
		return unreadable(what.op, got, fmt.Errorf("%w: %w", errNotPartnerCenter, err))
	}
	return nil
}
