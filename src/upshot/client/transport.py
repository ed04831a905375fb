"""Requests over HTTP with Python's own library: kept connections, retries, streamed files."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode, urlsplit

from upshot.client.errors import ApiError
from upshot.errors import InputError

TRIES = 4
FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
BLOCK = 1 << 20
_AGAIN = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Request:
    """One request below ``/api/v1``.

    ``body`` is sent as JSON; with ``file``, or as a ``form``, its fields are those of a form.
    ``blocks`` make a content that is sent as it is; its length stands in ``headers``.
    """

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    file: Path | None = None
    form: bool = False
    blocks: Callable[[], Iterable[bytes]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """An answer that was read whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def wait(self) -> float:
        """Seconds that the site asks to wait; 0 when it does not say."""
        said = self.headers.get("retry-after", "")
        return float(said) if said.isascii() and said.isdecimal() else 0.0

    def json(self) -> Any:
        """The answer as plain values."""
        return json.loads(self.content)


class Transport:
    """Sends requests to one site with one token.

    Parameters
    ----------
    url : str
        Where the site is, such as ``https://upshot.example.com``.
    token : str
        ``upshot_…``, from the account's page.
    timeout : float
        Seconds to wait for an answer.

    Raises
    ------
    InputError
        When `url` is no address of the web.
    """

    def __init__(self, url: str, token: str, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"'{url}' is no address of a site.", "Begin it with https://.")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._base = f"{parts.path.rstrip('/')}/api/v1"
        self._token, self._timeout = token, timeout
        self._local = threading.local()

    def send(self, request: Request) -> Reply:
        """Send a request and read the answer; tries again where that is safe.

        A request that changes something carries a key, so that it is done once even if the first
        answer was lost.

        Raises
        ------
        ApiError
            When the site refuses it, or cannot be reached.
        """
        key = {"Idempotency-Key": uuid.uuid4().hex} if request.method == "POST" else {}
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            try:
                reply = self.attempt(request, key)
            except ApiError:
                if not left:
                    raise
            else:
                if reply.status not in _AGAIN or not left:
                    return checked(reply)
                wait = max(wait, reply.wait)
            time.sleep(min(wait, LONGEST_WAIT))
            wait *= 2
        raise AssertionError("unreachable")

    def attempt(self, request: Request, key: Mapping[str, str] | None = None) -> Reply:
        """Send a request once, and give the answer whatever its status is.

        Raises
        ------
        ApiError
            When no answer came; its status is 0.
        """
        connection = self._connection()
        try:
            self._begin(connection, request, key or {})
            return _read(connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise _unreachable(error) from error

    def stream(self, request: Request, out: BinaryIO) -> None:
        """Send a request and write the answer to a file as it comes."""
        connection = self._connection()
        try:
            self._begin(connection, request, {})
            response = connection.getresponse()
            if response.status != 200:
                checked(_read(response))
            while block := response.read(BLOCK):
                out.write(block)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise _unreachable(error) from error

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _connection(self) -> http.client.HTTPConnection:
        held: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if held is None:
            if self._secure:
                held = http.client.HTTPSConnection(
                    self._host,
                    self._port,
                    timeout=self._timeout,
                    context=ssl.create_default_context(),
                )
            else:
                held = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
            self._local.connection = held
        return held

    def _begin(
        self, connection: http.client.HTTPConnection, request: Request, key: Mapping[str, str]
    ) -> None:
        query = urlencode({k: v for k, v in request.query.items() if v is not None})
        path = f"{self._base}{request.path}" + (f"?{query}" if query else "")
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "User-Agent": "upshot-client",
            **key,
            **request.headers,
        }
        if request.file is not None:
            form = _Form(request.file, request.body or {})
            headers |= {"Content-Type": form.content_type, "Content-Length": str(form.length)}
            connection.request(request.method, path, form.blocks(), headers)
        elif request.blocks is not None:
            connection.request(request.method, path, request.blocks(), headers)
        elif request.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            fields = urlencode(request.body or {}).encode()
            connection.request(request.method, path, fields, headers)
        elif request.body is not None:
            headers["Content-Type"] = "application/json"
            connection.request(request.method, path, json.dumps(request.body).encode(), headers)
        else:
            connection.request(request.method, path, headers=headers)


class _Form:
    """A form with one file, sent a block at a time."""

    def __init__(self, file: Path, fields: Mapping[str, str]) -> None:
        self._file, self._boundary = file, uuid.uuid4().hex
        head = [
            f'--{self._boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        name = quote(file.name)
        head.append(
            f"--{self._boundary}\r\n"
            f"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''{name}\r\n"
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        self._head = "".join(head).encode()
        self._tail = f"\r\n--{self._boundary}--\r\n".encode()
        self.length = len(self._head) + file.stat().st_size + len(self._tail)
        self.content_type = f"multipart/form-data; boundary={self._boundary}"

    def blocks(self) -> Iterator[bytes]:
        """The form, whatever the size of the file."""
        yield self._head
        with self._file.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block
        yield self._tail


def _read(response: http.client.HTTPResponse) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, response.read())


def checked(reply: Reply) -> Reply:
    """An answer that is no refusal.

    Raises
    ------
    ApiError
        When it is one.
    """
    if reply.status < 400:
        return reply
    try:
        details = reply.json()
    except ValueError:
        details = {}
    raise ApiError(reply.status, details if isinstance(details, dict) else {})


def _unreachable(error: Exception) -> ApiError:
    title = f"The site could not be reached ({type(error).__name__})."
    return ApiError(0, {"title": title, "detail": "Check the address and the network."})
