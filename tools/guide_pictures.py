"""Take the pictures of the guide from a running site: ``make guide-pictures``.

Walks the road on a sample as the browser tests do, and writes small PNG files with few colours.
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

FOLDER = ROOT / "src" / "upshot" / "web" / "guide" / "chapters" / "pictures"
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


def take(page: Any, site: WholeSite) -> None:
    """All pictures, each the top of its page; the suspects with their buttons."""
    FOLDER.mkdir(exist_ok=True)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for name, path in PICTURES.items():
        page.goto(site.address + path.format_map(site.ids))
        keep(name, page.screenshot())
    page.goto(f"{site.address}/questions/{site.ids['question']}/")
    suspects = page.locator("section[aria-labelledby=suspects]")
    undo = suspects.get_by_role("button", name="Undo").first
    if undo.count():
        undo.click()
    ignore = suspects.get_by_role("button", name="Ignore this column").first
    ignore.wait_for()
    suspects.evaluate("part => part.scrollIntoView()")
    keep("leaks", page.screenshot())
    ignore.click()


def keep(name: str, png: bytes) -> None:
    """Write a picture with few colours: a page needs no more, and the file is a third as large."""
    from PIL import Image

    small = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    small.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Start a site, walk the road, take the pictures."""
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        chromium = runner.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        site = begin(chromium, Path(folder))
        page = chromium.new_page(storage_state=site.session)
        take(page, site)
        site.running.stop()
        chromium.close()


if __name__ == "__main__":
    main()
