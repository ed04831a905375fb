"""Every page in a real browser: accessible, silent, light, and never wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from browser.whole_site import WholeSite
from every_page import FOR_STRANGERS, PAGES

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WIDTHS = (390, 820, 1440)
MOST_BYTES = 100_000
CHART = re.compile(rb"<svg.*?</svg>", re.DOTALL)


@pytest.fixture(scope="module")
def pages(chromium: Any, whole: WholeSite) -> Iterator[dict[bool, Any]]:
    """A page of the owner and one of a stranger, by whether it is the stranger's."""
    made = {}
    for stranger in (False, True):
        context = chromium.new_context(
            base_url=whole.address, storage_state=None if stranger else whole.session
        )
        page = context.new_page()
        page.trouble = trouble = []
        page.on("pageerror", lambda error, trouble=trouble: trouble.append(str(error)))
        page.on("console", lambda said, trouble=trouble: note(said, trouble))
        made[stranger] = page
    yield made
    for page in made.values():
        page.context.close()


def note(said: Any, trouble: list[str]) -> None:
    if said.type in ("error", "warning"):
        trouble.append(said.text)


@pytest.mark.parametrize("name", [*PAGES, *FOR_STRANGERS])
def test_every_page(pages: dict[bool, Any], whole: WholeSite, name: str) -> None:
    stranger = name in FOR_STRANGERS
    page = pages[stranger]
    path = (FOR_STRANGERS if stranger else PAGES)[name].format_map(whole.ids)
    page.trouble.clear()
    answer = page.goto(path)
    expected = 404 if name == "accounts:recover" else 200
    assert answer.status == expected
    assert len(CHART.sub(b"", answer.body())) < MOST_BYTES
    if expected == 200:
        assert page.trouble == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            look(page, f"{name} {scheme} {width}")


def look(page: Any, where: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert beyond <= 0, where
    result = axe.run(page)
    assert result.violations_count == 0, f"{where}\n{result.generate_report()}"
