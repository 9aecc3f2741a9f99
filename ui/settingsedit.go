package ui

// wanted is what was chosen of a setting, else what it holds.
func (p *settingsPanel) wanted(s Setting) string {
	change, edited := p.edits[s.Key]
	switch {
	case edited && change.Back:
		return s.Default
	case edited:
		return change.Value
	default:
		return s.Value
	}
}

// choose shows a setting, with what it holds to type over.
func (p *settingsPanel) choose(key string) {
	p.chosen = key
	s, _ := p.now()
	p.value = p.fieldOf(s)
	p.window.reconsider()
	if s.Changeable() && len(s.Words) == 0 && p.window.showing(p) {
		p.window.window.Canvas().Focus(p.value)
	} else {
		p.window.capture.rest()
	}
}

// fieldOf is the field of a setting. Each has its own: a scan that is under way while
// another one is chosen is taken out of the one that it began in.
func (p *settingsPanel) fieldOf(s Setting) *field {
	f := newField(p.window.capture, nil)
	if text := p.wanted(s); !s.Masked || text != s.Value { // else it is typed anew
		f.fill(text)
	}
	f.OnChanged = func(text string) { p.typed(s.Key, text) }
	return f
}

// typed takes what a setting's field has in it, also when a scan was taken out of it
// again.
func (p *settingsPanel) typed(key, text string) {
	s, there := p.setting(key)
	switch {
	case !there:
	case s.Masked && text == "":
		p.forget(key)
	default:
		p.edit(s, text)
	}
}

// edit wants a value of a setting.
func (p *settingsPanel) edit(s Setting, value string) {
	if value == s.Value {
		p.forget(s.Key)
		return
	}
	p.edits[s.Key] = SettingChange{Key: s.Key, Value: value}
	p.check()
}

func (p *settingsPanel) forget(key string) {
	delete(p.edits, key)
	p.check()
}

// back wants the default.
func (p *settingsPanel) back() {
	if s, ok := p.now(); ok {
		p.edits[s.Key] = SettingChange{Key: s.Key, Back: true}
		p.check()
		p.choose(s.Key)
	}
}

func (p *settingsPanel) check() {
	p.faults = nil
	if len(p.edits) > 0 {
		p.faults = p.window.options.Settings.Check(p.changes())
	}
	p.window.reconsider()
}

// changes are what was wanted, in the order of the settings.
func (p *settingsPanel) changes() []SettingChange {
	var all []SettingChange
	for _, s := range p.all {
		if change, edited := p.edits[s.Key]; edited {
			all = append(all, change)
		}
	}
	return all
}

// faultOf is what is wrong with a setting, "" for nothing.
func (p *settingsPanel) faultOf(key string) string {
	for _, f := range p.faults {
		if f.Key == key {
			return p.window.faultText(f)
		}
	}
	return ""
}

// otherFault is what is wrong elsewhere: in another section, or in none.
func (p *settingsPanel) otherFault() string {
	if len(p.faults) == 0 {
		return ""
	}
	return p.window.faultText(p.faults[0])
}
