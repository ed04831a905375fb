"""The peers: what each needs, and the command that makes its environment.

Each peer has a virtual environment of its own, outside of the repository::

    python benchmarks/peers.py flaml catboost h2o --into ~/upshot-peers

CPU builds are named where an unpinned requirement would bring gigabytes of CUDA. H2O needs Java.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from pathlib import Path

_TORCH = "torch==2.13.0"
REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "catboost": ("catboost==1.2.10", "pandas"),
    "flaml": ("flaml[automl]==2.7.0", "catboost==1.2.10"),
    "autogluon": (_TORCH, "autogluon.tabular[lightgbm,catboost,xgboost,fastai]==1.6.3"),
    "lightautoml": (_TORCH, "lightautoml==0.4.2"),
    "h2o": ("h2o==3.46.0.12", "pandas"),
    "mljar": ("mljar-supervised==1.3.2",),
}
# Contenders that share another's environment.
_SHARED = {"autogluon-medium": "autogluon"}
NAMES = (*REQUIREMENTS, *_SHARED)


def python_of(peer: str, folder: Path) -> Path:
    """The interpreter of a peer's environment."""
    home = folder / _SHARED.get(peer, peer)
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(peer: str, folder: Path) -> None:
    """Make a peer's environment anew."""
    venv.create(folder / peer, with_pip=True, clear=True)
    command = [str(python_of(peer, folder)), "-m", "pip", "install", "--quiet"]
    subprocess.run([*command, *REQUIREMENTS[peer]], check=True)


def main() -> None:
    """Install the peers named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("peers", nargs="+", choices=list(REQUIREMENTS))
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    for peer in options.peers:
        install(peer, options.into)
        print(f"{peer}: {python_of(peer, options.into)}", flush=True)


if __name__ == "__main__":
    main()
