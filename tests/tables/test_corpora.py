"""Every file of DuckDB's tests is read or refused in a sentence, soon and in little memory."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SECONDS = 30
MEGABYTES = 1024
CORPUS = "duckdb_csv.tar.gz"

# One process reads them all, so that its largest size is that of the worst file.
READ_ALL = f"""
import re, signal, sys
from pathlib import Path
from upshot.errors import FileProblem
from upshot.tables import read

for path in sorted(Path(sys.argv[1]).rglob("*")):
    if not path.is_file():
        continue
    signal.alarm({SECONDS})
    print(path, flush=True)
    try:
        read(path).data
    except FileProblem as problem:
        assert problem.problem and problem.remedy
    signal.alarm(0)
# Not `ru_maxrss`: that begins with the size of the process that started this one.
status = Path("/proc/self/status").read_text()
held = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024
assert held < {MEGABYTES}, held
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's largest size from /proc")
def test_every_file_is_read_or_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    beside = [up / "shared/corpora" / CORPUS for up in Path(__file__).parents]
    corpus = next((path for path in beside if path.exists()), None)
    if corpus is None:
        pytest.skip("the corpus is not beside the project")
    with tarfile.open(corpus) as archive:
        archive.extractall(tmp_path, filter="data")
    child = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)], capture_output=True, text=True, check=False
    )
    last = child.stdout.splitlines()[-1:]
    assert child.returncode == 0, (child.returncode, last, child.stderr[-2000:])
