"""The command `curators`: who they are, and changing that."""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_sdk import WebClient

from bot.answers.commands import Command
from bot.curating.curators import ADMINS, CuratorGroup, Curators
from bot.listeners.origin import Origin
from bot.slack.conversation_ids import is_direct
from bot.slack.roles import find_people, is_admin
from bot.views import curators as view
from bot.views.message import Message

HERE = "here"
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>|<!subteam\^(S[A-Z0-9]{1,20})[^>]*>")
_TYPED = re.compile(r"(?<![\w<|])@([\w.-]{1,80})", re.UNICODE)

ShowOpen = Callable[[str], None]
"""Plans to show curators of a workspace what is open and they haven't got yet."""


class CuratorCommands:
    """Shows and changes a workspace's curators."""

    def __init__(self, curators: Curators, show_open: ShowOpen) -> None:
        self._curators = curators
        self._show_open = show_open

    def carry_out(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """`curators`, `curators here`, `curators admins`, or the people's mentions after it."""
        word = typed.schedule.strip().lower()
        _, _, rest = origin.text.partition("curators")
        mentioned = tuple(
            dict.fromkeys(first or second for first, second in _MENTIONED.findall(rest))
        )
        names = tuple(dict.fromkeys(name.lower() for name in _TYPED.findall(rest)))
        if word not in (HERE, ADMINS) and not mentioned and not names:
            return self._show(origin, client)
        group = self._curators.of(origin.team)
        if not self._curators.may_choose(origin.team, origin.user, client):
            return view.refused(view.ONLY_CURATORS_CHOOSE, group.who, group.channel)
        if word == HERE:
            if is_direct(origin.channel):
                return view.refused(view.NO_CHANNEL_HERE, group.who, group.channel)
            group = self._curators.choose_channel(origin.team, origin.channel, origin.user)
            return self._changed(group, origin)
        found = find_people(client, frozenset(names)) if names else {}
        if unknown := [name for name in names if name not in found]:
            return view.unknown_people(unknown)
        who = (*mentioned, *(found[name] for name in names))
        group = self._curators.choose_who(origin.team, who, origin.user)
        return self._changed(group, origin)

    def _changed(self, group: CuratorGroup, origin: Origin) -> Message:
        self._show_open(origin.team)
        return self._overview(group, origin, changed=True)

    def _show(self, origin: Origin, client: WebClient) -> Message:
        if is_admin(client, origin.user):
            self._curators.note_admin(origin.team, origin.user)
            self._show_open(origin.team)
        return self._overview(self._curators.of(origin.team), origin)

    def _overview(self, group: CuratorGroup, origin: Origin, changed: bool = False) -> Message:
        return view.overview(
            group.who, group.channel, group.recipients, origin.slash, changed=changed
        )
