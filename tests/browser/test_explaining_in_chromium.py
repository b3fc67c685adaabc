"""The shortcut *Explain AWS terms* of a message, in the browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PageUser

LOG = (
    "An error occurred (ProvisionedThroughputExceededException) when calling the PutItem operation"
)


def test_a_message_is_explained_only_to_whoever_asks(user: PageUser) -> None:
    user.write(LOG)
    said = user.message("An error occurred")
    said.hover()
    said.get_by_role("button", name="Explain AWS terms").click()
    reply = user.message("In this message")
    expect(reply).to_contain_text("Only visible to you")
    expect(reply).to_contain_text("Operations: PutItem")
    expect(reply.get_by_role("button", name="Explain AWS terms")).to_have_count(0)
    user.screenshots("explained")
    user.act_as("Ben")
    expect(user.page.get_by_text("In this message")).to_have_count(0)
