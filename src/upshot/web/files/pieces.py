"""A file that arrives in pieces: begun, continued after every cut, and used once.

Each piece is on disk before it is counted, so what a person's browser is told has arrived is there
after a power cut too. Whoever sends a piece twice changes nothing: the second one meets another
offset.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import FileIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from upshot.errors import InputError
from upshot.web.files import quota
from upshot.web.files.models import Upload
from upshot.web.files.store import LEFTOVER_SECONDS, temporary_folder
from upshot.web.files.uploads import UnkeptFile

FIELD = "upload"
"""The field of a form that names a file sent in pieces, in place of the file itself."""

MOST_OPEN = 20
"""Unfinished uploads of one person: nobody sends more files at the same time."""

_BLOCK = 1 << 20


class TooLarge(InputError):
    """The file is larger than this installation takes."""


@dataclass(frozen=True)
class Wish:
    """What is said of a file before its first byte.

    Attributes
    ----------
    name : str
        Its name, to show.
    size : int
        Its length in bytes.
    mark : str
        What a browser knows of it besides, to recognise it later.
    sha256 : str
        Its content, where a program knows it.
    """

    name: str
    size: int
    mark: str = ""
    sha256: str = ""


def own_uploads(user: Any) -> QuerySet[Upload]:
    """A person's uploads that can still be continued or used."""
    since = timezone.now() - timedelta(seconds=LEFTOVER_SECONDS)
    return Upload.objects.filter(created_by=user, touched_at__gt=since)


def unfinished(user: Any, workspace: Model | None) -> list[Upload]:
    """What a person began to send into a workspace and did not send to its end."""
    if not workspace:
        return []
    begun = own_uploads(user).filter(workspace=workspace, became="", offset__gt=0)
    return [upload for upload in begun.filter(offset__lt=F("size")) if upload.path.is_file()]


def begin(workspace: Model, user: Any, wish: Wish) -> Upload:
    """A new upload; or the unfinished one of the same file, to go on with.

    Raises
    ------
    TooLarge, NoRoom
        When the file cannot be taken; nothing was sent then.
    """
    if wish.size > settings.MAX_UPLOAD_BYTES:
        raise TooLarge(
            _("This file is larger than %(most)s, the most this Upshot takes.")
            % {"most": filesizeformat(settings.MAX_UPLOAD_BYTES)},
            _("Export fewer rows or columns, or ask whoever runs it to raise the limit."),
        )
    found = _begun_before(workspace, user, wish)
    if found is not None:
        return found
    quota.refuse_too_much(workspace, quota.still_to_come(workspace) + wish.size)
    if own_uploads(user).filter(became="").count() >= MOST_OPEN:
        raise quota.NoRoom(
            _("%(count)d files are on their way already.") % {"count": MOST_OPEN},
            _("Wait until some of them have arrived."),
        )
    upload = Upload(
        workspace=workspace,
        created_by=user,
        name=wish.name[:255],
        mark=wish.mark[:64],
        size=wish.size,
        sha256=wish.sha256,
    )
    temporary_folder()
    upload.path.touch(mode=0o600)
    upload.save()
    return upload


def _begun_before(workspace: Model, user: Any, wish: Wish) -> Upload | None:
    if not wish.mark and not wish.sha256:
        return None
    same = own_uploads(user).filter(workspace=workspace, became="", size=wish.size)
    if wish.sha256:
        same = same.filter(sha256=wish.sha256)
    else:
        same = same.filter(name=wish.name[:255], mark=wish.mark[:64])
    return next((upload for upload in same if upload.path.is_file()), None)


def append(upload: Upload, blocks: Iterable[bytes]) -> int:
    """Write a piece at the upload's offset, force it to disk, then count it.

    A piece that is cut off is kept as far as it came; bytes past the file's length are left out.

    Returns
    -------
    int
        The new offset; the old one when another piece was counted meanwhile.
    """
    start = at = upload.offset
    with FileIO(upload.path, "r+") as file:
        file.seek(start)
        try:
            for block in blocks:
                at += _write(file, memoryview(block)[: upload.size - at])
        finally:
            at = file.tell()
            os.fsync(file.fileno())
            upload.offset = _count(upload, start, at)
    return upload.offset


def _write(file: FileIO, block: memoryview) -> int:
    written = 0
    while written < len(block):
        written += file.write(block[written:]) or 0
    return written


def _count(upload: Upload, start: int, end: int) -> int:
    same = Upload.objects.filter(pk=upload.pk, offset=start, became="")
    counted = same.update(offset=end, touched_at=timezone.now())
    return end if counted else start


def give_up(upload: Upload) -> None:
    """Forget an upload and what has arrived of it."""
    upload.delete()
    upload.path.unlink(missing_ok=True)


def sweep() -> None:
    """Forget uploads nobody went on with for a day, and files whose upload is gone."""
    before = timezone.now() - timedelta(seconds=LEFTOVER_SECONDS)
    files = {path.name: path for path in temporary_folder().glob("upload-*.part")}
    late = list(Upload.objects.filter(touched_at__lt=before))
    if not files and not late:
        return
    for upload in late:
        give_up(upload)
    for upload in Upload.objects.all():
        files.pop(upload.path.name, None)
    for path in files.values():
        path.unlink(missing_ok=True)


class Arrived:
    """A whole upload in the place of a file that came with a form.

    It stays where it is until it is used: `close` is for files that live as long as a request.

    Parameters
    ----------
    upload : Upload
        A whole one.
    """

    uncounted = 0
    """Its bytes were counted as they came."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.name, self.size = upload.name, upload.size
        self.path = upload.path
        self.sha256 = upload.sha256 if upload.became else _sha256(upload.path)

    @property
    def incoming(self) -> Arrived:
        """What `store.keep_incoming` takes."""
        return self


def file_of(request: HttpRequest, workspace: Model) -> Any:
    """The files of a form: one sent in pieces counts as one sent with it."""
    named = request.POST.get(FIELD)
    return request.FILES if named is None else {"file": arrived(request.user, workspace, named)}


def arrived(user: Any, workspace: Model, named: str) -> Arrived | UnkeptFile:
    """The upload of that name, or a file that says why there is none."""
    with contextlib.suppress(ValueError):
        found = own_uploads(user).filter(workspace=workspace, uuid=uuid.UUID(named)).first()
        if found is not None and (found.became or (found.is_whole and found.path.is_file())):
            said = found.sha256
            arrival = Arrived(found)
            if found.became or said in ("", arrival.sha256):
                return arrival
            give_up(found)
    problem = _("This file did not arrive whole. Send it again.")
    return UnkeptFile("file", None, 1, problem=problem)


def use_once(received: Any, make: Callable[[], str]) -> str:
    """Make something from a file, and return its address; from one sent in pieces only once.

    A browser whose answer was lost sends the form again and gets to what the first one made.
    """
    if not isinstance(received, Arrived):
        return make()
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=received.upload.pk)
        if not upload.became:
            upload.became, upload.sha256 = make(), received.sha256
            upload.save(update_fields=["became", "sha256"])
    # Content that was there already leaves the file behind.
    upload.path.unlink(missing_ok=True)
    return upload.became


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
