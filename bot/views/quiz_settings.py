"""The modal that sets up a channel's quiz, and messages about its settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot import messages
from bot.quiz import texts
from bot.quiz.schedule import Schedule
from bot.quiz.subscription import Subscription
from bot.quiz.wording import DAYS, say_days
from bot.quiz.zones import AmbiguousZoneError, find_zone, say_zone, zones
from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    header,
    note,
    paragraph,
    plain_text,
    small,
    when,
)
from bot.views.quiz_answer_time import REVEAL, SAME_DAY, answer_time
from bot.views.quiz_breaks import break_inputs, break_lines
from bot.views.quiz_inputs import (
    AT,
    SERVICES,
    TZ,
    WEEKDAYS,
    WEEKLY,
    build_input,
    build_option,
    initial_options,
)
from knowledge import Service

CALLBACK = "quiz_settings"
OPEN = "quiz_open"
WITH_NEXT = "next"
BROADCAST = "broadcast"
"""Beside `WEEKLY`, an option of that input."""


@dataclass(frozen=True, slots=True)
class ModalContext:
    """What the modal stores: the channel, and where to reply to the person who opened it."""

    channel: str
    response_url: str

    def encode(self) -> str:
        return json.dumps([self.channel, self.response_url])

    @classmethod
    def decode(cls, text: str) -> ModalContext | None:
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError):
            return None
        well_formed = isinstance(fields, list) and len(fields) == 2
        return cls(str(fields[0]), str(fields[1])) if well_formed else None


def settings_offer() -> Message:
    """A button that opens the modal: only a press or a slash command can, not a message."""
    open_button = button(OPEN, texts.OPEN_SETTINGS, "open")
    blocks = (paragraph(texts.SETTINGS_OFFER), actions("quiz-settings", [open_button]))
    return Message(escape(texts.SETTINGS_OFFER), blocks)


def loading(context: ModalContext) -> Block:
    """The modal at first: a trigger lasts three seconds, so it can't wait for anything."""
    return _modal(context, [paragraph(messages.ONE_MOMENT)], submit=False)


def settings_modal(
    context: ModalContext,
    schedule: Schedule,
    chosen: Sequence[str],
    services: Sequence[Service],
    standings: bool = True,
    broadcast: bool = False,
) -> Block:
    days = [build_option(name, str(number)) for number, name in enumerate(DAYS)]
    reveals = [
        build_option(texts.REVEAL_SAME_DAY, SAME_DAY),
        build_option(texts.REVEAL_NEXT, WITH_NEXT),
    ]
    every = [build_option(service.name, service.slug) for service in services[: limits.OPTIONS]]
    weekly = build_option(texts.STANDINGS_OPTION, WEEKLY)
    every_answer = build_option(texts.BROADCAST_OPTION, BROADCAST)
    blocks = [
        *_channel_line(context),
        build_input(AT, texts.AT, "timepicker", initial_time=f"{schedule.at:%H:%M}"),
        build_input(
            TZ,
            texts.TZ,
            "external_select",
            min_query_length=2,
            placeholder=plain_text(texts.TZ_HINT, limits.PLACEHOLDER),
            initial_option=_zone_option(schedule.tz),
        ),
        build_input(
            WEEKDAYS,
            texts.WEEKDAYS,
            "checkboxes",
            options=days,
            initial_options=[days[number] for number in sorted(schedule.weekdays)],
        ),
        build_input(
            REVEAL,
            texts.REVEAL,
            "radio_buttons",
            options=reveals,
            initial_option=reveals[0 if schedule.reveal else 1],
        )
        | {"dispatch_action": True},
        *([answer_time(schedule.reveal)] if schedule.reveal else []),
        build_input(
            SERVICES,
            texts.SERVICES,
            "multi_static_select",
            optional=True,
            placeholder=plain_text(texts.ALL_SERVICES, limits.PLACEHOLDER),
            options=every,
            **initial_options([option for option in every if option["value"] in chosen]),
        ),
        build_input(
            WEEKLY,
            texts.ANNOUNCEMENTS,
            "checkboxes",
            optional=True,
            options=[weekly, every_answer],
            **initial_options([weekly] * standings + [every_answer] * broadcast),
        ),
        *break_inputs(schedule),
    ]
    return _modal(context, blocks, submit=True)


def _channel_line(context: ModalContext) -> list[Block]:
    """Which channel the settings are for; direct messages have no name."""
    is_channel = context.channel.startswith(("C", "G"))
    return [formatted(texts.modal_for(f"<#{context.channel}>"))] if is_channel else []


def zone_options(typed: str) -> list[Block]:
    """The time zones that match what was typed, for the menu that asks with each keystroke."""
    wanted = typed.strip().lower().replace(" ", "_")
    meant = _meant_zones(typed)
    names = sorted({name for key, name in zones().items() if wanted in key} - set(meant))
    names.sort(key=lambda name: not name.lower().rpartition("/")[2].startswith(wanted))
    return [_zone_option(name) for name in (*meant, *names)[: limits.OPTIONS]]


def _meant_zones(typed: str) -> tuple[str, ...]:
    """The zones whose name or offset was typed."""
    try:
        found = find_zone(typed.strip())
    except AmbiguousZoneError as error:
        return error.zones
    return (found,) if found else ()


def _zone_option(name: str) -> Block:
    return build_option(say_zone(name), name)


def introduction(subscription: Subscription, services: Sequence[str], command: str) -> Message:
    """Posted once to the channel when someone turns the quiz on."""
    by = texts.quiz_set_up(f"<@{subscription.created_by}>")
    settings = "\n".join(settings_lines(subscription, services))
    controls = texts.quiz_controls(command)
    blocks = (
        header(texts.QUIZ_INTRODUCTION),
        formatted(f"{by} {escape(texts.QUIZ_RULES)}"),
        paragraph(settings),
        *_first(subscription),
        small(controls),
    )
    lines = escape("\n".join((texts.QUIZ_RULES, settings, controls)))
    return Message(f"{by}\n{lines}", blocks)


def status(
    subscription: Subscription,
    services: Sequence[str],
    left: int,
    command: str,
    lost: str | None = None,
) -> Message:
    """A channel's settings and what comes next; `lost` is about a question that failed."""
    lines = settings_lines(subscription, services)
    if not subscription.active:
        lines.insert(0, messages.quiz_is_off(subscription.paused_for, command))
    elif subscription.schedule.paused_until:
        lines.append(texts.resume_sooner(command))
    lines.append(texts.questions_left(left))
    if lost:
        lines.append(lost)
    blocks = [header(texts.QUIZ_STATUS), paragraph("\n".join(lines))]
    if subscription.created_by:  # "" if their data was erased
        blocks.append(note(texts.quiz_set_up(f"<@{subscription.created_by}>")))
    return Message(escape("\n".join(lines)), (*blocks, *_first(subscription)))


def saved(subscription: Subscription, services: Sequence[str]) -> Message:
    """The reply to a person who changed an active quiz: the settings as understood."""
    text = ". ".join((texts.QUIZ_CHANGED, *settings_lines(subscription, services))) + "."
    return Message(escape(text), (paragraph(text),))


def paused(subscription: Subscription, command: str) -> Message:
    """The notice to the person who set up a quiz that Slack refuses to post."""
    reason = subscription.paused_for or ""
    text = messages.quiz_paused(f"<#{subscription.channel}>", escape(reason), escape(command))
    return Message(text, (formatted(text),))


def _first(subscription: Subscription) -> list[Block]:
    if subscription.next is None:
        return []
    fallback = f"{subscription.next.day:%Y-%m-%d} {subscription.schedule.at:%H:%M}"
    moment = when(subscription.next.due_at, fallback)
    return [note(texts.next_question(moment))]


def settings_lines(subscription: Subscription, services: Sequence[str]) -> list[str]:
    schedule = subscription.schedule
    return [
        *break_lines(schedule),
        texts.quiz_time(f"{schedule.at:%H:%M}", say_days(schedule.weekdays), say_zone(schedule.tz)),
        texts.quiz_reveal(_hour(schedule.reveal)),
        texts.quiz_services(services),
    ]


def _hour(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def _modal(context: ModalContext, blocks: list[Block], submit: bool) -> Block:
    view = {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": context.encode(),
        "title": plain_text(texts.QUIZ_MODAL, limits.VIEW_TITLE),
        "close": plain_text(messages.CANCEL, limits.VIEW_TITLE),
        "blocks": blocks,
    }
    return view | ({"submit": plain_text(messages.SAVE, limits.VIEW_TITLE)} if submit else {})
