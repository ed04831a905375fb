"""A site with one of everything, made as a person makes it; also for the pictures of the guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from running_site import Site, free_port

PASSWORD = "a long enough sentence"
LONG = 120_000
Seen = Callable[[Any], None]


@dataclass
class WholeSite:
    """The running site, its owner's session, and the public ids by what they are."""

    running: Site
    session: Any
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.running.address


def last_id(url: str) -> str:
    return re.findall(r"[0-9a-f-]{36}", url)[-1]


def begin(chromium: Any, folder: Path) -> WholeSite:
    running = Site(folder, free_port(), UPSHOT_DEBUG="1")
    running.get("/healthz").close()
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(30_000)
    set_up(page, running)
    site = WholeSite(running, page.context.storage_state())
    walk(page, site)
    page.context.close()
    return site


def set_up(page: Any, running: Site) -> None:
    token = (running.data / "setup-token").read_text(encoding="ascii")
    page.goto(f"{running.address}/setup/?token={token}")
    page.get_by_label("Your e-mail").fill("anna@example.com")
    page.get_by_label("Name of your workspace").fill("Shop")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url("**/data/")


def walk(page: Any, site: WholeSite) -> None:
    upload(page, site)
    understand(page, site)
    ask(page, site)
    learn(page, site)
    learn_again(page, site)
    try_out(page, site)
    score(page, site)
    invite(page, site)


def upload(page: Any, site: WholeSite) -> None:
    """A file of one's own, however small."""
    rows = "\n".join(f"{n % 7},{n % 5},{'yes' if n % 7 > 3 else 'no'}" for n in range(200))
    content = f"Visits,Letters,Ordered\n{rows}\n".encode()
    page.goto(f"{site.address}/data/")
    file = {"name": "customers.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("heading", name="What we noticed").wait_for(timeout=LONG)
    site.ids["upload"] = last_id(page.url)
    page.goto(f"{site.address}/data/")


def understand(page: Any, site: WholeSite) -> None:
    page.get_by_role("button", name="Try Leads that convert (made up)").click()
    page.get_by_role("heading", name="What we noticed").wait_for(timeout=LONG)
    site.ids["dataset"] = last_id(page.url)


def ask(page: Any, site: WholeSite) -> None:
    page.get_by_role("link", name="Ask a question").first.click()
    page.get_by_text("Quick", exact=True).click()
    page.get_by_role("button", name="Check this question").click()
    start = page.get_by_role("button", name="Start learning")
    start.wait_for(timeout=LONG)
    site.ids["question"] = last_id(page.url)


def start(page: Any) -> None:
    """Ignore every suspect, then learn until the answer is there."""
    page.get_by_role("button", name="Start learning").wait_for(timeout=LONG)
    while page.get_by_role("button", name="Ignore this column").count():
        page.get_by_role("button", name="Ignore this column").first.click()
        page.wait_for_timeout(700)
    page.get_by_role("button", name="Start learning").click()
    page.get_by_role("link", name="Download the report").wait_for(timeout=LONG)


def learn(page: Any, site: WholeSite) -> None:
    start(page)
    site.ids["run"] = last_id(page.url)
    page.get_by_role("link", name="See the bundle").click()
    site.ids["bundle"] = last_id(page.url)


def learn_again(page: Any, site: WholeSite) -> None:
    """The same sample once more, so that two bundles can be compared."""
    page.goto(f"{site.address}/bundles/{site.ids['bundle']}/again/")
    page.get_by_label("How long may it take?").select_option("quick")
    page.get_by_role("button", name="Check the data").click()
    start(page)
    page.goto(f"{site.address}/bundles/{site.ids['bundle']}/compare/")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/comparisons/**")
    site.ids["comparison"] = last_id(page.url)
    page.locator("#live").wait_for(state="detached", timeout=LONG)


def try_out(page: Any, site: WholeSite) -> None:
    page.goto(f"{site.address}/bundles/{site.ids['bundle']}/what-if/")
    page.get_by_role("button", name="See the prediction").click()
    page.wait_for_url("**/what-ifs/**")
    page.get_by_role("heading", name="What single changes would do").wait_for(timeout=LONG)
    site.ids["tried"] = last_id(page.url)


def score(page: Any, site: WholeSite) -> None:
    page.goto(f"{site.address}/bundles/{site.ids['bundle']}/use/")
    page.get_by_role("button", name="Score the made-up rows").click()
    page.get_by_role("heading", name="The highest rows").wait_for(timeout=LONG)
    site.ids["prediction"] = last_id(page.url)


def invite(page: Any, site: WholeSite) -> None:
    page.locator("details[data-menu] summary").click()
    page.get_by_role("link", name="People and settings").click()
    site.ids["workspace"] = last_id(page.url)
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#link").input_value()
    site.ids["invitation"] = link.rstrip("/").rsplit("/", 1)[-1]
