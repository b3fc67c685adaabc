"""The `factbot` command. Slack, Flask, and SQLAlchemy load only in the commands that use them."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.answers.asking import ask_as_in_slack
from bot.answers.commands import read_command
from bot.cli.adding import new
from bot.cli.agents import mcp
from bot.cli.curating import due, lint, verify
from bot.cli.fact_base import facts_of, knowledge_from_settings
from bot.cli.feedback import feedback
from bot.cli.gaps import gaps
from bot.cli.processes import clock, doctor, key, migrate, playground, run, serve
from bot.cli.reference import reference
from bot.cli.team_facts import export, history, import_, revert
from bot.cli.terminal import (
    in_slack,
    say,
    say_styled,
    show_examples,
    show_fact,
    show_question,
    show_result,
)
from bot.dates import day_of
from bot.settings import COMMAND, Settings, SettingsError, wants_no_color
from bot.slack.incoming import read_message
from knowledge.counting import counted

if TYPE_CHECKING:
    from knowledge import KnowledgeBase, Result


MAX_HELP_COLUMNS = 80


def main() -> NoReturn:
    """Run the command. A user error prints one sentence and exits with status 2."""
    from knowledge import FactsError

    try:
        command(prog_name="factbot", standalone_mode=True)
    except SettingsError as error:
        from bot.operations.logs import flush

        flush()  # what to do comes last, after the log
        for line in str(error).splitlines():
            say(f"factbot: {line}", err=True)
    except FactsError as error:
        say(str(error), err=True)
        say(
            f"factbot: The facts have {counted(len(error.faults), 'fault')}. Fix them, then try "
            "again.",
            err=True,
        )
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(2)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": MAX_HELP_COLUMNS},
)
@click.version_option(package_name="factbot", message="%(package)s %(version)s")
@click.pass_context
def command(context: click.Context) -> None:
    """Answer AWS questions from facts written by people, here or in Slack."""
    if wants_no_color():
        context.color = False
    if context.invoked_subcommand is None:
        show_examples()


@command.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per question.")
@click.option("--multiline", is_flag=True, help="Read all of standard input as one question.")
def ask(question: tuple[str, ...], as_json: bool, multiline: bool) -> None:
    """Answer QUESTION, or - to read it from standard input.

    With --json, - reads one question per line unless --multiline is given. Exits with status 0 if
    the answer is certain and 1 if not.
    """
    knowledge = knowledge_from_settings()
    if question == ("-",) and (multiline or not as_json):
        question = (sys.stdin.buffer.read().decode("utf-8", "replace"),)
    elif question == ("-",):
        for line in sys.stdin.buffer:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            _print_json(knowledge, ask_as_in_slack(knowledge, text))
        return
    text = " ".join(question)
    reply = _about_us(knowledge, text)
    if reply and not as_json:
        say(reply)
        return
    result = ask_as_in_slack(knowledge, text)
    if as_json:
        _print_json(knowledge, result)
    else:
        show_result(knowledge, result, day_of(time.time()))
    sys.exit(0 if result.confident else 1)


@command.command()
@click.argument("fact_id", metavar="ID")
def show(fact_id: str) -> None:
    """Show the fact with this ID."""
    knowledge = knowledge_from_settings()
    fact = knowledge.facts.get(fact_id)
    if fact is None:
        near = ", ".join(knowledge.similar_ids(fact_id))
        hint = f" Did you mean {near}?" if near else " Run “factbot facts” to list them all."
        raise click.UsageError(f"There is no fact {fact_id!r}.{hint}")
    show_fact(knowledge, fact, day_of(time.time()))


@command.command()
@click.option("--service", help="Only this service, by any of its names.")
@click.option("--json", "as_json", is_flag=True, help="Print all fields as one JSON list.")
def facts(service: str | None, as_json: bool) -> None:
    """List the facts."""
    knowledge = knowledge_from_settings()
    shown = facts_of(knowledge, service)
    if as_json:
        names = {slug: known.name for slug, known in knowledge.services.items()}
        rows = [fact.as_dict() | {"service": names[fact.service]} for fact in shown]
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for fact in shown:
        say_styled((fact.id, {"fg": "cyan"}), (f"  {fact.title}", {}))


@command.command()
def schema() -> None:
    """Print the JSON Schema of fact files, for editors."""
    from knowledge.files.schema import SCHEMA_FILE

    say(SCHEMA_FILE.read_text(encoding="utf-8").rstrip("\n"))


@command.command("eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--misses", is_flag=True, help="Also print each wrong answer.")
def evaluate(file: Path, misses: bool) -> None:
    """Ask the questions in FILE and count correct answers by kind.

    FILE holds JSON lines with `q`, `kind`, and `must`, a list of patterns that the service, title,
    and answer together must match. Without `must`, the question must get no confident answer.
    """
    from knowledge.evaluation import FormatError, evaluate, read_questions

    try:
        questions = read_questions(file.read_text(encoding="utf-8"))
    except (FormatError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{file}: {error}") from error
    read = [replace(asked, text=read_message(asked.text)) for asked in questions]
    report = evaluate(knowledge_from_settings(), read)
    say(report.table())
    if misses:
        for line in report.misses:
            say(line)


@command.command()
@click.option("--url", help="Public HTTPS address (default: FACTBOT_URL).")
@click.option("--command", "name", help="Name of the slash command (default: FACTBOT_COMMAND).")
@click.option(
    "--agent-view", is_flag=True, help="Add Slack's agent view, as FACTBOT_AGENT_VIEW does."
)
def manifest(url: str | None, name: str | None, agent_view: bool) -> None:
    """Print the app manifest to paste at https://api.slack.com/apps.

    Without --url or FACTBOT_URL, the manifest is for Socket Mode.
    """
    from bot.addresses import AddressError, path_of, public_url
    from bot.slack.manifest import manifest

    settings = Settings.from_env(names=("command", "url", "slackbot", "agent_view"))
    name = name or settings.command
    if not re.fullmatch(COMMAND, name):
        raise click.UsageError(
            "--command must be a slash followed by 1 to 31 characters: a-z, 0-9, -, and _."
        )
    try:
        address = public_url(url) if url is not None else settings.url
    except AddressError as error:
        raise click.UsageError(f"--url {error}") from error
    has_agent_view = agent_view or settings.has_agent_view
    say(json.dumps(manifest(name, address, settings.slackbot_may_ask, has_agent_view), indent=2))
    if agent_view and address and not settings.has_agent_view:
        say("Also set FACTBOT_AGENT_VIEW=on for `factbot serve`.", err=True)
    if settings.slackbot_may_ask and not address:
        say("Slackbot needs a public address. Set --url or FACTBOT_URL.", err=True)
    if path_of(address) != path_of(settings.url):
        say(f"Also set FACTBOT_URL={address} for `factbot serve`.", err=True)


@command.group()
def quiz() -> None:
    """Work with the daily quiz's questions."""


@quiz.command()
@click.option("--service", help="Only this service, by any of its names.")
@click.option("--answers", is_flag=True, help="Mark the correct options.")
def preview(service: str | None, answers: bool) -> None:
    """Print the questions as they will appear, with shuffled options."""
    from bot.quiz.question import build_question

    knowledge = knowledge_from_settings()
    for fact in facts_of(knowledge, service):
        for number in range(len(fact.quiz)):
            question = build_question(fact, number, fact.id)
            show_question(knowledge.services[fact.service].name, question, answers)


for subcommand in (
    new, lint, verify, due, feedback, gaps, playground, doctor, key, migrate, serve, run, clock,
    mcp, reference, export, import_, history, revert,
):  # fmt: skip
    command.add_command(subcommand)


def _about_us(knowledge: KnowledgeBase, text: str) -> str:
    """The reply to a command or a question about the bot itself, or "" for any other text."""
    typed = read_command(read_message(text))
    listed = text.lower().startswith("list ") and knowledge.find_service(text[5:])
    if typed is None and not listed:
        return ""
    from bot.answers.answering import Answering, IncomingText
    from bot.curating.team_knowledge import TeamKnowledge
    from bot.slack.mrkdwn import unescape

    slash = Settings.from_env().command
    if typed and typed.is_activity:
        return in_slack(slash, text)
    incoming = IncomingText(text=text, user="", command="factbot ask", slash=slash)
    answering = Answering(TeamKnowledge(knowledge), lambda: day_of(time.time()))
    shown = answering.reply(incoming).message.text
    return unescape(shown).replace("`", "").replace("*", "")


def _print_json(knowledge: KnowledgeBase, result: Result) -> None:
    from bot.answers.as_json import result_as_json

    value = result_as_json(knowledge, result, day_of(time.time()))
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()
