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
	"time"
	"unicode"
)

// maxPages ends a list that never does. At 100 devices a page it is far more
// than any batch has.
const maxPages = 20_000

// Why a list is not complete.
var (
	errNoList   = errors.New("there is no list in the answer")
	errEndless  = errors.New("the list never ends")
	errCircular = errors.New("the list goes round in circles")
	errToken    = errors.New("the token of the next page cannot be sent")
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
	// seek is the query of all pages but the first.
	seek url.Values
	// thing is what becomes of a row; false leaves it out.
	thing func(Wire) (Thing, bool)
	// orNull says that an answer of null means an empty list.
	orNull bool
}

// rows gives every row of all pages of a list, in order, and ends at the first
// error, which it yields. Each page is a request of its own, in its own turn. A
// page that was given is not given again, whatever becomes of the next.
func (l listing[Wire, Thing]) rows(ctx context.Context, c *Client) iter.Seq2[Thing, error] {
	return func(yield func(Thing, error) bool) {
		left := maxPatience
		l.within(ctx, c, &left)(yield)
	}
}

// within is rows, for as long as the patience lasts that is left.
func (l listing[Wire, Thing]) within(ctx context.Context, c *Client, left *time.Duration) iter.Seq2[Thing, error] {
	further := func(ctx context.Context, c *Client, what call, had tokens) ([]Thing, string, error) {
		return l.further(ctx, c, what, had, left)
	}
	return func(yield func(Thing, error) bool) {
		var nothing Thing
		had := tokens{}
		ask := l.page
		for what := l.call; ; {
			got, next, err := ask(ctx, c, what, had)
			if err != nil {
				yield(nothing, err)
				return
			}
			for _, thing := range got {
				if !yield(thing, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			had.add(next)
			what.continuation, what.query, ask = next, l.seek, further
		}
	}
}

// page fetches one page, and the token of the next, in one request. had are the
// tokens that were followed already.
func (l listing[Wire, Thing]) page(ctx context.Context, c *Client, what call, had tokens) ([]Thing, string, error) {
	var got page[Thing]
	err := c.get(ctx, what, func(r *reading) (err error) {
		got, err = read(r, l.thing)
		switch {
		case err != nil:
			return err
		case !got.list && (!got.none || !l.orNull):
			return errNoList
		}
		return had.check(got.next())
	})
	return got.things, got.next(), err
}

// tokens are those of the pages that a list had, by their sums: a token may be
// long, and there may be many.
type tokens map[[sha256.Size]byte]bool

// check refuses a token that came before, one too many, and one that no header
// can carry.
func (t tokens) check(token string) error {
	switch {
	case token == "":
		return nil
	case strings.ContainsFunc(token, unicode.IsControl):
		return errToken
	case t[sha256.Sum256([]byte(token))]:
		return errCircular
	case len(t) >= maxPages-1:
		return errEndless
	}
	return nil
}

// add notes a token that is followed.
func (t tokens) add(token string) { t[sha256.Sum256([]byte(token))] = true }

// all is a whole list. One that cannot be had whole is an error, for half a
// list would pass for all there is. Where its rest was forgotten on the way it is
// begun anew, once: a service that forgets twice would do so for ever.
func (l listing[Wire, Thing]) all(ctx context.Context, c *Client) ([]Thing, error) {
	left := maxPatience
	things, err := l.whole(ctx, c, &left)
	if errors.Is(err, errForgotten) {
		return l.whole(ctx, c, &left)
	}
	return things, err
}

// whole is all of a list, from its first page on.
func (l listing[Wire, Thing]) whole(ctx context.Context, c *Client, left *time.Duration) ([]Thing, error) {
	var things []Thing
	held := 0
	for thing, err := range l.within(ctx, c, left) {
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

// one gets a single thing. Where thing is false the answer is not Partner
// Center's.
func one[Wire, Thing any](ctx context.Context, c *Client, what call, thing func(Wire) (Thing, bool)) (Thing, error) {
	var made Thing
	err := c.get(ctx, what, func(r *reading) error {
		var wire Wire
		if err := r.value(&wire); err != nil {
			return err
		}
		single, usable := thing(wire)
		if !usable {
			return errNotPartnerCenter
		}
		made = single
		return nil
	})
	if err != nil {
		var nothing Thing
		return nothing, err
	}
	return made, nil
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
