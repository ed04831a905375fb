"""A program sends a large file in pieces and then names it where a file is taken."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from upshot.web.datasets.models import Dataset
from web.api.conftest import Program, problem_of, program_of, tus_of
from web.conftest import csv_of

CONTENT = csv_of()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def begin(program: Program, content: bytes = CONTENT) -> Any:
    known = {"filename": "shop.csv", "sha256": hashlib.sha256(content).hexdigest()}
    metadata = ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in known.items()
    )
    size = str(len(content))
    return tus_of(program, "POST", "/uploads", Upload_Length=size, Upload_Metadata=metadata)


def form(program: Program, path: str, **fields: str) -> Any:
    from django.test import Client

    client = Client(headers={"Authorization": f"Bearer {program.text}"})
    return client.post(f"/api/v1{path}", fields)


def test_a_file_in_pieces_becomes_one_data_set(program: Program) -> None:
    address = begin(program)["Location"]
    assert tus_of(program, "PATCH", address, CONTENT[:500], Upload_Offset="0").status_code == 204
    # The SHA-256 is the key: begun again, it goes on where it stopped.
    again = begin(program)
    assert (again["Location"], again["Upload-Offset"]) == (address, "500")
    assert tus_of(program, "HEAD", address)["Upload-Offset"] == "500"
    tus_of(program, "PATCH", address, CONTENT[500:], Upload_Offset="500")
    name = address.split("/")[-1]
    first = form(program, "/datasets", upload=name)
    second = form(program, "/datasets", upload=name)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Dataset.objects.get().upload.sha256 == SHA256


def test_a_list_is_scored_from_pieces_once(program: Program, bundle: Any) -> None:
    address = begin(program)["Location"]
    tus_of(program, "PATCH", address, CONTENT, Upload_Offset="0")
    fields = {"bundle": str(bundle.uuid), "upload": address.split("/")[-1]}
    assert form(program, "/predictions", **fields).status_code == 202
    problem_of(form(program, "/predictions", **fields), 422, "invalid")


def test_what_does_not_fit_is_a_problem(program: Program) -> None:
    address = begin(program)["Location"]
    problem_of(tus_of(program, "PATCH", address, b"x", Upload_Offset="7"), 409, "wrong-offset")
    long = b"x" * (len(CONTENT) + 1)
    problem_of(tus_of(program, "PATCH", address, long, Upload_Offset="0"), 413, "too-large")
    told = {"Upload_Offset": "0", "Upload_Checksum": "sha1 AAAA"}
    problem_of(tus_of(program, "PATCH", address, b"x", **told), 460, "wrong-checksum")
    problem_of(program.call("POST", "/uploads"), 412, "wrong-version")
    problem_of(form(program, "/datasets"), 422, "invalid")
    problem_of(form(program, "/datasets", upload=address.split("/")[-1]), 422, "invalid")


def test_an_upload_is_the_persons_and_the_workspaces(cast: Any, program: Program) -> None:
    address = begin(program)["Location"]
    for person, workspace in ((cast.teammate, cast.workspace), (cast.outsider, cast.elsewhere)):
        other = program_of(person, workspace)
        problem_of(tus_of(other, "PATCH", address, b"x", Upload_Offset="0"), 404, "not-found")
