package manifest

import (
	"errors"
	"fmt"
	"strings"
)

// Why a file is refused as a whole, beside what package table refuses.
var (
	// ErrNoHeader: no row names a column that identifies devices, and it is no plain
	// list of PKIDs either.
	ErrNoHeader = errors.New("no row names the columns, and the file is no plain list of PKIDs")
	// ErrNoDevices: there is nothing below the header.
	ErrNoDevices = errors.New("the list has no devices")
	// ErrTooManyRows: it has more than MaxRows.
	ErrTooManyRows = errors.New("the list has more rows than one import takes")
)

// A MappingError refuses a file in which several columns could be the same field.
type MappingError struct {
	Field   Field
	Columns []Column
}

func (e *MappingError) Error() string {
	names := make([]string, 0, len(e.Columns))
	for _, c := range e.Columns {
		names = append(names, c.Letter)
	}
	return fmt.Sprintf("the columns %s could all be the %s", strings.Join(names, ", "), e.Field)
}

// A SheetsError refuses a workbook of which several sheets could be the list, or
// that has no sheet of the wanted name.
type SheetsError struct {
	// Sheets are those that could be the list.
	Sheets []string
	// Wanted is the one that is not there, "" where none was.
	Wanted string
}

func (e *SheetsError) Error() string {
	if e.Wanted != "" {
		return fmt.Sprintf("no sheet %q that a person sees", e.Wanted)
	}
	return fmt.Sprintf("%d sheets could be the list", len(e.Sheets))
}

// A ProfileFault is a fixed English word that says what is wrong with a profile.
type ProfileFault string

// What is wrong with a profile.
const (
	ProfileSyntax     ProfileFault = "syntax"      // no JSON of a profile
	ProfileName       ProfileFault = "name"        // none, or one that cannot be shown
	ProfileHeaderRow  ProfileFault = "header-row"  // below 0 or above MaxHeaderRow
	ProfileSeparator  ProfileFault = "separator"   // none of table.Separators
	ProfileSheet      ProfileFault = "sheet"       // a name that cannot be shown
	ProfileNoColumns  ProfileFault = "no-columns"  // none that identifies a device, or more than a list has
	ProfileColumn     ProfileFault = "column"      // neither a header nor, without one, a letter
	ProfileField      ProfileFault = "field"       // none of Fields
	ProfileTwice      ProfileFault = "twice"       // a column or a field is named twice
	ProfileNotInFile  ProfileFault = "not-in-file" // the file has no such column
	ProfileTwiceThere ProfileFault = "twice-there" // the file has two of that name
)

// A ProfileError refuses a profile, or a file that is not as its profile says.
type ProfileError struct {
	Fault ProfileFault
	// Value is what is wrong, clipped and printable; it may be empty.
	Value string
}

func (e *ProfileError) Error() string {
	if e.Value == "" {
		return "profile: " + string(e.Fault)
	}
	return fmt.Sprintf("profile: %s: %q", e.Fault, e.Value)
}

// A CustomerError says that the customer whom a list names is none of a directory's,
// or Several of them. It is for whoever looks the name up.
type CustomerError struct {
	Name    string
	Several bool
}

func (e *CustomerError) Error() string {
	if e.Several {
		return fmt.Sprintf("several customers are called %q", e.Name)
	}
	return fmt.Sprintf("no customer is called %q", e.Name)
}
