"""Words in column names that speak of people, in the languages marketers write."""

from __future__ import annotations

PHONE_WORDS = (
    "phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "gsm", "whatsapp",
    "telefon", "telefonnummer", "handy", "handynummer", "mobil", "mobilnummer", "téléphone",
    "telephone", "portable", "teléfono", "telefono", "móvil", "celular", "telefone", "telemóvel",
    "cellulare", "телефон", "phone number", "phone no", "telefoon", "telefoonnummer",
    "numer telefonu", "telefonszám", "puhelin", "puhelinnumero", "mobilnummer", "電話番号", "电话",
    "전화번호", "τηλέφωνο",
)  # fmt: skip
PERSON_WORDS = (
    "first name", "last name", "full name", "surname", "forename", "given name", "family name",
    "middle name", "firstname", "lastname", "fullname", "customer name", "contact name",
    "billing name", "shipping name", "cardholder name", "lead name", "vorname", "nachname",
    "familienname", "kundenname", "prénom", "prenom", "nom de famille", "nom complet", "nombres",
    "apellido", "apellidos", "nombre completo", "sobrenome", "nome completo", "cognome", "imię",
    "nazwisko", "имя", "фамилия", "отчество", "voornaam", "achternaam", "förnamn", "efternamn",
    "fornavn", "etternavn", "efternavn", "client name", "member name", "subscriber name",
    "recipient name", "user name", "passenger name", "buyer name", "guest name", "account holder",
    "cardholder", "kontoinhaber", "ansprechpartner", "nom du client", "nombre del cliente",
    "nome do cliente", "nome cliente", "фио", "ф и о", "имя клиента", "jméno", "příjmení",
    "keresztnév", "vezetéknév", "etunimi", "sukunimi", "ad soyad", "adı", "soyadı", "όνομα",
    "επώνυμο", "nume", "prenume", "氏名", "名前", "姓名", "이름", "maiden name", "nickname",
)  # fmt: skip
MAYBE_PERSON = (
    "name", "nom", "nome", "nombre", "naam", "namn", "navn", "customer", "kunde", "client",
    "buyer", "contact", "guest", "member", "recipient", "person", "lead", "kontakt", "cliente",
    "клиент",
)  # fmt: skip
NO_PERSON = (
    "campaign", "ad", "product", "company", "file", "item", "event", "account", "plan", "list",
    "group", "category", "brand", "store", "domain", "page", "source", "tax", "lineitem", "set",
    "city", "region", "state", "country", "title", "subject", "keyword", "creative", "artist",
    "author", "vendor", "supplier", "publisher", "street", "kampagne", "produkt", "firma",
)  # fmt: skip
ADDRESS_WORDS = (
    "address", "address1", "address2", "street", "street address", "addr", "adresse", "straße",
    "strasse", "anschrift", "dirección", "direccion", "calle", "endereço", "endereco", "rua",
    "indirizzo", "via", "adres", "ulica", "adress", "gata", "адрес", "mailing address",
    "hausnummer", "lieferadresse", "rechnungsadresse", "domicilio", "morada", "ulice", "cím",
    "osoite", "adresă", "διεύθυνση", "住所", "地址", "주소", "rue", "straat", "улица", "vej",
)  # fmt: skip
NO_ADDRESS = (
    "email", "e mail", "mail", "ip", "web", "url", "mac", "website", "type", "has", "valid",
)  # fmt: skip
HANDLE_WORDS = (
    "twitter", "instagram", "handle", "username", "user name", "linkedin", "facebook", "telegram",
    "skype", "snapchat", "tiktok", "screen name", "social", "benutzername", "nom d'utilisateur",
    "usuario", "usuário", "nome utente", "никнейм", "логин", "login", "nickname", "github",
    "discord", "x handle", "twitter handle", "instagram handle", "linkedin url",
    "linkedin profile",
)  # fmt: skip
NUMBER_WORDS = (
    "last4", "last 4", "card last4", "last four", "card number", "cc number", "credit card",
    "iban", "bic", "bank account", "account number", "kontonummer", "kreditkarte", "ssn",
    "social security", "social security number", "tax id", "tax number", "steuernummer",
    "steuer id", "passport", "passport number", "reisepass", "national id", "id card",
    "personalausweis", "dni", "nif", "nie", "cpf", "rg", "codice fiscale", "pesel",
    "numéro de sécurité sociale", "numéro de carte", "bsn", "personnummer", "снилс", "инн",
    "паспорт", "driver license", "drivers license", "license plate", "kennzeichen",
    "insurance number", "versicherungsnummer", "card fingerprint",
)  # fmt: skip
NOTE_WORDS = (
    "customer note", "customer notes", "order note", "order notes", "note", "notes",
    "private note", "internal note", "staff note", "delivery note", "delivery instructions",
    "shipping instructions", "gift message", "note attributes", "note to seller", "buyer note",
    "remarks", "notiz", "notizen", "kundennotiz", "bemerkung", "bemerkungen", "anmerkung",
    "anmerkungen", "remarque", "remarques", "note client", "nota", "notas", "nota del cliente",
    "observaciones", "observações", "osservazioni", "note cliente", "opmerking", "opmerkingen",
    "uwagi", "примечание", "примечания", "заметка", "заметки", "poznámka", "megjegyzés",
    "anteckning", "bemærkning",
)  # fmt: skip
