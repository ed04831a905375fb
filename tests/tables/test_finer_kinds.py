"""Ordered categories, countries, tags, web addresses, and the words for all kinds."""

from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.tables.cells import cells_of
from upshot.tables.countries import code_of, codes
from upshot.tables.infer import column_of, judge
from upshot.tables.kinds import Hints
from upshot.tables.kinds.described import KINDS, ROLES, describe_column, explained
from upshot.tables.kinds.ordered import order_of
from upshot.tables.mailboxes import provider_of
from upshot.tables.respelling import SPELLINGS, respelt
from upshot.tables.schema import Column, Kind, Personal
from upshot.tables.tags import tags_in
from upshot.tables.typed import typed_column
from upshot.tables.urls import Address, parsed


def found(name, texts):
    return judge(cells_of(name, pa.array(texts)), Hints()).found


@pytest.mark.parametrize(
    "levels",
    [
        ("small", "medium", "large"), ("S", "M", "L", "XL"), ("klein", "mittel", "groß"),
        ("under 18", "18-24", "25-34", "35-44", "65+"),
        ("<$50K", "$50K-$75K", "$75K-$100K", "$100K+"),
        ("Less than $12500", "$12500 - $24999", "$100000 or More"),
        ("below21", "21", "26", "50plus"), ("0", "less1", "1~3", "4~8", "gt8"),
        ("unter 18", "18 bis 24", "ab 65"), ("moins de 18 ans", "18-24 ans", "65 ans et plus"),
        ("1-10", "11-50", "51-200", "10,001+"), ("(0, 10]", "(10, 20]", "(20, 30]"),
        ("0-50k", "50-100k", "100-150k"), ("< 1 year", "1 year", "2 years", "10+ years"),
        ("never", "rarely", "sometimes", "often", "always"), ("nie", "selten", "manchmal", "oft"),
        ("cold", "warm", "hot"), ("Low", "Medium", "High"), ("baja", "media", "alta"),
        ("HS-grad", "Some-college", "Bachelors", "Masters", "Doctorate"),
        ("primary", "secondary", "tertiary"), ("bronze", "silver", "gold"),
        ("1-Visit", "2-Basket", "3-Order"), ("Tier 1", "Tier 2", "Tier 3"),
        ("1 star", "2 stars", "5 stars"), ("Monday", "Tuesday", "Sunday"), ("Jan", "Feb", "Dec"),
        ("Month-to-month", "One year", "Two year"), ("strongly disagree", "neutral", "agree"),
        ("Q1", "Q2", "Q3"), ("weekly", "daily", "several times a day"),
    ],
)  # fmt: skip
def test_levels_are_put_in_order(levels):
    assert order_of(levels[::-1]) == levels
    assert order_of((*levels[::-1], "Unknown")) == levels


@pytest.mark.parametrize(
    "levels",
    [
        ("red", "green", "blue"), ("A", "B", "C"), ("Store 1", "Store 2", "Store 3"),
        ("2-1", "0-0", "1-3"), ("C1", "C2", "D3"), ("Low Fat", "Regular", "reg"), ("S", "M"),
        ("google", "facebook", "other"), ("10115", "20095", "80331"), ("1", "2", "3"),
    ],
)  # fmt: skip
def test_other_levels_have_no_order(levels):
    assert order_of(levels) == ()


def test_an_ordered_column_is_typed_in_its_order():
    texts = ["65+", "18-24", "unknown", "under 18", "25-34"] * 10
    column = column_of(judge(cells_of("age", pa.array(texts)), Hints()))
    assert (column.kind, column.role) == (Kind.CATEGORY, "ordered")
    typed = typed_column(pa.chunked_array([texts]), column)
    assert list(typed.categories) == ["under 18", "18-24", "25-34", "65+", "unknown"]
    assert typed.ordered
    assert list(typed[:2]) == ["65+", "18-24"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"), ("Германия", "DE"),
        ("UK", "GB"), ("England", "GB"), ("USA", "US"), ("United-States", "US"), ("us", "US"),
        ("PRT", "PT"), ("Côte d'Ivoire", "CI"), ("中国", "CN"), ("日本", "JP"), ("Brasil", "BR"),
        ("Türkiye", "TR"), ("South Korea", "KR"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_countries_are_known_by_name_and_code(text, code):
    assert code_of(text) == code


def test_all_codes_of_iso_are_known():
    assert {"DE", "US", "BR", "ZA", "XK"} <= codes()
    assert not {"EU", "ZZ", "UN"} & codes()


def test_one_country_has_one_spelling_that_of_most():
    texts = ["Germany", "France", "Germany", "DE", "Deutschland", "Elsewhere", "Italy"] * 5
    column = column_of(judge(cells_of("Country", pa.array(texts)), Hints()))
    assert column.role == "country"
    typed = typed_column(pa.chunked_array([texts]), column)
    assert set(typed) == {"Germany", "France", "Italy", "Elsewhere"}
    later = typed_column(pa.chunked_array([["DEU", "Frankreich"]]), column)
    assert list(later) == ["Germany", "France"]


def test_countries_are_found_by_their_names_and_codes_only_under_a_name_for_them():
    assert found("x", ["Germany", "France", "Italy", "Spain"] * 10).role == "country"
    assert found("language", ["de", "fr", "it", "es"] * 10).role == ""
    assert found("state", ["CA", "DE", "IN", "AL"] * 10).role == ""
    assert found("Pays", ["FR", "DE", "IT"] * 10).role == "country"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a, b, c", ("a", "b", "c")), ("a;b;a", ("a", "b")), ('["x", "y z"]', ("x", "y z")),
        ("['p', 'q']", ("p", "q")), ("{a,b}", ("a", "b")), ("VIP", ("vip",)), ("", ()),
        ("a|b", ("a", "b")), ("[]", ()), ("[1, 2]", ("1", "2")),
    ],
)  # fmt: skip
def test_tags_are_read_from_every_kind_of_list(text, tags):
    assert tags_in(text) == tags


def test_lists_of_tags_are_found():
    cells = [f"vip, {['news', 'sale', 'b2b'][i % 3]}, {['red', 'blue'][i % 2]}" for i in range(60)]
    assert found("Tags", cells).role == "tags"
    assert found("Tags", [f'["a{i % 4}", "b{i % 3}"]' for i in range(60)]).role == "tags"
    sentences = [f"I liked it {i}, but it was late, sadly number {i}" for i in range(60)]
    assert found("Comment", sentences).role == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "https://www.shop.example/a/b?utm_source=Google&utm_medium=cpc&utm_campaign=Spring",
            Address("google", "cpc", "spring", "shop.example", 2),
        ),
        ("/blog/post?gclid=1", Address("google ads", depth=2)),
        ("shop.example/x", Address(domain="shop.example", depth=1)),
        ("https://shop.example", Address(domain="shop.example")),
        ("http://[broken", Address()),
    ],
)
def test_web_addresses_are_taken_apart(text, address):
    assert parsed(text) == address


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("a@gmail.com", "gmail.com"), ("b@yahoo.co.uk", "yahoo.co.uk"), ("c@web.de", "web.de"),
        ("d@acme.example", "company domain"), ("e@mit.edu", "school or university"),
        ("f@cam.ac.uk", "school or university"), ("g@service.gov.uk", "public office"),
    ],
)  # fmt: skip
def test_a_mailbox_is_private_or_a_companys(address, provider):
    assert provider_of(address) == provider


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_keeps_what_it_does_not_know(spelling):
    assert respelt(["~", "Atlantis"], spelling) == ["~", "Atlantis"]


@pytest.mark.parametrize(
    ("name", "texts", "personal"),
    [
        ("Card Last4", [f"{i:04d}" for i in range(1000, 1040)], Personal.NUMBER),
        ("Customer Note", [f"please ring twice, door {i}" for i in range(40)], Personal.NOTE),
        ("Bemerkung", [f"Kunde {i} möchte angerufen werden" for i in range(40)], Personal.NOTE),
        ("x", [f"write to u{i}@example.org please" for i in range(40)], Personal.NOTE),
        ("x", [f"Anna Schmidt{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10]}" for i in range(40)],
         Personal.NAME),
        ("x", [f"Hauptstraße {i}" for i in range(40)], Personal.ADDRESS),
        ("x", [f"{i} Main Street" for i in range(40)], Personal.ADDRESS),
        ("x", [f"12 rue de Paris {i}, Lyon" for i in range(40)], Personal.ADDRESS),
        ("x", [f"@user_{i}" for i in range(40)], Personal.HANDLE),
        ("x", [f"https://www.linkedin.com/in/user-{i}" for i in range(40)], Personal.HANDLE),
        ("Instagram", [f"user.name{i}" for i in range(40)], Personal.HANDLE),
        ("x", [f"203.0.113.{i}" for i in range(40)], Personal.IP),
        ("IBAN", [f"DE89 3704 0044 0532 0130 {i:02d}" for i in range(40)], Personal.NUMBER),
        ("x", ["4111 1111 1111 1111", "5500 0000 0000 0004", "3400 0000 0000 009"] * 10,
         Personal.NUMBER),
        ("ФИО", ["Иван Петров", "Анна Смирнова", "Олег Кузнецов"] * 10, Personal.NAME),
        ("Ulica", [f"Polna {i}" for i in range(40)], Personal.ADDRESS),
        ("телефон", [f"8 (495) 010-{i:02d}-{i:02d}" for i in range(10, 50)], Personal.PHONE),
    ],
)  # fmt: skip
def test_personal_data_without_a_mark_is_found(name, texts, personal):
    assert found(name, texts).personal is personal


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Product", [f"Linen Shirt {'abcdefghij'[i % 10]}{'klmn'[i // 10]}" for i in range(40)]),
        ("review", [f"I liked visit {i} a lot, thanks" for i in range(60)]),
        ("Instagram followers", [str(1000 + i) for i in range(40)]),
        ("City", ["San Francisco", "New York", "Los Angeles"] * 20),
        ("order value", [str(4111111111111111 + 7 * i) for i in range(40)]),
        ("Notes", ["ok", "late", "ok"] * 20),
        ("version", [f"1.2.{i}" for i in range(40)]),
    ],
)
def test_other_columns_stay_open_to_models(name, texts):
    assert found(name, texts).personal is None


@pytest.mark.parametrize("word", [*KINDS, *ROLES])
def test_every_kind_says_what_it_is_and_how_it_is_learned(word):
    described = KINDS[word] if word in KINDS else ROLES[word]
    assert described.label
    for sentence in (described.meaning, described.learned):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    for kind in described.kinds:
        column = Column("x", kind, role="" if word in KINDS else word)
        assert describe_column(column) is described
        assert explained(column)


def test_every_role_that_is_given_is_described():
    given = {
        found(name, texts).role
        for name, texts in {
            "Cost": ["1.5", "2.5"] * 20, "CTR": ["1.2%", "2%"] * 20, "Clicks": ["3", "4", "9"] * 20,
            "zip": ["01234", "98101"] * 20, "store_id": ["1", "2", "3"] * 50,
            "Unnamed: 0": [str(i) for i in range(60)], "Currency": ["EUR", "USD"] * 20,
            "size": ["S", "M", "L"] * 20, "Country": ["DE", "FR"] * 20, "t": ["2PM", "3PM"] * 20,
            "page": [f"https://example.org/{i}" for i in range(40)], "d": ["1h 5m", "2h"] * 20,
            "Tags": [f"a{i % 3}; b{i % 4}; c" for i in range(60)],
        }.items()
    }  # fmt: skip
    # A mailbox is what a person makes of an address; no reader gives it.
    assert given == set(ROLES) - {"mailbox"}
