"""The playground's page in a real Chromium; skipped with a reason if there is none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from bot.playground.playground import playground
from bot.settings import Settings
from tests.conftest import FACTS_CACHE

SCREENSHOTS_FOLDER = Path(os.environ.get("SCREENSHOTS", "screenshots"))
expect.set_options(timeout=30_000)  # a busy machine takes more than the five seconds of Playwright
DESKTOP_SIZE: ViewportSize = {"width": 1280, "height": 860}
PHONE_SIZE: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Playwright's event loop, which runs in our thread, ends with the module: tests of
    other modules may need their own.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class PageUser:
    """A person at the page, who finds things by their accessible names and roles."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, name: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=name, exact=True).click()

    def act_as(self, name: str) -> None:
        """Switch to another member. Until their view is there, one still acts as the one before."""
        menu = self.page.get_by_label("Act as", exact=True)
        menu.select_option(label=name)
        expect(menu.locator("option:checked")).to_have_text(name)

    def write(self, text: str, box_name: str = "Message") -> None:
        box = self.page.get_by_role("textbox", name=box_name).last
        box.fill(text)
        box.press("Escape")
        box.press("Enter")

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """The latest message that shows a text, once it is there. Only a pattern minds the case."""
        message = self.page.get_by_role("article").filter(has_text=text).last
        expect(message).to_be_visible()
        return message

    def dialog(self, name: str) -> Locator:
        dialog = self.page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        return dialog

    def screenshot(self, name: str) -> None:
        """Save a picture for people to look at."""
        SCREENSHOTS_FOLDER.mkdir(exist_ok=True)
        self.page.wait_for_timeout(50)
        self.page.screenshot(path=SCREENSHOTS_FOLDER / f"{name}.png", animations="disabled")

    def screenshots(self, name: str) -> None:
        """Save pictures on a desktop and on a phone, in light and in dark mode."""
        for size in (DESKTOP_SIZE, PHONE_SIZE):
            self.page.set_viewport_size(size)
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self.screenshot(f"{name}-{size['width']}-{scheme}")
        self.page.set_viewport_size(DESKTOP_SIZE)
        self.page.emulate_media(color_scheme="light")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with playground(Settings(cache=FACTS_CACHE), 0, tmp_path) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., PageUser]]:
    """Open the page in its own window; script errors and foreign requests fail the test."""
    contexts, errors = [], []

    def open_page(**options: Any) -> PageUser:
        context = browser.new_context(**({"viewport": DESKTOP_SIZE} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: _check_request(request.url, address, errors))
        page.goto(address)
        expect(page.get_by_role("log")).to_be_visible()
        return PageUser(page)

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def _check_request(url: str, address: str, errors: list[str]) -> None:
    if not url.startswith((address, "data:")):
        errors.append(f"the page requested {url}")


@pytest.fixture
def user(open_page: Callable[..., PageUser]) -> PageUser:
    return open_page()
