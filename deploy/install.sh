#!/bin/sh
# Install Upshot from this folder into a virtual environment of its own: what the Dockerfile runs,
# and what to run on a server without containers.
#
#   sh deploy/install.sh /opt/upshot
set -eu
target=${1:?"Name the folder to install into, such as /opt/upshot."}
cd "$(dirname "$0")/.."
"${PYTHON:-python3}" -m venv "$target"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR="${PIP_NO_CACHE_DIR:-1}"
"$target/bin/python" -m pip install --quiet --requirement requirements.txt
"$target/bin/python" -m pip install --quiet --no-deps .
"$target/bin/python" -m pip install --quiet 'psycopg[binary]>=3.2'
"$target/bin/upshot" --version
