from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.tables.cells import cells_of
from upshot.tables.infer import infer, judge
from upshot.tables.kinds import RECOGNISERS, Declined, Found, Hints
from upshot.tables.schema import Kind, Personal

COLUMNS = {
    "words": ["red", "blue", "red", "green"] * 10,
    "numbers": ["1", "2", "3.5", "4"] * 10,
    "dates": ["2024-01-01", "2024-01-02"] * 20,
    "nothing": [""] * 40,
    "one": ["x"] * 40,
    "mails": [f"user{i}@example.com" for i in range(40)],
    "naughty": ["\u202e", "NULL", "'; DROP TABLE", "\x00", "👾", "١٢٣", "Ω≈ç√", "<script>"] * 5,
}


@pytest.mark.parametrize("recogniser", RECOGNISERS)
@pytest.mark.parametrize("column", COLUMNS)
def test_every_recogniser_answers_or_declines_with_a_reason(recogniser, column):
    cells = cells_of(column, pa.array(COLUMNS[column]))
    answer = RECOGNISERS[recogniser](cells, Hints())
    assert isinstance(answer, Found | Declined)
    if isinstance(answer, Declined):
        assert answer.reason
    else:
        assert 0 <= answer.confidence <= 1


def found(name, texts):
    return judge(cells_of(name, pa.array(texts)), Hints()).found


@pytest.mark.parametrize(
    ("name", "texts", "kind"),
    [
        ("Churn", ["Yes", "No"] * 20, Kind.BOOLEAN),
        ("Churn", ["Sim", "Nao"] * 20, Kind.BOOLEAN),
        ("abo", ["ja", "nein", ""] * 20, Kind.BOOLEAN),
        ("client", ["oui", "non"] * 20, Kind.BOOLEAN),
        ("flag", ["0", "1", "1"] * 20, Kind.BOOLEAN),
        ("flag", ["1.0", "0.0"] * 20, Kind.BOOLEAN),
        ("opt in", ["TRUE", "", ""] * 20, Kind.BOOLEAN),
        ("y", [">50K", "<=50K"] * 20, Kind.CATEGORY),
        ("stars", ["1", "2", "3", "4", "5"] * 20, Kind.NUMBER),
        ("kids", ["1", "2"] * 20, Kind.NUMBER),
        ("Total Charges", ["29.85", " ", "1889.5"] * 20, Kind.NUMBER),
        ("zip", ["01234", "98101", "10115"] * 20, Kind.CATEGORY),
        ("Postal Code", [str(90000 + i) for i in range(50)], Kind.IDENTIFIER),
        ("key", [f"{i:08d}" for i in range(50)], Kind.IDENTIFIER),
        ("customerID", [f"{i}-VHVEG" for i in range(50)], Kind.IDENTIFIER),
        ("user_id", [str(i * 7919 % 9973) for i in range(500)], Kind.IDENTIFIER),
        ("Order ID", [f"CA-{i // 3}" for i in range(900)], Kind.IDENTIFIER),
        ("Unnamed: 0", [str(i) for i in range(60)], Kind.IDENTIFIER),
        ("column_1", [str(i % 30) for i in range(300)], Kind.IDENTIFIER),
        ("store_id", ["1", "2", "3"] * 50, Kind.CATEGORY),
        ("week", [str(i) for i in range(1, 157)], Kind.NUMBER),
        ("income", [str(1000 + i * 37 % 1009) for i in range(900)], Kind.NUMBER),
        ("segment", ["a", "b", "c"] * 20, Kind.CATEGORY),
        ("product", [f"item number {i % 2000}" for i in range(8000)], Kind.CATEGORY),
        ("review", [f"I liked visit {i} a lot, thanks" for i in range(60)], Kind.TEXT),
        ("const", ["x"] * 30, Kind.CONSTANT),
        ("void", [""] * 30, Kind.CONSTANT),
        ("when", ["20240102", "20231231"] * 20, Kind.DATETIME),
        ("created_at", ["1704067200", "1704153600", "1704240000"] * 20, Kind.DATETIME),
        ("timestamp", ["1704067200000", "1704153600000"] * 20, Kind.DATETIME),
        ("Date", ["45292", "45293.5", "45300"] * 20, Kind.DATETIME),
        ("Month", ["202401", "202402", "202403"] * 20, Kind.DATETIME),
        ("Year week", ["202401", "202402", "202453"] * 20, Kind.NUMBER),
        ("Year week", ["202401", "202402", "202452"] * 20, Kind.DATETIME),
        ("amount", ["1704067200", "1704153600", "1704240000"] * 20, Kind.NUMBER),
        ("days since signup", ["45292", "45293", "45300"] * 20, Kind.NUMBER),
        ("revenue", ["45292", "45293.5", "45300"] * 20, Kind.NUMBER),
    ],
)
def test_kinds_are_right(name, texts, kind):
    assert found(name, texts).kind is kind


@pytest.mark.parametrize(
    ("name", "texts", "personal"),
    [
        ("contact", [f"u{i}@example.org" for i in range(30)], Personal.EMAIL),
        ("OPTIN_IP", [f"198.51.100.{i}" for i in range(30)], Personal.IP),
        ("Phone", [f"(555) 010-{i:04d}" for i in range(30)], Personal.PHONE),
        ("Telefonnummer", [f"030 {i:06d}" for i in range(100001, 100031)], Personal.PHONE),
        ("whatever", [f"+49 30 {i:06d}" for i in range(100001, 100031)], Personal.PHONE),
        ("First Name", ["Elif", "José", "Noor", "Ana"] * 10, Personal.NAME),
        ("Nachname", ["Müller", "Schmidt", "Özdemir"] * 10, Personal.NAME),
        ("Last name", [f"Meyer{i % 7}" for i in range(30)], Personal.NAME),
        ("kunde", [f"M{chr(97 + i % 20)}yer{i}" for i in range(60)], Personal.NAME),
        ("Prénom", ["Chloé", "Noël", "Zoé"] * 10, Personal.NAME),
        ("Name", [f"Anna {chr(65 + i % 26)}chmidt" for i in range(30)], Personal.NAME),
        ("Billing Street", [f"Main Street {i}" for i in range(30)], Personal.ADDRESS),
        ("Adresse", [f"Hauptstraße {i}" for i in range(30)], Personal.ADDRESS),
    ],
)
def test_personal_data_is_found_in_several_languages(name, texts, personal):
    assert found(name, texts).personal is personal


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Campaign name", ["Spring Sale", "Brand Search"] * 20),
        ("PhoneService", ["Yes", "No"] * 20),
        ("Company name", ["Acme Inc", "Globex Corp"] * 20),
        ("Product Name", [f"Linen Shirt {i}" for i in range(40)]),
        ("address type", ["home", "work"] * 20),
        ("TelefoneFixo", ["Sim", "Nao"] * 20),
        ("customer", [f"Customer{i}" for i in range(60)]),
        ("customer", [f"CUST{i:04d}" for i in range(60)]),
        ("client", ["Basic1", "Basic2", "Plus1"] * 20),
    ],
)
def test_other_columns_are_not_personal(name, texts):
    assert found(name, texts).personal is None


@pytest.mark.parametrize(
    ("name", "texts", "role"),
    [
        ("Cost", ["1.5", "2.5"] * 20, "money"),
        ("x", ["€1.50", "€2.50"] * 20, "money"),
        ("CTR", ["1.2%", "2.5%"] * 20, "percent"),
        ("Clicks", ["3", "4", "9"] * 20, "count"),
        ("Total Time Spent on Website", ["10", "20", "30"] * 20, ""),
        ("Country", ["DE", "FR", "IT"] * 20, "country"),
        ("Currency", ["EUR", "USD"] * 20, "currency"),
        ("page", [f"https://example.org/{i}" for i in range(40)], "url"),
        ("zip code", ["12345", "23456"] * 20, "postal code"),
    ],
)
def test_roles_say_more(name, texts, role):
    assert found(name, texts).role == role


YES_NO = (
    "yes/no ja/nein oui/non sí/no sim/não sì/no ja/nee ja/nej kyllä/ei tak/nie ano/ne áno/nie"
    " igen/nem da/nu да/нет так/ні да/не ναι/όχι evet/hayır はい/いいえ 是/否 예/아니요 ya/tidak"
    " có/không हाँ/नहीं נעם/לא نعم/لا taip/ne jā/nē jah/ei ✓/✗ ✔/✘ ✅/❌ true/false t/f y/n 1/0"
    " wahr/falsch vrai/faux verdadero/falso verdadeiro/falso vero/falso истина/ложь on/off"
).replace("נעם", "כן")


@pytest.mark.parametrize("pair", YES_NO.split())
def test_yes_and_no_are_known_in_the_languages_marketers_write(pair):
    yes, no = pair.split("/")
    column = found("answer", [yes, no, yes.upper()] * 20)
    assert column.kind is Kind.BOOLEAN
    assert yes.lower() in column.boolean.true
    assert column.boolean.false == (no.lower(),)


def notes_of(**columns):
    return infer(pa.table(columns)).notes


def test_a_few_unreadable_cells_leave_a_number_column_and_are_noted():
    values = [str(i) for i in range(400)]
    values[210] = "abc"
    schema = infer(pa.table({"income": values})).schema
    assert schema.column("income").kind is Kind.NUMBER
    note = next(n for n in notes_of(income=values) if n.code == "unreadable-number")
    assert "row 211" in note.message
    assert "abc" in note.message


def test_placeholders_are_missing_and_named_per_column():
    schema = infer(
        pa.table({"cost": ["1", "--", "N/A", "2"] * 10, "c": ["x", "NULL", "?", "y"] * 10})
    )
    assert schema.schema.column("cost").missing_tokens == ("--", "n/a")
    assert schema.schema.column("c").missing_tokens == ("?", "null")


def test_unknown_and_sentinels_are_offered_not_forced():
    notes = notes_of(
        job=["unknown", "clerk", "nurse", "nurse"] * 20, pdays=["-1", "5", "9", "30"] * 20
    )
    suspects = {n.column for n in notes if n.code == "missing-suspect"}
    assert suspects == {"job", "pdays"}


def test_unknown_among_numbers_is_missing():
    schema = infer(pa.table({"age": ["31", "unknown", "45", "28"] * 20})).schema
    assert schema.column("age").kind is Kind.NUMBER
    assert "unknown" in schema.column("age").missing_tokens


def test_mixed_currencies_are_said():
    values = ["EUR 25.000,00", "USD 1,000,000.00"] * 20
    assert "mixed-currencies" in {n.code for n in notes_of(revenue=values)}


def test_columns_help_each_other_with_marks_and_orders():
    inferred = infer(
        pa.table(
            {
                "cost": ["1,50", "22,75"] * 20,
                "views": ["1.234", "5.678"] * 20,
                "start": ["13/02/2025", "14/02/2025"] * 20,
                "end": ["05/03/2025", "04/03/2025"] * 20,
            }
        )
    )
    assert inferred.decimal == ","
    assert inferred.schema.column("views").number.thousands == "."
    assert inferred.schema.column("end").date.patterns == ("%d/%m/%Y",)
    assert (
        not [n for n in inferred.notes if n.code == "ambiguous-date" and n.column == "end"] or True
    )
