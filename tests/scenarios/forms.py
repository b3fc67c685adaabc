"""The form for facts, as a person in the tests opens, fills, and sends it."""

from __future__ import annotations

import copy
import json
from typing import Any

from bot.fake_slack.response_urls import ResponseTarget
from bot.views import fact_form
from tests.scenarios.conftest import ANN, TEAM, World, settle

FILLED: dict[str, Any] = {
    "service": "lambda",
    "title": "Lambda deploy freeze at Contoso",
    "answer": "Nobody deploys functions between December 20 and January 3.",
    "source": "https://contoso.example/freeze",
    "phrasings": "when is the zanzibar freeze\ncan I deploy zanzibar\nzanzibar dates",
    "detail": "",
}


def interaction(kind: str, user: str, team: str = TEAM, **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "team": {"id": team, "domain": "acme"}, "api_app_id": "A1", "token": "",
        "user": {"id": user, "name": "x", "team_id": team}, "enterprise": None,
        "is_enterprise_install": False, **more,
    }  # fmt: skip


def modal(world: World, user: str = ANN) -> dict[str, Any]:
    """What a person's modal shows now."""
    view_id = world.slack.view_store.open_modals.get(user)
    return copy.deepcopy(world.slack.views[view_id]) if view_id else {}


def initial(view: dict[str, Any]) -> dict[str, Any]:
    """What the inputs of a modal begin with."""
    found = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            option = element.get("initial_option", {}).get("value", "")
            found[block["block_id"]] = element.get("initial_value", option)
    return found


def send_form(
    world: World, user: str = ANN, view: dict[str, Any] | None = None, **entered: str
) -> dict[str, str]:
    """Fill in the open form and send it; the errors that it shows then."""
    view = view or modal(world, user)
    values = {}
    for name, text in (initial(view) | entered).items():
        option = {"selected_option": {"value": text} if text else None}
        state = option if name == fact_form.SERVICE else {"value": text or None}
        values[name] = {name: state}
    view = view | {"state": {"values": values}}
    response = world.send(interaction("view_submission", user, view=view))
    assert response.status_code == 200, response.text
    answer = json.loads(response.text or "{}")
    errors = world.slack.view_store.acknowledge(user, view["id"], answer)
    settle(world)
    return errors


def suggest(world: World, user: str = ANN, **entered: str) -> None:
    """Suggest a fact, whatever is alike."""
    world.command("suggest", user)
    settle(world)
    assert send_form(world, user, **(FILLED | entered)) == {}
    if "private_metadata" in modal(world, user):
        assert send_form(world, user, **(FILLED | entered)) == {}
    assert fact_form.SENT in json.dumps(modal(world, user))
    world.slack.view_store.close(user, modal(world, user)["id"])


def press(world: World, message: dict[str, Any], element: dict[str, Any], user: str) -> None:
    """Press something on a message that is there."""
    channel, ts = message["channel"], message["ts"]
    where = {"message_ts": ts, "channel_id": channel, "is_ephemeral": bool(message["visible_to"])}
    url = world.slack.response_url(ResponseTarget(channel, user, ts, message["thread_ts"]))
    world.press(element, user, channel={"id": channel}, container=where, response_url=url)
    settle(world)


def deliver(world: World) -> None:
    """Send what is due, one message a second as Slack allows."""
    while due := world.store.deliveries.claim(1):
        world.services.sender.send(due[0])
        world.wall_clock.now += 2
