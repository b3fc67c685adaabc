"""A real Chromium on the playground's page; skipped with a reason where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.playground.playground import playground
from bot.settings import Settings

SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", "screenshots"))
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no chromium on the path")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Client:
    """One member in front of the page, who uses what it shows by its names and roles."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, place: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=place, exact=True).click()

    def act_as(self, name: str) -> None:
        self.page.get_by_label("Act as").select_option(label=name)

    def write(self, text: str, place: str | None = None) -> None:
        box = self.page.get_by_role("textbox", name=place or "Message").last
        box.fill(text)
        box.press("Escape")
        box.press("Enter")

    def message(self, text: str) -> Locator:
        """The newest message that shows a text, once it is there."""
        found = self.page.get_by_role("article").filter(has_text=text).last
        expect(found).to_be_visible(timeout=10_000)
        return found

    def dialog(self, name: str) -> Locator:
        found = self.page.get_by_role("dialog", name=name)
        expect(found).to_be_visible(timeout=10_000)
        return found

    def picture(self, name: str) -> None:
        """Write a screenshot for looking at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.wait_for_timeout(150)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with playground(Settings(), 0, tmp_path) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Client]]:
    """Open the page in a window of its own; what the page logs as an error fails the test."""
    contexts, errors = [], []

    def open_page(**options: Any) -> Client:
        context = browser.new_context(**({"viewport": DESKTOP} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: _own(request.url, address, errors))
        page.goto(address)
        expect(page.get_by_role("log")).to_be_visible(timeout=10_000)
        return Client(page)

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def _own(url: str, address: str, errors: list[str]) -> None:
    if not url.startswith((address, "data:")):
        errors.append(f"the page asked for {url}")


@pytest.fixture
def client(open_page: Callable[..., Client]) -> Client:
    return open_page()
