package manifest

import (
	"strings"

	"pkidstation/queue/manifest/table"
)

// A Field is what a column of a list is taken for. Its name is the one that
// profiles and refusals give.
type Field string

// The fields.
const (
	PKID         Field = "pkid"
	Serial       Field = "serial"
	Manufacturer Field = "manufacturer"
	Model        Field = "model"
	Hash         Field = "hardware-hash"
	GroupTag     Field = "group-tag"
	Order        Field = "order"
	Tenant       Field = "tenant-id" // the customer's Microsoft ID
	Customer     Field = "customer"  // their name, or again their Microsoft ID
	Pallet       Field = "pallet"
	Box          Field = "box"
)

// Fields are all of them, in the order in which a row is looked at.
func Fields() []Field {
	return []Field{PKID, Serial, Manufacturer, Model, Hash, GroupTag, Order, Tenant, Customer, Pallet, Box}
}

// identifies says whether a column of the field can make a row a device's.
func (f Field) identifies() bool { return f == PKID || f == Serial || f == Hash }

// synonyms are the names of columns as key gives them. Those of the first line of
// each are Microsoft's and the makers'; suppliers write the others.
func synonyms() map[string]Field {
	all := map[string]Field{}
	for field, names := range map[Field]string{
		PKID: "windows product id,pkid,product key id,productkeyid,ms pkid,microsoft pkid,windows product key id,dpk id,dpkid,oa3 key id,oa3 id," +
			"oa3 pkid,windows pkid,pk id,digital product key id,product id windows,pkid number,pkid no," +
			"id de cle de produit,id cle de produit,id de cle de produit windows,id produit windows,id de produit windows,numero pkid,n pkid,code pkid," +
			"produktschlussel id,windows produkt id,id de clave de producto,id chiave prodotto",
		Serial: "device serial number,serial,serial number,serialnumber,serial no,s n,sn,service tag,servicetag,asset serial,system serial number,machine serial number," +
			"numero de serie,n de serie,no de serie,no serie,n serie,num serie,numero serie,serie,sn appareil," +
			"seriennummer,serien nr,geratenummer,serienummer,numero de serie del dispositivo,numero di serie,matricola",
		Manufacturer: "manufacturer name,manufacturer,oem,oem manufacturer name,oemmanufacturername,maker,vendor,brand,make,system manufacturer," +
			"fabricant,nom du fabricant,constructeur,marque,hersteller,fabrikant,fabricante,produttore",
		Model: "device model,model,model name,modelname,mtm,system model,systemmodel,product model,machine type model," +
			"modele,modele de l appareil,modele appareil,nom du modele,modell,geratemodell,modelo,modello",
		Hash: "hardware hash,hardwarehash,hwhash,hw hash,4k hash,4k hh,device hardware data,hash," +
			"hachage materiel,hachage,hash materiel,hardwarehash wert",
		GroupTag: "group tag,grouptag,autopilot group tag," +
			"balise de groupe,balise,balise groupe,gruppentag,etiqueta de grupo",
		Order: "order,order id,order number,order no,order reference,po,po number,purchase order,customer order,sales order,delivery note,delivery note number,delivery number," +
			"commande,numero de commande,n de commande,n commande,no commande,bon de livraison,bl,n bl,numero de bl,no bl,bon de commande," +
			"bestellung,bestellnummer,auftrag,auftragsnummer,lieferschein,pedido,ordine,bestelling",
		Tenant: "tenant id,tenant,tenantid,customer tenant id,microsoft id,azure tenant id,entra tenant id," +
			"id microsoft,id microsoft du client,id de locataire,id du locataire,locataire",
		Customer: "customer,customer name,company,company name,end customer,end user,end customer name,organization,organisation,ship to name," +
			"client,nom du client,client final,societe,entreprise,raison sociale,kunde,kundenname,endkunde,cliente,klant",
		Pallet: "pallet,pallet number,pallet no,pallet id,sscc,palette,numero de palette,n palette,n de palette,no palette,palettennummer,pallet nr",
		Box: "box,box number,box no,carton,carton number,carton no,carton id,parcel," +
			"colis,numero de carton,n carton,n de carton,no carton,numero de colis,n colis,karton,kartonnummer,caja,doos",
	} {
		for name := range strings.SplitSeq(names, ",") {
			all[key(name)] = field
		}
	}
	return all
}

// key is a column's name as it is compared: without case, accents, spaces and
// signs, so that "S/N", "s n" and "SN" are one.
func key(name string) string { return strings.ReplaceAll(table.Key(name), " ", "") }

// named is the field of a column by its name, "" where it is none that is known.
// "N° de BL" and "BL No." are "BL".
func named(known map[string]Field, name string) Field {
	if field, ok := known[key(name)]; ok {
		return field
	}
	var words []string
	for word := range strings.FieldsSeq(table.Key(name)) {
		switch word {
		case "n", "no", "nr", "num", "numero", "de", "du", "d", "la", "le", "l":
		default:
			words = append(words, word)
		}
	}
	return known[strings.Join(words, "")]
}
