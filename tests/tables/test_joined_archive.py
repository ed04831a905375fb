from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest

from upshot.errors import FileProblem
from upshot.tables import archives, read
from upshot.tables.conform import conform
from upshot.tables.exports.mailchimp_audience import member_status

MAY = "name,visits,when\nAnna,3,2024-05-01\nBen,4,2024-05-02\n"
JUNE = "when;visits;name\n2024-06-01;7;Cleo\n"


@pytest.fixture
def zipped(tmp_path):
    def write(members):
        path = tmp_path / "archive.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return path

    return write


def codes(table):
    return [note.code for note in table.notes]


def as_excel(frame):
    out = io.BytesIO()
    frame.to_excel(out, index=False)
    return out.getvalue()


def test_members_with_the_same_headers_become_one_table(zipped):
    table = read(zipped({"2024/may.csv": MAY, "2024/june.csv": JUNE, "readme.txt": "hello"}))
    assert table.schema.names == ("file", "name", "visits", "when")
    assert table.data["file"].tolist() == ["may.csv", "may.csv", "june.csv"]
    assert table.data["visits"].tolist() == [3, 4, 7]
    assert table.source.sheet is None
    assert table.source.sheets == ("2024/may.csv", "2024/june.csv")
    note = next(note for note in table.notes if note.code == "joined")
    assert "2 files" in note.message
    assert "--sheet" in note.remedy


def test_one_member_can_be_taken_instead(zipped):
    table = read(zipped({"may.csv": MAY, "june.csv": JUNE}), sheet="june.csv")
    assert table.schema.names == ("when", "visits", "name")
    assert table.rows == 1
    assert "joined" not in codes(table)


def test_other_headers_leave_the_largest_and_offer_the_rest(zipped):
    table = read(zipped({"may.csv": MAY, "other.csv": "a,b\n1,2\n"}))
    assert table.rows == 2
    assert table.source.sheet == "may.csv"
    assert table.source.sheets == ("may.csv", "other.csv")
    assert "'other.csv'" in next(n for n in table.notes if n.code == "archive").message


def test_names_that_are_taken_and_names_that_stand_twice_stay_apart(zipped):
    text = "File,n\nx,1\ny,2\n"
    table = read(zipped({"a/part.csv": text, "b/part.csv": text.replace("x", "z")}))
    assert table.schema.names == ("file_2", "File", "n")
    assert set(table.data["file_2"]) == {"a/part.csv", "b/part.csv"}


def test_workbooks_join_and_types_that_differ_become_text(zipped):
    one = pd.DataFrame({"id": [1, 2], "plan": ["a", "b"], "empty": [None, None]})
    two = pd.DataFrame({"id": ["x3", "x4"], "plan": ["c", "d"], "empty": ["u", "v"]})
    table = read(zipped({"one.xlsx": as_excel(one), "two.xlsx": as_excel(two)}))
    assert table.raw.column("id").to_pylist() == ["1", "2", "x3", "x4"]
    assert table.raw.column("empty").to_pylist() == [None, None, "u", "v"]


def test_empty_members_are_named_and_broken_ones_leave_the_largest(zipped):
    table = read(zipped({"may.csv": MAY, "june.csv": JUNE, "july.csv": ""}))
    assert "'july.csv'" in next(n for n in table.notes if n.code == "joined").message
    table = read(zipped({"may.csv": MAY, "june.csv": b"\x89PNG"}))
    assert table.source.sheet == "may.csv"
    assert "archive" in codes(table)


def test_rows_without_a_header_are_never_joined(zipped):
    table = read(zipped({"a.csv": "1,2\n3,4\n5,6\n", "b.csv": "7,8\n9,1\n"}))
    assert table.source.sheet == "a.csv"


def test_remarks_say_which_member_they_are_about(zipped):
    table = read(zipped({"may.csv": MAY + "Total,7,\n", "june.csv": JUNE}))
    assert table.rows == 3
    assert "'may.csv'" in next(n for n in table.notes if n.code == "totals").message


def test_the_limits_hold_for_all_members_together(zipped, monkeypatch):
    path = zipped({f"{i}.csv": MAY + "Dora,1,2024-05-03\n" * 20 for i in range(4)})
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1_000)
    table = read(path)
    assert table.source.sheet == "0.csv"
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(FileProblem, match="4 files"):
        read(path)


def test_a_sample_of_a_file_beside_the_file_is_left_out(zipped):
    rows = [f"{i},{i * 7 % 50}" for i in range(100)]
    full, part = "id,n\n" + "\n".join(rows), "id,n\n" + "\n".join(rows[10:40])
    table = read(zipped({"part.csv": part, "full.csv": full}))
    assert table.rows == 100
    assert table.schema.names == ("id", "n")
    assert table.source.sheet == "full.csv"
    assert "'part.csv' in 'full.csv'" in next(
        note.message for note in table.notes if note.code == "copied-member"
    )
    more = "id,n\n" + "\n".join(f"{i + 200},{i}" for i in range(30))
    table = read(zipped({"part.csv": part, "full.csv": full, "more.csv": more}))
    assert table.rows == 130
    assert set(table.data["file"]) == {"full.csv", "more.csv"}


BASE = (
    "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,"
    "LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)


@pytest.mark.parametrize(
    ("file", "status"),
    [
        ("subscribed_members_export_1a.csv", "subscribed"),
        ("Unsubscribed_email_audience_export.csv", "unsubscribed"),
        ("nonsubscribed_email_audience_export.csv", "nonsubscribed"),
        ("cleaned-2024.csv", "cleaned"),
        ("subscribers.csv", None),
        ("all_subscribed.csv", None),
    ],
)
def test_the_name_of_an_audience_file_says_the_status(file, status):
    assert member_status(file) == status


def audience(name, extra, rows):
    header = BASE + "".join(f",{column}" for column in extra)
    lines = [header]
    for i in range(rows):
        cells = [f"{name}{i}@example.com", f"N{i}", str(i % 5 + 1), f"2023-01-{i + 1:02d} 10:00:00"]
        cells += [f"v{i}"] * 15 + [f"2024-02-{i + 1:02d} 09:00:00" if "TIME" in column else f"w{i}"
                                   for column in extra]  # fmt: skip
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


@pytest.fixture
def mailchimp(zipped):
    return zipped(
        {
            "subscribed_members_export_1a2b.csv": audience("s", (), 12),
            "unsubscribed_members_export_1a2b.csv": audience(
                "u", ("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON"), 6
            ),
            "cleaned_members_export_1a2b.csv": audience("c", ("CLEAN_TIME",), 3),
        }
    )


def test_a_mailchimp_audience_joins_with_the_status_as_label(mailchimp):
    table = read(mailchimp)
    assert table.source.export == "mailchimp-audience"
    assert table.schema.names[0] == "status"
    assert "file" not in table.schema.names
    assert table.data["status"].value_counts().to_dict() == {
        "subscribed": 12,
        "unsubscribed": 6,
        "cleaned": 3,
    }
    assert table.data["UNSUB_TIME"].notna().sum() == 6
    late = {note.column for note in table.notes if note.code == "after-outcome"}
    assert {"UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON", "CLEAN_TIME"} <= late


def test_one_member_conforms_to_the_joined_schema(zipped, mailchimp):
    joined = read(mailchimp)
    alone = read(mailchimp, sheet="subscribed_members_export_1a2b.csv")
    table, notes = conform(alone, joined.schema)
    assert table.rows == 12
    assert table.schema.names == joined.schema.names
    assert table.data["status"].isna().all()
    missing = {note.column for note in notes if note.code == "column-missing"}
    assert {"status", "UNSUB_TIME", "CLEAN_TIME"} <= missing


def test_a_table_joined_by_file_lends_its_schema_to_a_single_file(zipped):
    path = zipped({"may.csv": MAY, "june.csv": JUNE})
    table, notes = conform(read(path, sheet="may.csv"), read(path).schema)
    assert [note.column for note in notes] == ["file"]
    assert table.rows == 2
