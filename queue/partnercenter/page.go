package partnercenter

import (
	"context"
	"crypto/sha256"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"reflect"
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
type page[Thing any] struct {
	things []Thing
	// list says that there was one, though perhaps of nothing.
	list bool
	// none says that the whole answer was null.
	none         bool
	continuation text
	links        linksWire
}

// linksWire is where the customers' pages have their token.
type linksWire struct {
	Next *struct {
		Headers []struct {
			Key   text `json:"key"`
			Value text `json:"value"`
		} `json:"headers"`
	} `json:"next"`
}

// next is the token of the following page, empty on the last.
func (p *page[Thing]) next() string {
	if token := p.continuation.trimmed(); token != "" || p.links.Next == nil {
		return token
	}
	for _, header := range p.links.Next.Headers {
		if strings.EqualFold(header.Key.trimmed(), "MS-ContinuationToken") {
			return header.Value.trimmed()
		}
	}
	return ""
}

// read takes a page in. thing is what becomes of a row; false leaves it out.
func read[Wire, Thing any](r *reading, thing func(Wire) (Thing, bool)) (page[Thing], error) {
	var got page[Thing]
	object, err := r.object(func(name string) error {
		switch strings.ToLower(name) {
		case "totalcount":
			var count text
			err := r.value(&count)
			got.list = got.list || count != ""
			return err
		case "items":
			return got.items(r, func() (Thing, bool, error) {
				var row Wire
				err := r.value(&row)
				made, usable := thing(row)
				return made, usable, err
			})
		case "continuationtoken":
			return r.value(&got.continuation)
		case "links":
			return r.value(&got.links)
		default:
			return r.skip()
		}
	})
	got.none = !object
	return got, err
}

// items takes the rows of a page in.
func (p *page[Thing]) items(r *reading, row func() (Thing, bool, error)) error {
	p.things = nil
	there, err := r.array(func() error {
		made, usable, err := row()
		if err != nil || !usable {
			return err
		}
		p.things = append(p.things, made)
		return r.hold(made)
	})
	p.list = p.list || there
	return err
}

// A listing is how one kind of list is asked for.
type listing[Wire, Thing any] struct {
	call call
	// further is the query of all pages but the first.
	further url.Values
	// thing is what becomes of a row; false leaves it out.
	thing func(Wire) (Thing, bool)
	// orNull says that an answer of null means an empty list.
	orNull bool
}

// rows gives every row of all pages of a list, in order, and ends at the first
// error, which it yields. Each page is a request of its own, in its own turn.
func (l listing[Wire, Thing]) rows(ctx context.Context, c *Client) iter.Seq2[Thing, error] {
	return func(yield func(Thing, error) bool) {
		var nothing Thing
		had := map[[sha256.Size]byte]bool{}
		for what := l.call; ; {
			got, err := l.page(ctx, c, what)
			if err != nil {
				yield(nothing, err)
				return
			}
			for _, thing := range got.things {
				if !yield(thing, nil) {
					return
				}
			}
			next := got.next()
			if next == "" {
				return
			}
			if err := turned(had, next); err != nil {
				yield(nothing, NewError(what.op, NoAnswer, err))
				return
			}
			what.continuation, what.query = next, l.further
		}
	}
}

// turned notes the token of the next page, and refuses one too many.
func turned(had map[[sha256.Size]byte]bool, token string) error {
	sum := sha256.Sum256([]byte(token))
	switch {
	case had[sum]:
		return errCircular
	case len(had) >= maxPages-1:
		return errEndless
	}
	had[sum] = true
	return nil
}

// page fetches one page.
func (l listing[Wire, Thing]) page(ctx context.Context, c *Client, what call) (page[Thing], error) {
	var got page[Thing]
	err := c.get(ctx, what, func(r *reading) (err error) {
		got, err = read(r, l.thing)
		return err
	})
	if err == nil && !got.list && (!got.none || !l.orNull) {
		err = NewError(what.op, NoAnswer, errNoList)
	}
	return got, err
}

// all is a whole list. One that cannot be had whole is an error, for half a
// list would pass for all there is.
func (l listing[Wire, Thing]) all(ctx context.Context, c *Client) ([]Thing, error) {
	var things []Thing
	held := 0
	for thing, err := range l.rows(ctx, c) {
		if err != nil {
			return nil, err
		}
		if held += weight(reflect.ValueOf(&thing).Elem()); held > maxWhole {
			return nil, NewError(l.call.op, NoAnswer, errTooLong)
		}
		things = append(things, thing)
	}
	return things, nil
}

// get makes a GET and decodes its answer. A part of it (206) was not asked for.
func (c *Client) get(ctx context.Context, what call, decode func(*reading) error) error {
	what.method, what.decode = http.MethodGet, decode
	got, err := c.send(ctx, what)
	switch {
	case err != nil:
		return err
	case got.status == http.StatusPartialContent:
		return unreadable(what.op, got, errNotPartnerCenter)
	case got.cut != nil:
		return unreadable(what.op, got, got.cut)
	}
	return nil
}
