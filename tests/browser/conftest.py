"""A browser, and a site with one of everything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from browser.whole_site import WholeSite, begin

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as runner:
        opened = runner.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def whole(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeSite]:
    """A site whose owner has walked the whole road on a sample, twice."""
    site = begin(chromium, tmp_path_factory.mktemp("whole"))
    yield site
    site.running.stop()
