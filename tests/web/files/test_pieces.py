"""A file sent in pieces arrives once and whole, whatever is cut, and is nobody else's."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from upshot.web.datasets.models import Dataset
from upshot.web.files import pieces, quota
from upshot.web.files.models import StoredFile, Upload
from upshot.web.files.store import LEFTOVER_SECONDS
from web.conftest import csv_of, upload_of

pytestmark = pytest.mark.django_db

CONTENT = csv_of()
TUS = {"Tus-Resumable": "1.0.0"}


def begin(client: Any, size: int = len(CONTENT), **said: str) -> Any:
    known = {"filename": "shop.csv", "mark": "17", **said}
    metadata = ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in known.items()
    )
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
    return client.post("/uploads/", headers=headers)


def send(client: Any, address: str, piece: bytes, at: int, **headers: str) -> Any:
    return client.patch(
        address,
        piece,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(at), **headers},
    )


def state(client: Any, address: str) -> Any:
    return client.head(address, headers=TUS)


def sent(client: Any, content: bytes = CONTENT) -> str:
    """The name of a whole upload."""
    address = begin(client, len(content))["Location"]
    assert send(client, address, content, 0).status_code == 204
    return address.split("/")[-2]


def test_pieces_become_one_data_set(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    for at in range(0, len(CONTENT), 500):
        answer = send(owner_client, address, CONTENT[at : at + 500], at)
        assert answer.status_code == 204
        assert answer["Upload-Offset"] == str(min(at + 500, len(CONTENT)))
    name = address.split("/")[-2]
    answers = [owner_client.post("/data/new/", {"upload": name}) for _again in range(2)]
    dataset = Dataset.objects.get()
    assert {answer.url for answer in answers} == {f"/data/{dataset.uuid}/"}
    assert dataset.upload.path.read_bytes() == CONTENT
    assert dataset.upload.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert dataset.original_name == "shop.csv"
    assert not any(settings.DATA.incoming.iterdir())


def test_after_a_cut_it_goes_on_where_it_stopped(owner_client: Any) -> None:
    first = begin(owner_client)["Location"]
    send(owner_client, first, CONTENT[:700], 0)
    again = begin(owner_client)
    assert (again["Location"], again["Upload-Offset"]) == (first, "700")
    assert "has arrived in part" in owner_client.get("/data/").content.decode()
    asked = state(owner_client, first)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("700", str(len(CONTENT)))
    assert "Upload-Expires" in asked
    assert asked["Cache-Control"] == "no-store"


def test_a_piece_that_comes_twice_counts_once(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    assert send(owner_client, address, CONTENT[:700], 0).status_code == 204
    assert send(owner_client, address, CONTENT[:700], 0).status_code == 409
    assert state(owner_client, address)["Upload-Offset"] == "700"


def test_a_piece_cut_off_counts_as_far_as_it_came(cast: Any) -> None:
    def cut_off() -> Any:
        yield b"abc"
        raise ConnectionError

    upload = pieces.begin(cast.workspace, cast.owner, pieces.Wish("x.csv", 10))
    with pytest.raises(ConnectionError):
        pieces.append(upload, cut_off())
    upload.refresh_from_db()
    assert upload.offset == 3
    assert pieces.append(upload, [b"defghij"]) == 10
    assert upload.path.read_bytes() == b"abcdefghij"


def test_what_was_written_and_not_counted_is_written_over(cast: Any) -> None:
    upload = pieces.begin(cast.workspace, cast.owner, pieces.Wish("x.csv", 6))
    pieces.append(upload, [b"abc"])
    with upload.path.open("ab") as file:
        file.write(b"?")
    pieces.append(upload, [b"def"])
    assert upload.path.read_bytes() == b"abcdef"


def test_a_piece_with_a_wrong_checksum_is_not_taken(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    digest = base64.b64encode(hashlib.sha256(CONTENT[:700]).digest()).decode()
    told = {"Upload-Checksum": f"sha256 {digest}"}
    assert send(owner_client, address, b"x" * 700, 0, **told).status_code == 460
    assert state(owner_client, address)["Upload-Offset"] == "0"
    assert send(owner_client, address, CONTENT[:700], 0, **told).status_code == 204


def test_the_same_content_becomes_one_data_set_however_it_comes(owner_client: Any) -> None:
    owner_client.post("/data/new/", {"file": upload_of(CONTENT)})
    answer = owner_client.post("/data/new/", {"upload": sent(owner_client)}, follow=True)
    assert "You have this file already" in answer.content.decode()
    owner_client.post("/data/new/", {"file": upload_of(CONTENT, "other name.csv")})
    assert Dataset.objects.count() == 1
    assert StoredFile.objects.count() == 1
    assert not any(settings.DATA.incoming.iterdir())


def test_it_must_be_what_the_program_said(owner_client: Any) -> None:
    address = begin(owner_client, sha256="0" * 64)["Location"]
    send(owner_client, address, CONTENT, 0)
    answer = owner_client.post("/data/new/", {"upload": address.split("/")[-2]})
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.content.decode()
    assert not Upload.objects.exists()


def test_half_a_file_is_not_used(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    send(owner_client, address, CONTENT[:700], 0)
    answer = owner_client.post("/data/new/", {"upload": address.split("/")[-2]})
    assert answer.status_code == 422
    assert not Dataset.objects.exists()


@pytest.mark.parametrize("who", ["teammate", "viewer", "outsider"])
def test_an_upload_is_its_persons_alone(
    cast: Any, client: Any, owner_client: Any, who: str
) -> None:
    address = begin(owner_client)["Location"]
    client.force_login(getattr(cast, who))
    assert state(client, address).status_code == 404
    assert send(client, address, b"x", 0).status_code == 404
    assert client.delete(address, headers=TUS).status_code == 404
    send(owner_client, address, CONTENT, 0)
    used = client.post("/data/new/", {"upload": address.split("/")[-2]})
    assert used.status_code in (403, 422)
    assert not Dataset.objects.exists()


def test_an_upload_stays_in_its_workspace(cast: Any, owner_client: Any) -> None:
    from upshot.web.accounts.access import create_workspace

    name = sent(owner_client)
    other = create_workspace("Second", cast.owner)
    owner_client.post(f"/workspaces/{other.uuid}/switch/")
    assert owner_client.post("/data/new/", {"upload": name}).status_code == 422


def test_a_deleted_upload_leaves_nothing(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    send(owner_client, address, CONTENT[:700], 0)
    assert owner_client.delete(address, headers=TUS).status_code == 204
    assert state(owner_client, address).status_code == 404
    assert not any(settings.DATA.incoming.iterdir())


def test_after_a_day_without_a_piece_it_is_forgotten(cast: Any, owner_client: Any) -> None:
    old = Upload.objects.get(uuid=sent(owner_client))
    new = pieces.begin(cast.workspace, cast.owner, pieces.Wish("y.csv", 3))
    late = timezone.now() - timedelta(seconds=LEFTOVER_SECONDS + 1)
    Upload.objects.filter(pk=old.pk).update(touched_at=late)
    pieces.sweep()
    assert list(Upload.objects.all()) == [new]
    assert list(settings.DATA.incoming.iterdir()) == [new.path]


def test_a_file_that_is_gone_is_begun_anew(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    Upload.objects.get().path.unlink()
    assert state(owner_client, address).status_code == 410
    assert begin(owner_client)["Location"] != address


def test_a_workspace_keeps_no_more_than_it_may(cast: Any, owner_client: Any, settings: Any) -> None:
    settings.STORAGE_BYTES = int(2.5 * len(CONTENT))
    sent(owner_client)
    assert quota.kept_by(cast.workspace) == len(CONTENT)
    other = begin(owner_client, mark="18")
    assert other.status_code == 201
    refused = begin(owner_client, mark="19")
    assert refused.status_code == 413
    assert "does not fit in any more" in refused.content.decode()
    plain = owner_client.post("/data/new/", {"file": upload_of(CONTENT * 2)})
    assert plain.status_code == 422
    assert "does not fit in any more" in plain.content.decode()
    assert quota.kept_by(cast.elsewhere) == 0


def test_a_file_over_the_limit_is_refused_before_it_is_sent(
    owner_client: Any, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    answer = begin(owner_client)
    assert answer.status_code == 413
    assert "larger than" in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 412),
        ({"Tus-Resumable": "0.2"}, 412),
        ({**TUS}, 400),
        ({**TUS, "Upload-Length": "-1"}, 400),
        ({**TUS, "Upload-Length": "9" * 17}, 400),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename !"}, 400),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "sha256 eA=="}, 400),
    ],
)
def test_what_is_not_tus_is_refused(
    owner_client: Any, headers: dict[str, str], status: int
) -> None:
    assert owner_client.post("/uploads/", headers=headers).status_code == status


def test_a_piece_must_fit(owner_client: Any) -> None:
    address = begin(owner_client)["Location"]
    assert send(owner_client, address, b"x" * (len(CONTENT) + 1), 0).status_code == 413
    assert owner_client.patch(address, b"x", headers=TUS).status_code == 415


def test_a_program_learns_what_the_server_can(owner_client: Any) -> None:
    answer = owner_client.options("/uploads/")
    assert answer["Tus-Version"] == "1.0.0"
    assert "termination" in answer["Tus-Extension"]


def test_with_its_workspace_a_file_on_its_way_goes_too(cast: Any, owner_client: Any) -> None:
    from upshot.web.keeping.forgetting import delete_workspace

    address = begin(owner_client)["Location"]
    send(owner_client, address, CONTENT[:700], 0)
    delete_workspace(cast.workspace)
    assert not any(settings.DATA.incoming.iterdir())


def test_a_list_to_score_may_come_in_pieces(
    cast: Any, owner_client: Any, finished_run: Any
) -> None:
    from upshot.web.predictions.models import Prediction

    name, address = sent(owner_client), f"/bundles/{finished_run.bundle.uuid}/use/"
    answers = [owner_client.post(address, {"upload": name}) for _again in range(2)]
    made = Prediction.objects.get()
    assert {answer.url for answer in answers} == {f"/predictions/{made.uuid}/"}
