package manifest

import "pkidstation/queue/autopilot"

// expected refuses a row for another customer than the expected one. A row that
// names nobody is the expected customer's: a person said so of the whole list.
func (r *reader) expected(d *Row) *Refusal {
	e := r.options.Expected
	if e.ID == "" && len(e.Names) == 0 || d.Tenant == "" && d.Customer == "" {
		return nil
	}
	field, text := Customer, d.Customer
	switch {
	case d.Tenant != "" && e.ID != "":
		if d.Tenant == e.ID {
			return nil
		}
		field, text = Tenant, string(d.Tenant)
	case d.Customer == "": // by an ID, and a name is expected
		field, text = Tenant, string(d.Tenant)
	default:
		for _, name := range e.Names {
			if key(name) == key(d.Customer) {
				return nil
			}
		}
	}
	if _, ok := r.index[field]; !ok {
		field = Customer
	}
	refusal := r.at(field, d.Place, text, OtherCustomer, 0)
	return &refusal
}

// customers drops the rows that name a customer where several are named and none
// is expected, and where one is named the rows that name none.
func (r *reader) customers() {
	if r.options.Expected.ID != "" || len(r.options.Expected.Names) > 0 {
		return
	}
	first, several, unnamed := "", false, false
	for d := range r.m.Rows() {
		switch who := whom(d); {
		case who == "":
			unnamed = true
		case first == "":
			first = who
		case who != first:
			several = true
		}
	}
	if !several && (first == "" || !unnamed) {
		return
	}
	for i := range r.m.rows.n {
		d := r.m.rows.at(i)
		if r.m.dropped[i] {
			continue
		}
		switch field, text := r.naming(d); {
		case text == "":
			r.drop(i, field, "", NoCustomer, 0)
		case several:
			r.drop(i, field, text, MixedCustomers, 0)
		}
	}
}

// naming is the column by which a row names its customer, and what it says.
func (r *reader) naming(d *Row) (Field, string) {
	_, hasTenant := r.index[Tenant]
	if d.Tenant != "" && hasTenant || !r.has(Customer) {
		return Tenant, string(d.Tenant)
	}
	if d.Customer == "" {
		return Customer, string(d.Tenant)
	}
	return Customer, d.Customer
}

func (r *reader) has(field Field) bool { _, ok := r.index[field]; return ok }

// whom is whom a row names: by Microsoft ID where it has one.
func whom(d *Row) string {
	if d.Tenant != "" {
		return string(d.Tenant)
	}
	return key(d.Customer)
}

// Customer is the one customer whom the rows that were taken name, ID or name or
// both; all "" where they name nobody.
func (m *Manifest) Customer() (id autopilot.TenantID, name string) {
	for d := range m.Rows() {
		if d.Tenant != "" || d.Customer != "" {
			return d.Tenant, d.Customer
		}
	}
	return "", ""
}
