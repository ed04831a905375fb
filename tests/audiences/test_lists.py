"""Files for ad platforms: headers, hashing, who is in them."""

from __future__ import annotations

import csv
import hashlib

import pandas as pd
import pytest

from upshot.audiences import LISTS, Choice, Contact, guess_fields, make_campaign, write_list
from upshot.audiences import normalise as rules
from upshot.tables.schema import Column, Kind, Personal, Schema


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def campaign_of(frame: pd.DataFrame, **changes):
    fields = {
        "email": "E-Mail",
        "phone": "Tel",
        "first_name": "Vorname",
        "last_name": "Nachname",
        "country": "Land",
        "postal_code": "PLZ",
    }
    given = {"score": "score", "fields": fields, "country": "DE", "amount": 10, "control": 0.0}
    return make_campaign(frame, Choice(**{**given, **changes}))


def frame_of(*rows: dict[str, object]) -> pd.DataFrame:
    blank = dict.fromkeys(("E-Mail", "Tel", "Vorname", "Nachname", "Land", "PLZ"), "")
    return pd.DataFrame([{**blank, "score": 0.5, **row} for row in rows])


ANNA = {
    "E-Mail": " Anna@Example.COM ",
    "Tel": "030 123456",
    "Vorname": "Anna ",
    "Nachname": "Müller",
    "Land": "Deutschland",
    "PLZ": "'01067",
}


def test_google_gets_hashes_but_country_and_zip_as_they_are(tmp_path):
    path = tmp_path / "list.csv"
    written = write_list(campaign_of(frame_of(ANNA)), LISTS["google"], path)
    assert written.people == 1
    assert path.read_bytes().startswith(b"Email,Phone,First Name,Last Name,Country,Zip\n")
    row = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1]
    hashed = ("anna@example.com", "+4930123456", "anna", "müller")
    assert row == [*map(sha, hashed), "DE", "01067"]


def test_meta_gets_its_header_and_the_predicted_amount(tmp_path):
    path = tmp_path / "list.csv"
    campaign = campaign_of(frame_of({**ANNA, "score": 12.345}), value="score")
    write_list(campaign, LISTS["meta"], path)
    header, row = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert ",".join(header) == (
        "email,email,email,phone,phone,phone,madid,fn,ln,zip,ct,st,country,dob,doby,gen,age,uid,"
        "value"
    )
    assert row[:7] == [sha("anna@example.com"), "", "", sha("4930123456"), "", "", ""]
    assert row[7:13] == [sha("anna"), sha("müller"), sha("01067"), "", "", sha("de")]
    assert row[-1] in {"12.34", "12.35"}


def test_no_amount_is_below_zero_and_none_is_made_up():
    meta = LISTS["meta"]
    assert meta.row(Contact(email="a@b.co", value=-3.0))[-1] == "0.00"
    assert meta.row(Contact(email="a@b.co"))[-1] == ""


@pytest.mark.parametrize("target", LISTS.values(), ids=lambda target: target.slug)
def test_every_list_has_its_cells_below_its_header_and_no_readable_person(target, tmp_path):
    assert LISTS[target.slug] is target
    frame = frame_of(*({**ANNA, "E-Mail": f"p{n}@example.com", "Tel": ""} for n in range(60)))
    campaign = campaign_of(frame, control=0.2)
    written = write_list(campaign, target, tmp_path / "list.csv")
    text = (tmp_path / "list.csv").read_text(encoding="utf-8")
    assert written.people == 48
    assert [note.code for note in written.notes] == ["few-people"]
    assert "@" not in text
    assert "anna" not in text.lower()
    assert {len(row) for row in csv.reader(text.splitlines())} == {len(target.header)}
    for person, group in zip(campaign.contacts, campaign.groups, strict=True):
        assert (sha(person.email) in text) is (group == "contact")


def test_repeated_and_unreachable_people_are_left_out(tmp_path):
    frame = frame_of(ANNA, ANNA, {"Vorname": "Ben"}, {"E-Mail": "none", "Tel": "12"})
    written = write_list(campaign_of(frame), LISTS["google"], tmp_path / "list.csv")
    assert written.people == 1
    assert "2 rows have no usable" in written.notes[1].message


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("0151 23456789", "DE", "+4915123456789"),
        ("004915123456789", "FR", "+4915123456789"),
        ("+1 (650) 253-0000", "DE", "+16502530000"),
        ("'+44 20 7946 0958", "", "+442079460958"),
        (4915123456789.0, "DE", "+4915123456789"),
        (None, "DE", ""),
        ("call me", "DE", ""),
        ("650 253 0000", "", ""),
    ],
)
def test_phones_become_international(written, country, expected):
    assert rules.phone(written, country) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("de", "DE"), ("Germany", "DE"), ("Германия", "DE"), ("USA", "US"), ("Atlantis", "")],
)
def test_countries_become_codes(written, expected):
    assert rules.country(written) == expected


def test_columns_are_found_by_what_they_hold():
    schema = Schema(
        (
            Column("First Name", Kind.TEXT, personal=Personal.NAME),
            Column("Surname", Kind.TEXT, personal=Personal.NAME),
            Column("Kontakt", Kind.IDENTIFIER, personal=Personal.EMAIL),
            Column("Handy", Kind.IDENTIFIER, personal=Personal.PHONE),
            Column("Country/Region", Kind.CONSTANT),
            Column("PLZ", Kind.CATEGORY, role="postal code"),
            Column("Plan", Kind.CATEGORY),
        )
    )
    assert guess_fields(schema) == {
        "email": "Kontakt",
        "phone": "Handy",
        "first_name": "First Name",
        "last_name": "Surname",
        "country": "Country/Region",
        "postal_code": "PLZ",
    }


def test_every_country_has_a_readable_name():
    names = rules.countries()
    assert names["DE"] == "Germany"
    assert not [name for name in names.values() if "*" in name]
