"""From a scored list to files for ad platforms, with a control group set aside."""

from __future__ import annotations

import csv
import hashlib

import pytest

from upshot.web.files.store import keep_file

NOBODY = {"who": "tenths", "tenths": "10", "control": "10"}


def mail(row: int) -> str:
    return f"person{row}@example.com"


@pytest.fixture
def scored(prediction, cast, tmp_path):
    """A scored list of 400 made-up people."""
    lines = ["Email,Mobile phone,Country,upshot_probability"]
    lines += [f"{mail(n)},0151 2345{n:04d},Germany,{n / 400}" for n in range(400)]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(lines))
    made = prediction.files.get()
    made.file = keep_file(cast.workspace, path)
    made.save()
    prediction.rows = 400
    prediction.save()
    return prediction


def page_of(client, scored, **choice):
    return client.get(f"/predictions/{scored.uuid}/lists/", choice)


def file_of(client, scored, target, **choice):
    response = client.get(
        f"/predictions/{scored.uuid}/lists/file/", {"target": target, "country": "DE", **choice}
    )
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(text.splitlines())), response.headers["Content-Disposition"]


def test_the_scored_list_leads_to_it(owner_client, scored):
    page = owner_client.get(f"/predictions/{scored.uuid}/").content.decode()
    assert f"/predictions/{scored.uuid}/lists/" in page


def test_the_page_knows_the_columns_and_says_what_the_groups_show(owner_client, scored):
    page = page_of(owner_client, scored).content.decode()
    assert "72 to contact, 8 set aside" in page
    assert '<option value="Email" selected>' in page
    assert '<option value="Mobile phone" selected>' in page
    assert "Too few people to tell" in page
    assert "Under 100 the platform may not use it" in page
    assert "person399" not in page
    more = page_of(owner_client, scored, tenths="10", control="50").content.decode()
    assert "the campaign shows if at least" in more
    assert "Under 100" not in more


def test_nobody_of_the_control_group_is_in_the_ad_list(owner_client, scored):
    rows, name = file_of(owner_client, scored, "google", **NOBODY)
    assert rows[0] == ["Email", "Phone", "First Name", "Last Name", "Country", "Zip"]
    assert "new google.csv" in name
    whole, _ = file_of(owner_client, scored, "everyone", **NOBODY)
    assert whole[0][-1] == "upshot_group"
    groups = {row[0]: row[-1] for row in whole[1:]}
    assert sorted(groups.values()) == ["contact"] * 360 + ["control"] * 40
    hashed = {
        hashlib.sha256(who.encode()).hexdigest() for who in groups if groups[who] != "control"
    }
    assert {row[0] for row in rows[1:]} == hashed


def test_a_corrected_column_is_obeyed(owner_client, scored):
    rows, _ = file_of(owner_client, scored, "meta", field_phone="", who="top", top="5")
    assert len(rows) > 4
    assert all(row[0] and not row[3] for row in rows[1:])


def test_amounts_become_the_value(owner_client, scored, cast, tmp_path):
    scored.bundle.task = "regression"
    scored.bundle.save()
    path = tmp_path / "amounts.csv"
    lines = "\n".join(f"{mail(n)},{n + 0.5}" for n in range(50))
    path.write_text(f"Email,upshot_prediction\n{lines}")
    made = scored.files.get()
    made.file = keep_file(cast.workspace, path)
    made.save()
    rows, _ = file_of(owner_client, scored, "meta", who="above", above="47", control="0")
    assert [row[-1] for row in rows] == ["value", "49.50", "48.50", "47.50"]
    assert "spent on average" in page_of(owner_client, scored).content.decode()


def test_what_does_not_fit_is_said_and_gives_no_file(owner_client, scored):
    response = page_of(owner_client, scored, who="top", top="", control="90")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Enter a number." in page
    assert "set aside</h2>" not in page
    address = f"/predictions/{scored.uuid}/lists/file/"
    assert owner_client.get(address, {"target": "google", "who": "x"}).status_code == 302
    assert owner_client.get(address, {"target": "elsewhere"}).status_code == 302


def test_a_viewer_downloads_and_an_outsider_finds_nothing(viewer_client, outsider_client, scored):
    assert page_of(viewer_client, scored).status_code == 200
    assert len(file_of(viewer_client, scored, "google")[0]) > 1
    for path in ("lists/", "lists/file/?target=google"):
        assert outsider_client.get(f"/predictions/{scored.uuid}/{path}").status_code == 404


def test_the_page_reads_the_list_once(owner_client, scored, monkeypatch):
    import upshot.tables

    first = page_of(owner_client, scored).content.decode()

    def read_again(*_args, **_named):
        raise AssertionError("The scored file was read at another view.")

    monkeypatch.setattr(upshot.tables, "read", read_again)
    assert "72 to contact, 8 set aside" in first
    assert "72 to contact, 8 set aside" in page_of(owner_client, scored).content.decode()


def test_what_is_kept_beside_the_list_names_nobody(owner_client, scored):
    page_of(owner_client, scored)
    folder = scored.files.get().file.path.parent
    kept = [place.read_text() for place in folder.glob("*.json")]
    assert len(kept) == 2
    assert not any("person" in text or "@" in text for text in kept)


def test_a_file_that_names_nobody_offers_no_list_for_ads(owner_client, scored):
    nobody = {f"field_{field}": "" for field in ("email", "phone", "first_name", "last_name")}
    page = page_of(owner_client, scored, **nobody).content.decode()
    assert "says no way to reach these people" in page
    assert "target=google" not in page
    assert "target=everyone" in page
