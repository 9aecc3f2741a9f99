package signin

import (
	"html/template"
	"net/http"
)

// A Page is what the browser shows when the sign-in ended.
type Page struct {
	// Language is the tag of its language, Title its heading, Text the sentence
	// below. Both are escaped.
	Language, Title, Text string
}

func plainPage(err error) Page {
	if err != nil {
		return Page{"en", "Not signed in", "Close this window and look at the station."}
	}
	return Page{"en", "Signed in", "Close this window and go back to the station."}
}

const pageText = `<!DOCTYPE html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{.Title}}</title></head>
<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em; text-align: center">
<h1>{{.Title}}</h1><p>{{.Text}}</p></body></html>
`

// show sends the page. It is kept nowhere, loads nothing and tells nobody where
// it was: its address has the code in it.
func show(w http.ResponseWriter, status int, page Page) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_ = template.Must(template.New("page").Parse(pageText)).Execute(w, page) // a browser that went away sees nothing
}
