package words

import "pkidstation/queue"

// Why is why an entry stands as it does, with what a list says where that is why.
func (w *Words) Why(e queue.Entry) string {
	if !byList(e) {
		return w.Reason(e.Reason)
	}
	data := about(e)
	w.listed(data, e.Listed)
	data["Other"] = w.work(queue.Work{Customer: e.Listed.Customer, Order: e.Listed.Order})
	return w.Say("why.listed."+string(e.Reason), data)
}

// byList says whether an entry is held for what a list says.
func byList(e queue.Entry) bool {
	return e.State == queue.Held && (e.Reason == queue.Conflict || e.Reason == queue.OtherCustomer) && e.Listed != queue.Listed{}
}

// listed adds the placeholders of what a list says.
func (w *Words) listed(data map[string]any, l queue.Listed) {
	data["ListPKID"], data["ListSerial"], data["Row"] = orNone(identity(l.PKID)), orNone(Shown(l.Serial)), l.Row
	for _, name := range []string{"PKID", "Serial"} {
		if data[name] == "" {
			data[name] = orNone("")
		}
	}
}

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
