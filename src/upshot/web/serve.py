"""`upshot serve` and `upshot worker`: from a folder to a running website."""

from __future__ import annotations

import errno
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from upshot.errors import InputError
from upshot.web.rounds import daily_rounds

logger = logging.getLogger(__name__)

THREADS = 8
# Browsers keep connections open while people read, and waitress answers nobody beyond its limit.
CONNECTIONS = 1000
FILES_BESIDE = 256
# Beside the file a form has fields; and a file a little too large still gets a kind answer.
ROOM_FOR_FIELDS = 64 * 1024**2
STOP_SECONDS = 10.0
RESTART_SECONDS = 1.0
WAIT_SECONDS = 20.0


def serve(host: str, port: int, data: Path, workers: int) -> None:
    """Run the website and its workers until Ctrl-C or SIGTERM.

    Parameters
    ----------
    host, port
        Where to listen.
    data : Path
        The data directory; made when it is not there.
    workers : int
        How many jobs run at the same time; 0 means that workers are started elsewhere.

    Raises
    ------
    InputError
        When the address is taken or a setting cannot be used.
    """
    listener = _listen(host, port)
    with listener:
        _set_up(data, host)
        _prepare()
        from django.urls import get_resolver

        from upshot.web.config.wsgi import application

        # Pages are loaded now, so that a broken one is told here and nobody waits for the first.
        _ = get_resolver().url_patterns

        with _stopping_on_signals(), _Workers(workers), daily_rounds():
            _announce(host, listener.getsockname()[1])
            _answer(application, listener)


def worker(data: Path) -> None:
    """Run one more worker on a data directory until Ctrl-C or SIGTERM."""
    _set_up(data, os.environ.get("UPSHOT_HOST", "127.0.0.1"))
    _wait_for_site(data)
    from upshot.web.jobs.worker import Worker

    hand = Worker()
    # Whoever reads "ready" may stop it at once.
    hand.stop_on_signals()
    click.echo(f"Worker ready on {data}. Stop it with Ctrl-C.")
    hand.run()


def recovery_link(data: Path, email: str, *, without_second_factor: bool = False) -> str:
    """The path of a link for a new password, to be put behind the site's address.

    Raises
    ------
    InputError
        When nobody has this e-mail here.
    """
    if not (data / "secret-key").is_file():
        raise InputError(
            f"The data folder {data} holds no website.", "Name the right one with --data."
        )
    _set_up(data, os.environ.get("UPSHOT_HOST", "127.0.0.1"))
    from upshot.web.accounts import recovery
    from upshot.web.accounts.models import User, normal_email
    from upshot.web.audit.log import write

    user = User.objects.filter(email=normal_email(email), is_active=True).first()
    if user is None:
        raise InputError(
            f"Nobody here has the e-mail {email}.",
            "Check the spelling, and that --data names the right folder.",
        )
    kind = recovery.ALL if without_second_factor else recovery.PASSWORD
    write("accounts:reset_link", thing=("user", str(user.pk)))
    return recovery.path_for(user, kind)


def _listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is started, so that a clash is told at once."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError:
        raise InputError(
            f"This machine has no address {host!r}.", "Try --host 127.0.0.1."
        ) from None
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        # Two listeners may share a bound port until one listens.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _cannot_listen(error, host, port) from None
    return listener


def _cannot_listen(error: OSError, host: str, port: int) -> InputError:
    if error.errno == errno.EADDRINUSE:
        return InputError(
            f"Port {port} is already taken; perhaps Upshot is running already.",
            f"Stop the other program, or choose another port: --port {port + 1}.",
        )
    if error.errno == errno.EACCES:
        return InputError(f"Port {port} needs special rights.", "Choose one above 1023.")
    return InputError(f"Cannot listen on {host}.", "Try --host 127.0.0.1.")


def _set_up(data: Path, host: str) -> None:
    """Settings, folders and Django itself, as they must be before anything runs."""
    os.environ["UPSHOT_DATA"] = str(data.expanduser().resolve())
    os.environ["UPSHOT_HOST"] = host
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upshot.web.config.settings")
    try:
        import django

        django.setup()
    except ValueError as error:  # a setting names what is wrong with it
        raise InputError(str(error)) from error
    except PermissionError:
        raise InputError(
            f"The data folder {data} cannot be written to.", "Choose another with --data."
        ) from None
    from django.conf import settings

    # Big uploads pass through temporary files: they belong on the data's disk, not in memory.
    tempfile.tempdir = str(settings.DATA.incoming)


def _prepare() -> None:
    """Bring the database up to date, and remove what nobody needs any more."""
    from django.core.management import call_command
    from django.db import connection

    from upshot.web.config.database import version_warning
    from upshot.web.files.store import sweep_leftovers

    call_command("migrate", interactive=False, verbosity=0)
    call_command("clearsessions")
    sweep_leftovers()
    warning = version_warning() if connection.vendor == "sqlite" else None
    if warning:
        click.echo(warning, err=True)


def _wait_for_site(data: Path) -> None:
    """The site brings the database up to date; a worker that comes first waits for that."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    end = time.monotonic() + WAIT_SECONDS
    while True:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if time.monotonic() > end:
            raise InputError(
                f"The data folder {data} holds no website of this version.",
                f"Start the website first: upshot serve --data {data}",
            )
        time.sleep(RESTART_SECONDS)


def _announce(host: str, port: int) -> None:
    from upshot.web.accounts import setup

    address = _public_address(host, port)
    click.echo(f"Upshot is ready on {address}")
    if setup.is_open():
        click.echo(f"Set up your account: {address}/setup/?token={setup.token()}")
    click.echo("Stop it with Ctrl-C.")


def _public_address(host: str, port: int) -> str:
    """Where people find the site; behind HTTPS that is the name it was given."""
    from django.conf import settings

    from upshot.web.config import env

    names = env.words("ALLOWED_HOSTS")
    if settings.HTTPS and names:
        return f"https://{names[0]}"
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _answer(application: object, listener: socket.socket) -> None:
    from django.conf import settings
    from waitress import create_server

    server = create_server(
        application,
        sockets=[listener],
        threads=THREADS,
        connection_limit=_room_for_connections(),
        # select() knows no descriptor above 1,023.
        asyncore_use_poll=hasattr(select, "poll"),
        max_request_body_size=settings.MAX_UPLOAD_BYTES + ROOM_FOR_FIELDS,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **_proxy_settings(),
    )
    server.run()
    server.close()


def _room_for_connections() -> int:
    """How many connections may be open: as many as wished, if the system lets us have the files."""
    if sys.platform == "win32":
        return CONNECTIONS // 4  # select() takes 512 there
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, min(CONNECTIONS, soft - FILES_BESIDE))
    return CONNECTIONS


def _proxy_settings() -> dict[str, object]:
    """Whom to believe about a visitor's address; nobody, unless told."""
    from upshot.web.config import env

    proxy = env.text("TRUSTED_PROXY", "")
    if not proxy:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Workers:
    """Worker processes beside the site; one that ends is started again."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._stop = threading.Event()
        self._processes: list[subprocess.Popen[bytes]] = []
        # The system ties a worker's life to the thread that started it, so this one stays.
        self._keeper = threading.Thread(target=self._keep, name="workers", daemon=True)

    def __enter__(self) -> _Workers:
        if self._count:
            self._keeper.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        if self._count:
            self._keeper.join()

    def _keep(self) -> None:
        self._processes = [_start_worker() for _ in range(self._count)]
        while not self._stop.wait(RESTART_SECONDS):
            for place, process in enumerate(self._processes):
                if process.poll() is not None:
                    logger.error(
                        "a worker ended with exit code %s; starting another", process.returncode
                    )
                    self._processes[place] = _start_worker()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start_worker() -> subprocess.Popen[bytes]:
    """A worker in a session of its own: Ctrl-C reaches it through us, once."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "upshot.web.jobs", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
