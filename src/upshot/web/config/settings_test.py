"""Settings for the tests: a data directory of their own, quick password hashing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# The tests' own variable, never UPSHOT_DATA: a developer's real data must stay out of reach.
# Child processes of the tests inherit it and so share the directory.
if "UPSHOT_TEST_DATA" not in os.environ:
    _temporary = tempfile.TemporaryDirectory(prefix="upshot-tests-", ignore_cleanup_errors=True)
    os.environ["UPSHOT_TEST_DATA"] = _temporary.name
_data = Path(os.environ["UPSHOT_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["UPSHOT_DATA"] = str(_data)
for _name in ("HOST", "ALLOWED_HOSTS", "HTTPS", "DEBUG"):
    os.environ.pop(f"UPSHOT_{_name}", None)

from upshot.web.config.database import is_server  # noqa: E402
from upshot.web.config.settings import *  # noqa: E402, F403
from upshot.web.config.settings import ALLOWED_HOSTS, DATABASES, HANDLERS  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
# A file, not memory: the jobs' child processes open the same database.
if not is_server(DATABASES["default"]):
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
JOB_HANDLERS = {
    **HANDLERS,
    "rehearsal.echo": "upshot.web.jobs.rehearsal.echo",
    "rehearsal.fail": "upshot.web.jobs.rehearsal.fail",
    "rehearsal.refuse": "upshot.web.jobs.rehearsal.refuse",
    "rehearsal.wait": "upshot.web.jobs.rehearsal.wait",
    "rehearsal.ignore": "upshot.web.jobs.rehearsal.ignore",
    "rehearsal.gobble": "upshot.web.jobs.rehearsal.gobble",
    "rehearsal.tally": "upshot.web.jobs.rehearsal.tally",
    "rehearsal.die": "upshot.web.jobs.rehearsal.die",
}
