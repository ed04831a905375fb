"""The frame of the site in a real browser: doors, menu, dialog, upload, a silent console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from running_site import Site, free_port

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PASSWORD = "a long enough sentence"


@pytest.fixture
def fresh(start_site: Any) -> Any:
    """A site that nobody has set up."""
    running = start_site(UPSHOT_DEBUG="1")
    running.get("/healthz").close()
    return running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Any]:
    """One site for all tests that only look; its owner is set up."""
    running = Site(tmp_path_factory.mktemp("site"), free_port(), UPSHOT_DEBUG="1")
    running.get("/healthz").close()
    page = chromium.new_page()
    set_up(page, running)
    running.session = page.context.storage_state()
    page.context.close()
    yield running
    running.stop()


@pytest.fixture
def page(chromium: Any, site: Any) -> Iterator[Any]:
    """The owner's page, on which nothing may go wrong unseen."""
    context = chromium.new_context(
        base_url=site.address,
        storage_state=site.session,
        viewport={"width": 390, "height": 800},
    )
    yield from _watched(context)


@pytest.fixture
def strangers_page(chromium: Any, fresh: Any) -> Iterator[Any]:
    """A page of a site that nobody has set up."""
    yield from _watched(chromium.new_context(base_url=fresh.address))


def _watched(context: Any) -> Iterator[Any]:
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda message: (
            trouble.append(message.text)
            if message.type == "error" and "status of 422" not in message.text
            else None
        ),
    )
    yield page
    context.close()
    assert trouble == []


def set_up(page: Any, site: Any) -> None:
    token = (site.data / "setup-token").read_text(encoding="ascii")
    page.goto(f"{site.address}/setup/?token={token}")
    page.get_by_label("Your e-mail").fill("anna@example.com")
    page.get_by_label("Name of your workspace").fill("Shop")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()


def sideways(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_set_up_log_out_and_in_again(strangers_page: Any, fresh: Any) -> None:
    page = strangers_page
    page.goto("/")
    assert page.url.endswith("/setup/")
    set_up(page, fresh)
    page.locator("details[data-menu] summary").click()
    page.keyboard.press("Escape")
    assert not page.get_by_text("Log out").is_visible()
    page.locator("details[data-menu] summary").click()
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("E-mail").fill("anna@example.com")
    page.get_by_label("Password").fill("something else")
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("alert").inner_text().startswith("This e-mail and password")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.locator("details[data-menu]").is_visible()


def test_by_keyboard_alone(strangers_page: Any, fresh: Any) -> None:
    page = strangers_page
    token = (fresh.data / "setup-token").read_text(encoding="ascii")
    page.goto(f"/setup/?token={token}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for text in ("", "anna@example.com", "Shop", PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/setup/" not in url)


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_every_component_fits(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/design/")
    assert sideways(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_components_are_accessible(page: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme=scheme)
    for address in ("/design/", "/account/"):
        page.goto(address)
        result = axe.run(page)
        assert result.violations_count == 0, result.generate_report()


def test_deleting_asks_first(page: Any) -> None:
    page.goto("/design/")
    page.get_by_role("button", name="Delete data set").click()
    dialog = page.get_by_role("dialog")
    assert "Delete bank-full.csv for good?" in dialog.inner_text()
    dialog.get_by_role("button", name="Keep it").click()
    assert page.url.endswith("/design/")
    page.get_by_role("button", name="Delete data set").click()
    dialog.get_by_role("button", name="Delete for good").click()
    page.wait_for_url("**/design/?")


def test_a_refused_upload_says_why_in_place(page: Any) -> None:
    page.goto("/data/")
    empty = {"name": "empty.csv", "mimeType": "text/csv", "buffer": b""}
    page.locator("input[type=file]").set_input_files([empty])
    page.get_by_role("alert").wait_for()
    assert "empty" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("button", name="Upload").is_enabled()


def test_an_upload_arrives(page: Any, site: Any) -> None:
    page.goto("/data/")
    rows = "\n".join(f"{number},{number % 2}" for number in range(200))
    table = {"name": "few.csv", "mimeType": "text/csv", "buffer": f"a,b\n{rows}\n".encode()}
    page.locator("input[type=file]").set_input_files([table])
    page.wait_for_url(lambda url: url.rstrip("/") != f"{site.address}/data")
    assert "few" in page.locator("main").inner_text()
