"""A copy of everything a person can take away: rows as JSON, files as they are.

What belongs to a workspace is found by following foreign keys, so a new kind of object is in the
copy without a line here. Secrets stay out: see `LEFT_OUT`.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from upshot.web.accounts.models import Role, User, Workspace
from upshot.web.audit.models import Entry
from upshot.web.files.models import StoredFile
from upshot.web.jobs.context import JobContext
from upshot.web.keeping.models import DataCopy
from upshot.web.keeping.relations import what_refers_to
from upshot.wording import say, to_plain

LEFT_OUT = frozenset({"password", "digest", "secret", "session_key", "token", "pseudonym_key"})
"""Columns that open doors, or would if they were known."""

README = """This is your copy of your data on Upshot.

account.json        you, your workspaces and devices
activity.json       what the log says you did
workspaces/…        one folder for each workspace you own:
  rows/*.json       every object in it
  files/…           uploaded files, tables read from them, bundles and scored lists;
                    rows name a file by its SHA-256, which is the name of the file here
  pseudonym-key.txt the key by which the bundles know your customers again; keep it safe
"""


def make_copy(arguments: dict[str, Any], context: JobContext) -> None:
    """Write the zip of a `DataCopy`."""
    copy = DataCopy.objects.select_related("user").get(uuid=arguments["copy"])
    copy.path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = copy.path.with_suffix(".part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.writestr("README.txt", README)
            _write(archive, "account.json", _account(copy.user))
            _write(archive, "activity.json", _activity(copy.user))
            owned = copy.user.memberships.filter(role=Role.OWNER).select_related("workspace")
            for membership in owned:
                context.progress({"stage": to_plain(say("Copying"))}, force=True)
                _write_workspace(archive, membership.workspace)
        os.chmod(draft, 0o600)
        with context.commit(finish=True):
            draft.replace(copy.path)
            copy.size = copy.path.stat().st_size
            copy.save(update_fields=["size"])
    finally:
        draft.unlink(missing_ok=True)


def _account(user: User) -> dict[str, Any]:
    return {
        "you": _plain(user),
        "workspaces": [
            {"name": membership.workspace.name, **_plain(membership)}
            for membership in user.memberships.select_related("workspace")
        ],
        "devices": [_plain(sign_in) for sign_in in user.sign_ins.all()],
    }


def _activity(user: User) -> list[dict[str, Any]]:
    return [_plain(entry) for entry in Entry.objects.filter(actor=user.pk).order_by("number")]


def _write_workspace(archive: zipfile.ZipFile, workspace: Workspace) -> None:
    folder = f"workspaces/{workspace.uuid}"
    for model, rows in belongings(workspace):
        name = f"{model._meta.app_label}.{model._meta.model_name}"
        _write(archive, f"{folder}/rows/{name}.json", [_plain(row) for row in rows])
    _write(archive, f"{folder}/workspace.json", _plain(workspace))
    archive.writestr(f"{folder}/pseudonym-key.txt", workspace.pseudonym_key)
    for stored in StoredFile.objects.filter(workspace=workspace):
        if stored.is_there:
            archive.write(stored.path, f"{folder}/files/{stored.sha256}")


def belongings(workspace: Workspace) -> Iterator[tuple[type[Model], list[Model]]]:
    """Every row that hangs on a workspace, by kind."""
    found: dict[type[Model], dict[Any, Model]] = {}
    waiting: list[Model] = [workspace]
    while waiting:
        above = waiting.pop()
        for relation in what_refers_to(type(above)):
            model = relation.related_model
            for row in model._base_manager.filter(**{relation.field.name: above}):
                if row.pk not in found.setdefault(model, {}):
                    found[model][row.pk] = row
                    waiting.append(row)
    for model, rows in sorted(found.items(), key=lambda pair: pair[0]._meta.label):
        yield model, list(rows.values())


def _plain(row: Model) -> dict[str, Any]:
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in LEFT_OUT
    }


def _write(archive: zipfile.ZipFile, name: str, facts: Any) -> None:
    archive.writestr(name, json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
