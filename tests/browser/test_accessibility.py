"""The page for everybody: axe finds nothing, headings are in order, and emoji are drawn.

https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot import messages
from bot.fake_slack.sample_workspace import MEMBERS
from bot.quiz import texts
from bot.views import home
from tests.browser.conftest import SCHEMES, PageUser
from tests.browser.test_in_chromium import press

OpenPage = Callable[..., PageUser]
WIDTHS = (1280, 390)
EMOJI = {
    ":tada:": "\N{PARTY POPPER}",
    ":white_check_mark:": "\N{WHITE HEAVY CHECK MARK}",
    ":fire:": "\N{FIRE}",
    ":+1:": "\N{THUMBS UP SIGN}",
    ":heart:": "\N{HEAVY BLACK HEART}",
    ":congratulations:": "\N{CIRCLED IDEOGRAPH CONGRATULATION}",
    ":flag-de:": "\U0001f1e9\U0001f1ea",
}
PLACE_OF = """(message, text) => {
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const start = texts.currentNode.data.indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(texts.currentNode, start);
    range.setEnd(texts.currentNode, start + text.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
}"""
COUNT_COLORED_PIXELS = """async picture => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const paint = new OffscreenCanvas(image.width, image.height).getContext("2d");
  paint.drawImage(image, 0, 0);
  const pixels = paint.getImageData(0, 0, image.width, image.height).data;
  let colored = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue] = pixels.slice(at, at + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) colored += 1;
  }
  return colored;
}"""
MIN_COLORED_PIXELS = 40


class Inspector:
    """Looks at screens with axe, all of its rules, and takes their pictures."""

    def __init__(self, user: PageUser, width: int) -> None:
        self.user = user
        self._width = width
        self.faults: list[str] = []

    def look(self, screen: str) -> None:
        """Look in dark and in light mode."""
        for scheme in reversed(SCHEMES):
            self.user.page.emulate_media(color_scheme=scheme)
            self._look(f"{screen}-{self._width}-{scheme}")

    def _look(self, screen: str) -> None:
        self.user.screenshot(screen)
        found: dict[str, Any] = Axe().run(self.user.page).response
        for rule in found["violations"]:
            for node in rule["nodes"]:
                self.faults.append(f"{screen}: {rule['id']}: {node['html'][:200]}")
        levels = heading_levels(self.user.page)
        if (
            not levels
            or levels[0] != 1
            or any(after > before + 1 for before, after in pairwise(levels))
        ):
            self.faults.append(f"{screen}: headings {levels}")


def heading_levels(page: Page) -> list[int]:
    """The levels of the headings that are there for a screen reader, in their order."""
    return [
        int(heading.evaluate("each => each.tagName")[1])
        for heading in page.get_by_role("heading").all()
    ]


def go_to(user: PageUser, name: str) -> None:
    """Go somewhere by the sidebar, which on a phone has to be opened first."""
    menu = user.page.get_by_role("button", name="Open sidebar")
    if menu.is_visible():
        menu.click()
    user.go_to(name)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_screen(open_page: OpenPage, width: int) -> None:
    user = open_page(viewport={"width": width, "height": 860}, reduced_motion="reduce")
    inspector = Inspector(user, width)
    inspector.look("empty-channel")
    user.write("/aws what is 429 in api gateway :tada:")
    user.message("429 Too Many Requests")
    user.write("/aws rate exceeded")
    user.message("You asked: rate exceeded")
    inspector.look("answers")
    user.write("@factbot glacier bulk retrieval time")
    press(user.message("glacier bulk retrieval time"), re.compile("1 repl"))
    expect(user.page.get_by_role("region", name="Thread")).to_contain_text("5-12 hours")
    inspector.look("thread-open")
    user.page.keyboard.press("Escape")
    message = user.message("You asked: rate exceeded")
    message.hover()
    message.get_by_role("button", name="Requests", exact=True).click()
    expect(user.page.get_by_role("region", name="Requests")).to_contain_text("POST /slack/events")
    inspector.look("requests-open")
    press(user.page.get_by_role("region", name="Requests"), "Close requests")
    go_to(user, "aws-quiz")
    user.write("/aws quiz")
    dialog = user.dialog(texts.QUIZ_MODAL)
    inspector.look("dialog")
    press(dialog, messages.SAVE)
    user.message(texts.QUIZ_INTRODUCTION)
    press(user.page.locator("body"), "Next quiz")
    press(user.message("Quiz of the day"), re.compile("^Answer B:"))
    user.message("You picked B")
    inspector.look("quiz-question")
    press(user.page.locator("body"), "Reveal")
    user.message("How did I do?")
    inspector.look("quiz-revealed")
    go_to(user, "Home")
    expect(user.page.get_by_text(home.TITLE)).to_be_visible()
    inspector.look("home-tab")
    if width < 760:
        user.page.get_by_role("button", name="Open sidebar").click()
        inspector.look("sidebar-open")
    assert inspector.faults == []


def test_a_link_skips_what_comes_before_the_conversation(user: PageUser) -> None:
    user.page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    user.page.keyboard.press("Tab")
    link = user.page.get_by_role("link", name="Skip to the conversation")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    user.screenshots("skip-link")
    user.page.keyboard.press("Enter")
    expect(user.page.get_by_role("main")).to_be_focused()
    expect(user.page.get_by_role("main")).to_have_accessible_name("#general")


def test_emoji_are_drawn_in_color_whatever_fonts_there_are(user: PageUser) -> None:
    user.write(f"{' '.join(EMOJI)} 123 #*")
    message = user.message("123 #*")
    user.page.evaluate("document.fonts.ready")
    user.screenshot("emoji")

    def colored_pixels(text: str) -> int:
        place = message.evaluate(PLACE_OF, text)
        assert place, f"{text} is not there"
        picture = base64.b64encode(user.page.screenshot(clip=place)).decode()
        return int(user.page.evaluate(COUNT_COLORED_PIXELS, picture))

    for code, character in EMOJI.items():
        assert colored_pixels(character) > MIN_COLORED_PIXELS, code
    assert colored_pixels("123 #*") == 0


def test_moments_are_in_the_zone_of_the_member_one_acts_as(open_page: OpenPage) -> None:
    user = open_page(timezone_id="Pacific/Auckland")
    user.write("when is this?")
    sent = user.message("when is this?").locator("time").first
    moment = datetime.fromisoformat(str(sent.get_attribute("datetime")))
    clock = user.page.get_by_role("banner").locator("time").first
    for member in MEMBERS:
        user.act_as(member.name)
        there = moment.astimezone(ZoneInfo(member.tz))
        expect(sent).to_have_text(f"{there:%H:%M}")
        expect(clock).to_contain_text(f"{there:%a}, {there:%b} {there.day}, {there:%H}:")


def test_escape_keeps_what_is_written(user: PageUser) -> None:
    box = user.page.get_by_role("textbox", name="Message #general")
    box.fill("/aws qu")
    expect(user.page.get_by_role("listbox")).to_be_visible()
    for _ in range(3):
        user.page.keyboard.press("Escape")
    expect(user.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("/aws qu")
    user.write("@factbot sqs message size")
    replies = user.message("sqs message size")
    press(replies, re.compile("1 repl"))
    thread = user.page.get_by_role("region", name="Thread")
    reply = thread.get_by_role("textbox")
    reply.fill("thanks, and")
    user.page.keyboard.press("Escape")
    expect(thread).to_be_visible()  # with something written, Escape only leaves the box
    expect(reply).to_have_value("thanks, and")
    user.page.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    press(replies, re.compile("1 repl"))
    expect(reply).to_have_value("thanks, and")
