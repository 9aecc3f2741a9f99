package makers

// A Proof is how a spelling was come by, the best first.
type Proof string

// The proofs.
const (
	Exactly   Proof = "exactly"   // Microsoft's own, or compared as a whole by drivers
	Contained Proof = "contained" // looked for inside the firmware's string by drivers
	Told      Proof = "told"      // named by programs of others alone: not verified
)

// A Model is what is known of how a maker's firmware writes models: a fixed English
// word.
type Model string

// What is known of models.
const (
	ModelOpen    Model = ""         // nothing
	ModelListed  Model = "listed"   // Surface: the names of Microsoft's list, such as "Surface Pro 9"
	ModelMTM     Model = "mtm"      // Lenovo: machine type and model, such as 20XW00ABFR, no name
	ModelProduct Model = "product"  // HP: the whole product name, such as "HP EliteBook 840 G8 Notebook PC"
	ModelBare    Model = "bare"     // Dell: the name without the maker's, such as "Latitude 7420"
	ModelNumber  Model = "cf-or-fz" // Panasonic: the model number, such as CFSR4-1
)

// A Spelling is a manufacturer letter by letter. Some have a comma, which the web
// site's file cannot hold: those go by the API.
type Spelling struct {
	Name  string
	Proof Proof
}

// A Maker is one that makes Windows devices.
type Maker struct {
	// Spelling is the one of today's devices, Also those of others, older ones as a
	// rule.
	Spelling

	Also []Spelling
	// Typed are the names that people and suppliers use, in small letters and without
	// spaces and signs.
	Typed []string
	Model Model
}

// All is the table. It is the caller's own.
func All() []Maker {
	return []Maker{
		{Spelling: is("Acer"), Typed: typed("acerinc", "acerincorporated")},
		{Spelling: is("ASUSTeK COMPUTER INC."), Typed: typed("asus", "asustek", "asustekcomputer")},
		{Spelling: is("Dell Inc."), Typed: typed("dell", "delltechnologies", "dellemc"), Model: ModelBare},
		{Spelling: is("Dynabook Inc."), Also: also(is("TOSHIBA")), Typed: typed("dynabook", "toshibadynabook", "toshibaclientsolutions", "toshibacorporation")},
		{
			Spelling: has("FUJITSU CLIENT COMPUTING LIMITED"), Also: also(has("FUJITSU")),
			Typed: typed("fujitsulimited", "fujitsutechnologysolutions", "fccl", "fujitsuclientcomputing"),
		},
		{Spelling: told("Getac"), Typed: typed("getactechnology", "getactechnologycorporation", "getacinc")},
		{Spelling: is("GIGABYTE"), Typed: typed("gigabytetechnology", "gigabytetechnologycoltd")},
		{
			Spelling: is("HP"), Also: also(is("Hewlett-Packard")),
			Typed: typed("hpinc", "hewlettpackardcompany", "hewlettpackardinc", "hpi", "hpcompany"), Model: ModelProduct,
		},
		{Spelling: is("HUAWEI"), Typed: typed("huaweitechnologies", "huaweitechnologiescoltd")},
		{Spelling: is("LENOVO"), Typed: typed("lenovogroup", "lenovogrouplimited"), Model: ModelMTM},
		{Spelling: is("LG Electronics"), Typed: typed("lg", "lge", "lgelectronicsinc")},
		{Spelling: is("Micro-Star International Co., Ltd."), Typed: typed("msi", "microstar", "microstarinternational")},
		{Spelling: is(Microsoft), Typed: typed("microsoft", "surface", "microsoftsurface", "microsoftcorp"), Model: ModelListed},
		{
			Spelling: has("Panasonic Connect Co., Ltd."), Also: also(told("Panasonic Corporation")),
			Typed: typed("panasonic", "panasonicconnect", "toughbook"), Model: ModelNumber,
		},
		{Spelling: is("SAMSUNG ELECTRONICS CO., LTD."), Typed: typed("samsung", "samsungelectronics")},
		{Spelling: told("VAIO Corporation"), Typed: typed("vaio", "sonyvaio")},
	}
}

func is(name string) Spelling   { return Spelling{name, Exactly} }
func has(name string) Spelling  { return Spelling{name, Contained} }
func told(name string) Spelling { return Spelling{name, Told} }

func also(all ...Spelling) []Spelling { return all }
func typed(all ...string) []string    { return all }

// spellings are all of a maker's, today's first.
func (m Maker) spellings() []Spelling { return append([]Spelling{m.Spelling}, m.Also...) }
