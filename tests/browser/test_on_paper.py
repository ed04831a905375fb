"""The answer on paper: nothing to click, nothing cut, and the reader's own numbers."""

from __future__ import annotations

from typing import Any

import pytest

from browser.whole_site import WholeSite

pytestmark = [pytest.mark.slow, pytest.mark.browser]

A4_BETWEEN_MARGINS = 672
"""Pixels of CSS: 178 of 210 mm."""


def test_an_answer_on_paper_holds_what_was_found_and_nothing_to_click(
    chromium: Any, whole: WholeSite
) -> None:
    context = chromium.new_context(base_url=whole.address, storage_state=whole.session)
    page = context.new_page()
    page.goto(f"/runs/{whole.ids['run']}/?cost=2&value=40")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_BETWEEN_MARGINS, "height": 900})
    shown = "a.button:visible, button:not(.gloss__term):visible, input[type=range]:visible"
    assert page.locator(shown).count() == 0
    assert page.locator("input:visible").evaluate_all("all => all.map(one => one.value)") == [
        "2",
        "40",
    ]
    assert page.locator("figure.chart svg:visible").count() >= 3
    assert page.locator("details:not([open]).details:visible").count() == 0
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= A4_BETWEEN_MARGINS
    clipped = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    assert page.locator("textarea:visible").evaluate_all(clipped) == 0
    context.close()
