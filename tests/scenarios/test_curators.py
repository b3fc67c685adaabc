"""Who curates a workspace's facts: shown, changed in Slack, and said to everyone else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from slack_sdk import WebClient

from bot.services import _curators
from bot.settings import Settings
from bot.views import curators as view
from tests.scenarios.conftest import ANN, BEN, CHANNEL, DIRECT, TEAM, World, settle


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    world = make_world(database_url=url)
    world.store.prepare()
    world.slack.people.users = {
        ANN: {"name": "ann.lee", "is_admin": True},
        BEN: {"name": "ben", "profile": {"display_name": "Benny"}},
        "U0CLEO": {"name": "cleo"},
    }
    yield world


def client(world: World) -> WebClient:
    return WebClient("xoxb-test", base_url=world.slack.url)


def may_curate(world: World, user: str) -> bool:
    return world.services.curators.may_curate(TEAM, user, client(world))


def test_admins_curate_until_somebody_is_named(world: World) -> None:
    assert "Workspace admins" in world.command_reply("curators", BEN)["text"]
    assert may_curate(world, ANN) and not may_curate(world, BEN)
    world.slack.people.users["U0CLEO"]["is_owner"] = True
    assert may_curate(world, "U0CLEO")
    refused = world.services.curators.refusal(TEAM, BEN, client(world))
    assert refused and "Only curators can do that. Workspace admins" in refused.text


@pytest.mark.parametrize("typed", ["@ben and @cleo", "@Benny @cleo", f"<@{BEN}> <@U0CLEO|cleo>"])
def test_an_admin_names_curators(world: World, typed: str) -> None:
    said = world.command_reply(f"curators {typed}")["text"]
    assert said.startswith(f"Done. The facts here are curated by <@{BEN}> and <@U0CLEO>.")
    assert may_curate(world, BEN) and not may_curate(world, ANN)
    assert world.services.curators.of("T2").who == ()
    assert "<@U0BEN>" in world.command_reply("curators", "U0CLEO")["text"]
    assert "Workspace admins" in world.command_reply("curators admins", BEN)["text"]
    assert may_curate(world, ANN) and not may_curate(world, BEN)


def test_they_are_named_in_a_mention_too(world: World) -> None:
    world.mention(f"<@U0BOT> curators <@{BEN}>")
    world.slack.wait_for("chat.postEphemeral")
    assert world.services.curators.of(TEAM).who == (BEN,)
    assert world.slack.messages == []


def test_a_name_that_nobody_has_changes_nothing(world: World) -> None:
    said = world.command_reply("curators @ben @zoe*x*")["text"]
    assert "@\u200bzoe" in said or "zoe" in said
    assert world.services.curators.of(TEAM).who == ()


def test_their_channel_is_where_it_was_said(world: World) -> None:
    assert view.NO_CHANNEL_HERE in world.command_reply("curators here", channel=DIRECT)["text"]
    said = world.command_reply("curators here")["text"]
    assert f"in <#{CHANNEL}>" in said
    group = world.services.curators.of(TEAM)
    assert (group.channel, group.recipients) == (CHANNEL, (CHANNEL,))


def test_others_can_change_nothing(world: World) -> None:
    world.command("curators here")
    settle(world)
    said = world.command_reply(f"curators <@{BEN}>", BEN)["text"]
    assert said.startswith(view.ONLY_CURATORS_CHOOSE) and f"ask in <#{CHANNEL}>" in said
    assert world.services.curators.of(TEAM).who == ()


def test_a_user_group_needs_a_scope(world: World) -> None:
    world.slack.people.groups = {"S0DATA": [BEN]}
    said = world.command_reply("curators <!subteam^S0DATA|@data>")["text"]
    assert "the members of a user group" in said
    refused = world.services.curators.refusal(TEAM, BEN, client(world))
    assert refused and "usergroups:read" in refused.text
    world.slack.scopes.add("usergroups:read")
    assert may_curate(world, BEN) and not may_curate(world, "U0CLEO")
    world.slack.people.groups.clear()
    refused = world.services.curators.refusal(TEAM, BEN, client(world))
    assert refused and "no_such_subteam" in refused.text


def test_without_a_channel_the_admin_who_asked_is_written_to(world: World) -> None:
    assert world.services.curators.of(TEAM).recipients == ()
    world.command_reply("curators", BEN)
    assert world.services.curators.of(TEAM).recipients == ()
    world.command_reply("curators", ANN)
    assert world.services.curators.of(TEAM).recipients == (ANN,)
    world.command_reply(f"curators <@{BEN}>")
    assert world.services.curators.of(TEAM).recipients == (BEN,)


def test_whoever_is_erased_no_longer_curates(world: World) -> None:
    world.command_reply(f"curators <@{BEN}> <@U0CLEO>")
    world.store.people.erase(TEAM, BEN)
    assert world.services.curators.of(TEAM).who == ("U0CLEO",)
    world.store.people.erase(TEAM, ANN)
    assert world.services.curators.of(TEAM).asked_by == ""
    world.store.people.erase(TEAM, "U0CLEO")
    assert world.services.curators.of(TEAM).who == ()


def test_settings_name_those_of_a_single_workspace() -> None:
    environ = {"FACTBOT_CURATORS": "U0ANN, S0DATA", "FACTBOT_CURATORS_CHANNEL": "C0FACTS"}
    group = _curators(Settings.from_env(environ))
    assert (group.who, group.channel) == (("U0ANN", "S0DATA"), "C0FACTS")
    assert (group.people, group.groups) == (("U0ANN",), ("S0DATA",))
    many = _curators(Settings.from_env(environ | {"SLACK_CLIENT_ID": "1.2"}))
    assert (many.who, many.channel) == ((), "")
    assert _curators(Settings.from_env({})).who == ()
