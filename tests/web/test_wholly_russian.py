"""Every page is wholly in the reader's language: no English sentence is left on a Russian page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from upshot.web.guide.chapters import CHAPTERS
from upshot.web.runs.models import Question, Run
from web.conftest import upload_of

# Names, formats and codes that are the same in every language.
NAMES = frozenset(
    """
    Upshot Excel PowerPoint Parquet CSV OpenDocument Google Meta Customer Match Ads Facebook
    CRM custom audience Custom Audiences Manager utf EUC-KR API JSON OpenAPI ETag HTTP HTTPS
    RFC Standard
    Webhooks Authorization Bearer Idempotency-Key Retry-After RateLimit-Remaining
    If-None-Match UPSHOT_TOKEN upshot curl e-mail E-mail mail zip Aegis FAS Authenticator
    English UTF Windows DOS Mac KOI Shift JIS Big EUC GB tus SHA CatBoost LightGBM IP Allow
    limit next cursor code ready contact control upshot_group recover problem json application
    png xlsx pptx ROC AUC Brier Average precision Accuracy Balanced accuracy Log loss Macro
    Top holdout worker Linux Firefox Chrome Safari Edge
    """.split()  # noqa: SIM905 - a list would fill the screen
)
# What the test's own data is called.
DATA = frozenset(
    """visits plan joined spent bought email basic plus pro shop new csv yes no owner viewer
    teammate example com Shop id""".split()  # noqa: SIM905 - as above
)
# Chapters that quote the buttons of other tools and the columns of a file, in English.
OF_OTHERS = frozenset({"exports", "question"})
WORD = re.compile(r"[A-Za-z][A-Za-z_-]*[A-Za-z]")
MACHINE_NUMBER = re.compile(r'\b(?:x|y|width|height|value|max|min|step)="-?\d+,\d+"')
SILENT = frozenset({"script", "style", "code", "pre", "textarea"})
SAID = frozenset({"aria-label", "aria-description", "title", "alt", "placeholder", "data-title"})
VOID = frozenset({"br", "img", "input", "link", "meta", "hr", "rect", "path", "circle", "line"})


class Read(HTMLParser):
    """What a page says, part by part; not what it marks as being in English."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._quiet: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        is_quiet = tag in SILENT or given.get("lang") == "en" or given.get("class") == "name"
        if tag not in VOID and (self._quiet or is_quiet):
            self._quiet.append(tag)
        if not self._quiet:
            self.parts += [value for name, value in attributes if name in SAID and value]
            self.parts += [v for name, v in attributes if name.startswith("data-words") and v]

    def handle_endtag(self, tag: str) -> None:
        if self._quiet and tag not in VOID:
            self._quiet.pop()

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.parts.append(" ".join(data.split()))


def english_of(page: str) -> set[str]:
    """The parts of a page that hold a word of English."""
    reader = Read()
    reader.feed(page)
    found = set()
    for part in reader.parts:
        words = set(WORD.findall(re.sub(r"\S+@\S+|https?://\S+|\{\w+\}|\.\w+\b", " ", part)))
        if words - NAMES - DATA:
            found.add(part)
    return found


def rows_of_a_shop() -> bytes:
    """A small export with something to learn, something to mend and something personal."""
    random = np.random.default_rng(3)
    lines = ["id,email,visits,plan,joined,spent,bought"]
    for row in range(400):
        visits = int(random.integers(1, 30))
        plan = ("basic", "plus", "pro", "n/a")[int(random.integers(4))]
        bought = "yes" if visits + random.normal(0, 6) > 20 else "no"
        day = f"2026-{1 + row % 9:02d}-{1 + row % 28:02d}"
        spent = f"{visits * 7 + random.normal(0, 9):.2f}" if row % 9 else ""
        lines.append(f"K-{row},kim{row}@example.com,{visits},{plan},{day},{spent},{bought}")
    return "\n".join(lines).encode()


@pytest.fixture
def in_russian(owner_client: Any) -> Any:
    """The owner's browser, set to Russian."""
    owner_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    return owner_client


@pytest.fixture
def english_on(in_russian: Any) -> Any:
    """Visit pages and gather what they say in English."""

    def visit(*paths: str) -> dict[str, set[str]]:
        found = {}
        for path in paths:
            response = in_russian.get(path, follow=True)
            page = response.content.decode()
            assert '<html lang="ru">' in page, path
            # Programs read such numbers: they are not written for people.
            assert not MACHINE_NUMBER.search(page), (path, MACHINE_NUMBER.search(page))
            if english := english_of(page):
                found[path] = english
        return found

    return visit


def test_the_pages_around_the_road_are_russian(cast: Any, english_on: Any) -> None:
    space = f"/workspaces/{cast.workspace.uuid}"
    assert not english_on(
        *("/account/", "/account/two-factor/", "/account/tokens/", "/account/delete/"),
        *("/workspaces/new/", f"{space}/", f"{space}/log/", f"{space}/queue/", f"{space}/delete/"),
        *("/data/", "/runs/", "/bundles/", "/guide/", "/nowhere/", "/join/none/"),
        *(f"/guide/{slug}/" for slug in CHAPTERS if slug not in OF_OTHERS),
    )


def test_the_pages_before_the_door_are_russian(client: Any, db: None, cast: Any) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    for path in ("/login/", "/forgot/", "/login/code/", "/setup/"):
        page = client.get(path, follow=True).content.decode()
        assert '<html lang="ru">' in page
        assert not english_of(page), path


@pytest.mark.slow
def test_the_whole_road_is_russian(
    in_russian: Any, english_on: Any, run_jobs: Any, cast: Any
) -> None:
    in_russian.post("/data/new/", {"file": upload_of(rows_of_a_shop())})
    path = f"/data/{_newest('datasets').uuid}/"
    found = english_on(path)
    assert run_jobs().state == "succeeded"
    found |= english_on(path, f"{path}reading/", f"{path}delete/", f"{path}question/")
    found |= english_on(f"{path}question/?target=spent", f"{path}question/?target=plan")
    in_russian.post(f"{path}kind/", {"column": "plan", "kind": "text", "position": "4"})
    found |= english_on(path)
    in_russian.post(f"{path}undo/")
    run_jobs()
    for asked in ({"target": "bought", "positive": "yes"}, {"target": "spent"}, {"target": "plan"}):
        found |= _learned(in_russian, english_on, run_jobs, path, asked)
    assert not found, "\n".join(sorted({part for parts in found.values() for part in parts}))


def _learned(
    browser: Any, english_on: Any, run_jobs: Any, path: str, asked: dict[str, str]
) -> dict[str, set[str]]:
    browser.post(f"{path}question/", {**asked, "effort": "quick"})
    question = Question.objects.latest("pk")
    here = f"/questions/{question.uuid}/"
    found = english_on(here)
    assert run_jobs().state == "succeeded"
    found |= english_on(here)
    question.refresh_from_db()
    suspects = [one["column"] for one in question.readiness["leak_suspects"]]
    browser.post(f"{here}decide/", {"column": suspects, "decision": "keep"})
    found |= english_on(here)
    browser.post(f"{here}start/", {"effort": "quick"})
    run = Run.objects.latest("pk")
    found |= english_on(f"/runs/{run.uuid}/")
    assert run_jobs().state == "succeeded"
    run.refresh_from_db()
    bundle = f"/bundles/{run.bundle.uuid}/"
    found |= english_on("/runs/", f"/runs/{run.uuid}/", f"/runs/{run.uuid}/delete/")
    found |= english_on(f"/runs/{run.uuid}/?contact_cost=1&success_value=20", bundle)
    found |= english_on(*(f"{bundle}{page}/" for page in ("use", "again", "compare", "delete")))
    found |= english_on("/bundles/", f"{bundle}what-if/", f"/runs/{run.uuid}/rule/")
    browser.post(f"{bundle}use/", {"file": upload_of(rows_of_a_shop(), "new.csv")})
    scored = f"/predictions/{_newest('predictions').uuid}/"
    found |= english_on(scored)
    assert run_jobs().state == "succeeded"
    return found | english_on(scored, f"{scored}lists/", f"{scored}delete/")


def _newest(app: str) -> Any:
    from upshot.web.datasets.models import Dataset
    from upshot.web.predictions.models import Prediction

    model: Any = {"datasets": Dataset, "predictions": Prediction}[app]
    return model.objects.latest("pk")
