"""The whole road in a real browser: set-up to a scored list, on a made-up data set."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PASSWORD = "a long enough sentence"
LONG = 90_000
WIDTHS = (390, 1440)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page on which nothing may go wrong unseen."""
    trouble: list[str] = []
    opened = chromium.new_page()
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on(
        "console",
        lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None,
    )
    yield opened
    opened.context.close()
    assert trouble == []


def fits(page: Any) -> None:
    """No page may need to be pushed sideways."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert beyond <= 0, (page.url, width)


def set_up(page: Any, site: Any) -> None:
    site.get("/healthz").close()
    token = (site.data / "setup-token").read_text(encoding="ascii")
    page.goto(f"{site.address}/setup/?token={token}")
    page.get_by_label("Your e-mail").fill("anna@example.com")
    page.get_by_label("Name of your workspace").fill("Shop")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url("**/data/")


def understand(page: Any) -> None:
    page.get_by_role("button", name="Try Leads that convert (made up)").click()
    page.get_by_role("heading", name="What we noticed").wait_for(timeout=LONG)
    fits(page)
    card = page.locator("article", has=page.get_by_role("heading", name="Newsletter", exact=True))
    card.get_by_role("button", name="Ignore Newsletter").click()
    page.get_by_text("“Newsletter” is ignored").first.wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("“Newsletter” is ignored").first.wait_for(state="detached")


def ask(page: Any) -> None:
    page.get_by_role("link", name="Ask a question").first.click()
    page.get_by_text("Why this column?").wait_for()
    fits(page)
    page.locator("#id_target").select_option("Hours To First Reply")
    page.locator(".sentence__question", has_text="How much").wait_for()
    page.locator("#id_target").select_option("Converted")
    page.locator(".sentence__question", has_text="Who will").wait_for()
    page.get_by_text("Quick", exact=True).click()
    page.get_by_role("button", name="Check this question").click()
    start = page.get_by_role("button", name="Start learning")
    start.wait_for(timeout=LONG)
    fits(page)
    assert start.is_disabled()
    undecided = page.get_by_role("button", name="Ignore this column")
    for left in reversed(range(undecided.count())):
        undecided.first.click()
        expect(undecided).to_have_count(left)
    start.click()


def learn(page: Any) -> None:
    page.get_by_role("heading", name="Tried so far").wait_for(timeout=LONG)
    assert page.title().startswith("Learning …")
    fits(page)
    page.get_by_role("link", name="Download the report").wait_for(timeout=LONG)
    assert page.locator(".verdict").inner_text()
    fits(page)
    page.get_by_label("One contact costs").fill("2")
    page.get_by_label("One success is worth").fill("50")
    page.get_by_role("button", name="Work it out").click()
    page.locator("#cut").get_by_text("chance that it loses money").wait_for()
    with page.expect_download() as report:
        page.get_by_role("link", name="Download the report").click()
    assert Path(report.value.path()).read_bytes().lstrip().lower().startswith(b"<!doctype html")


def use(page: Any) -> list[dict[str, str]]:
    page.get_by_role("link", name="Bundles", exact=True).click()
    page.get_by_role("link", name="Who will convert?").first.click()
    fits(page)
    page.get_by_role("link", name="Use it on new people").click()
    page.get_by_role("button", name="Score the made-up rows").click()
    page.get_by_role("heading", name="The highest rows").wait_for(timeout=LONG)
    fits(page)
    with page.expect_download() as scored:
        page.get_by_role("link", name=re.compile("CSV")).click()
    with open(scored.value.path(), encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_from_nothing_to_a_scored_list(page: Any, start_site: Any) -> None:
    from upshot.samples import SAMPLES

    page.set_default_timeout(20_000)
    set_up(page, start_site())
    fits(page)
    understand(page)
    ask(page)
    learn(page)
    rows = use(page)
    assert len(rows) == SAMPLES["leads"].new_rows
    assert all(0 <= float(row["upshot_probability"]) <= 1 for row in rows)
    assert {row["upshot_decile"] for row in rows} == {str(tenth) for tenth in range(1, 11)}
