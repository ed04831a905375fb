"""Take the pictures of the guide from a running site: ``make guide-pictures``.

Walks the road on a sample as the browser tests do, once for all languages, and writes small PNG
files with few colours.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.whole_site import WholeSite, begin  # noqa: E402
from upshot.web.guide.chapters import folder_of  # noqa: E402
from upshot.wording import LANGUAGES  # noqa: E402

WIDTH, HEIGHT = 1000, 640
COLOURS = 128

PICTURES = {
    "start": "/data/",
    "reading": "/data/{upload}/reading/",
    "understood": "/data/{dataset}/",
    "question": "/data/{dataset}/question/",
    "answer": "/runs/{run}/",
    "scored": "/predictions/{prediction}/",
    "lists": "/predictions/{prediction}/lists/",
    "bundle": "/bundles/{bundle}/",
}


UNDO = "button[name=decision][value=open]"
IGNORE = ".suspect button[name=decision][value=ignore]"


def take(page: Any, site: WholeSite, language: str) -> None:
    """All pictures in one language, each the top of its page; the suspects with their buttons."""
    folder = folder_of(language) / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    speak(page, site, language)
    for name, path in PICTURES.items():
        page.goto(site.address + path.format_map(site.ids))
        keep(folder / f"{name}.png", page.screenshot())
    page.goto(f"{site.address}/questions/{site.ids['question']}/")
    suspects = page.locator("section[aria-labelledby=suspects]")
    undo = suspects.locator(UNDO).first
    if undo.count():
        undo.click()
    ignore = suspects.locator(IGNORE).first
    ignore.wait_for()
    suspects.evaluate("part => part.scrollIntoView()")
    keep(folder / "leaks.png", page.screenshot())
    ignore.click()
    undo.wait_for()


def speak(page: Any, site: WholeSite, language: str) -> None:
    """The site in another language, as its reader chooses it."""
    page.goto(f"{site.address}/data/")
    other = page.locator(f"button[name=language][value={language}]")
    if other.count():
        other.click()
    page.locator(f"html[lang={language}]").wait_for(state="attached")


def keep(path: Path, png: bytes) -> None:
    """Write a picture with few colours: a page needs no more, and the file is a third as large."""
    from PIL import Image

    small = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    small.save(path, optimize=True)


def main() -> None:
    """Start a site, walk the road, take the pictures."""
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        chromium = runner.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        site = begin(chromium, Path(folder))
        page = chromium.new_page(
            storage_state=site.session, viewport={"width": WIDTH, "height": HEIGHT}
        )
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        for language in LANGUAGES:
            take(page, site, language)
        site.running.stop()
        chromium.close()


if __name__ == "__main__":
    main()
