"""What `factbot lint` prints about quiz questions that can be guessed."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say
from knowledge.counting import counted
from knowledge.files.giveaways import MIN_QUESTIONS, Giveaway, Guessed, guess, percent

if TYPE_CHECKING:
    from knowledge.files.loader import Content

ALL = "all"


def show_giveaways(content: Content, listed: str | None) -> bool:
    """Print each folder's figures if it has enough questions. Returns whether one is too high.

    `listed` is the service, or `all`, whose questions are printed that are sure to be guessed.
    """
    if listed not in (None, ALL, *content.services):
        known = ", ".join(sorted(content.services))
        raise click.UsageError(f"There is no service {listed!r}. Choose one of: all, {known}.")
    is_too_high = False
    for folder, guessed in _by_folder(content).items():
        if listed:
            _show_questions([result for result in guessed if listed in (result.service, ALL)])
        if len(guessed) < MIN_QUESTIONS:
            continue
        asked = counted(len(guessed), "quiz question")
        say(f"{folder}: {asked}. In percent, with the maximum in parentheses:")
        for giveaway in Giveaway:
            score = percent(guessed, giveaway)
            too_high = score > giveaway.max_percent
            mark = "  too high" if too_high else ""
            say(f"{score:6.1f} ({giveaway.max_percent:.0f})  {giveaway.description}{mark}")
            is_too_high |= too_high
    return is_too_high


def _by_folder(content: Content) -> dict[str, list[Guessed]]:
    """A team's own folder is measured separately: our facts must not make up for it."""
    folders = defaultdict(list)
    for fact in content.facts.values():
        folders[os.path.dirname(content.places[fact.id][0])].append(fact)
    known = content.facts.values()
    return {folder: guess(facts, known) for folder, facts in folders.items()}


def _show_questions(guessed: list[Guessed]) -> None:
    services = defaultdict(list)
    for result in guessed:
        services[result.service].append(result)
    for service, own in services.items():
        for result in own:
            if sure_ways := result.sure_ways:
                ways = "; ".join(way.description for way in sure_ways)
                say(f"{result.fact}: {result.question.text} {result.question.right} ({ways})")
        scores = ", ".join(f"{way.name.lower()} {percent(own, way):.0f} %" for way in Giveaway)
        say(f"{service}: {counted(len(own), 'question')}, {scores}")
