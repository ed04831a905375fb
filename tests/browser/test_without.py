"""The road without a mouse, without JavaScript, without moving things, and without eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from browser.whole_site import LONG, WholeSite

pytestmark = [pytest.mark.slow, pytest.mark.browser]

MOST_TABS = 150
FOCUSED = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const words = here.getAttribute("aria-label") || here.innerText || here.value || "";
  return [words.trim(), style.outlineStyle !== "none" || here === document.body];
}"""


@pytest.fixture
def page(chromium: Any, whole: WholeSite) -> Iterator[Any]:
    context = chromium.new_context(base_url=whole.address, storage_state=whole.session)
    opened = context.new_page()
    opened.set_default_timeout(LONG)
    yield opened
    context.close()


def tab_to(page: Any, words: str) -> None:
    """Press Tab until something that says these words has the focus, and the focus is seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        said, is_seen = page.evaluate(FOCUSED)
        assert is_seen, said
        if said.startswith(words):
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def test_the_road_by_keyboard_alone(page: Any) -> None:
    page.goto("/data/")
    tab_to(page, "Skip to the page")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Try Leads that convert")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What we noticed").wait_for()
    tab_to(page, "Ask a question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/question/**")
    tab_to(page, "Check this question")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start learning").wait_for()
    while page.get_by_role("button", name="Ignore this column").count():
        before = page.get_by_role("button", name="Undo").count()
        tab_to(page, "Ignore this column")
        page.keyboard.press("Space")
        page.get_by_role("button", name="Undo").nth(before).wait_for()
        # The focus stays where the person was.
        page.locator("main :focus").wait_for()
    tab_to(page, "Start learning")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Download the report").wait_for()
    tab_to(page, "Use it on new people")
    page.keyboard.press("Enter")
    page.wait_for_url("**/use/")
    tab_to(page, "Score the made-up rows")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The highest rows").wait_for()


def test_a_correction_keeps_the_focus(page: Any, whole: WholeSite) -> None:
    page.goto(f"/data/{whole.ids['dataset']}/")
    button = page.get_by_role("button", name="Ignore Newsletter")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use Newsletter again").wait_for()
    page.locator(":focus", has_text="Use again").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ignore Newsletter").wait_for()


def test_a_term_is_explained_by_keyboard_and_put_away(page: Any, whole: WholeSite) -> None:
    page.goto(f"/runs/{whole.ids['run']}/")
    note = page.get_by_role("tooltip").filter(has_text="by picking the same number at random")
    assert not note.is_visible()
    tab_to(page, "lift")
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.get_by_role("button", name="reach", exact=True).first.hover()
    assert page.get_by_role("tooltip").filter(has_text="share of all buyers").is_visible()


def test_nothing_moves_for_those_who_ask(page: Any, whole: WholeSite) -> None:
    page.emulate_media(reduced_motion="reduce")
    for path in ("/design/", f"/runs/{whole.ids['run']}/"):
        page.goto(path)
        moving = page.evaluate(
            "document.getAnimations().filter(a => a.effect.getTiming().duration > 50).length"
        )
        assert moving == 0, path


def test_progress_is_announced_in_one_lasting_place(page: Any, whole: WholeSite) -> None:
    page.goto(f"/questions/{whole.ids['question']}/")
    page.get_by_role("button", name="Start learning").click()
    page.locator("#live").wait_for()
    said = page.locator("#announcement").filter(has_text=re.compile(r"\w{3}"))
    said.wait_for(state="attached")
    assert said.get_attribute("role") == "status"
    page.get_by_role("link", name="Download the report").wait_for()


def test_the_road_without_javascript(chromium: Any, whole: WholeSite) -> None:
    context = chromium.new_context(
        base_url=whole.address, storage_state=whole.session, java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(LONG)
    page.goto("/data/")
    rows = "\n".join(f"{n % 7},{n % 5},{'yes' if n % 7 > 3 else 'no'}" for n in range(400))
    table = {"name": "plain.csv", "mimeType": "text/csv", "buffer": f"a,b,c\n{rows}".encode()}
    page.locator("input[type=file]").set_input_files([table])
    page.get_by_role("button", name="Upload and read").click()
    page.get_by_role("heading", name="What we noticed").wait_for()
    page.get_by_role("link", name="Ask a question").first.click()
    page.get_by_label("The column that says what happened").select_option("c")
    page.get_by_role("button", name="Use this column").click()
    page.get_by_text("Quick", exact=True).click()
    page.get_by_role("button", name="Check this question").click()
    page.get_by_role("button", name="Start learning").wait_for()
    while page.get_by_role("button", name="Ignore this column").count():
        page.get_by_role("button", name="Keep it: it is known in advance").first.click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Start learning").click()
    page.get_by_role("link", name="Download the report").wait_for()
    assert re.search(r"/runs/[0-9a-f-]+/", page.url)
    context.close()
