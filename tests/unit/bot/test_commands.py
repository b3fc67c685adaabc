"""What is a command and what is a question, alike on every surface."""

from __future__ import annotations

import pytest

from bot.answers.commands import Command, Topic, Verb, read_command

QUIZ, LEADERBOARD, PRACTICE = Topic.QUIZ, Topic.LEADERBOARD, Topic.PRACTICE


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command(Topic.HELP)), ("?", Command(Topic.HELP)), ("Help!", Command(Topic.HELP)),
        ("help me please", Command(Topic.HELP)), ("usage", Command(Topic.HELP)),
        ("services?", Command(Topic.SERVICES)), ("list", Command(Topic.SERVICES)),
        ("list services", Command(Topic.SERVICES)), ("random fact", Command(Topic.RANDOM)),
        ("quiz", Command(QUIZ)), ("the quiz?", Command(QUIZ)), ("quiz settings", Command(QUIZ)),
        ("quiz status", Command(QUIZ, Verb.STATUS)), ("QUIZ Status.", Command(QUIZ, Verb.STATUS)),
        ("“quiz status”", Command(QUIZ, Verb.STATUS)), ("/aws quiz now", Command(QUIZ, Verb.NOW)),
        ("please quiz off", Command(QUIZ, Verb.OFF)),
        ("can you quiz off?", Command(QUIZ, Verb.OFF)),
        ("quiz off in this channel, thanks", Command(QUIZ, Verb.OFF)),
        ("stop the quiz", Command(QUIZ, Verb.OFF)), ("quiz on", Command(QUIZ, Verb.ON)),
        ("quiz on 9:30 mon-fri", Command(QUIZ, Verb.ON, "9:30 mon-fri")),
        ("quiz on\n9:30?", Command(QUIZ, Verb.ON, "9:30")),
        ("quiz 9am", Command(QUIZ, Verb.ON, "9am")),
        ("quiz on lambda", Command(QUIZ, Verb.ON, "lambda")),
        ("quiz daily services s3", Command(QUIZ, Verb.ON, "daily services s3")),
        ("quiz stats", Command(QUIZ, Verb.UNKNOWN)), ("quiz help", Command(QUIZ, Verb.UNKNOWN)),
        ("quiz off tomorrow", Command(QUIZ, Verb.UNKNOWN)),
        ("leaderboard", Command(LEADERBOARD)), ("show me the leaderboard", Command(LEADERBOARD)),
        ("leaderboard this week", Command(LEADERBOARD)), ("leader board", Command(LEADERBOARD)),
        ("leaderboard off", Command(LEADERBOARD, Verb.OFF)),
        ("practice", Command(PRACTICE)), ("practise", Command(PRACTICE)),
        ("practice stop", Command(PRACTICE, Verb.STOP)),
        ("practice stop reminding me", Command(PRACTICE, Verb.STOP)),
        ("practice erase all my data", Command(PRACTICE, Verb.ERASE)),
        ("erase my data", Command(PRACTICE, Verb.ERASE)),
        ("practice hard", Command(PRACTICE, Verb.UNKNOWN)),
    ],
)  # fmt: skip
def test_commands_as_people_type_them(text: str, command: Command) -> None:
    assert read_command(text, "/aws") == command


@pytest.mark.parametrize(
    "text",
    [
        "practice exam for lambda timeout?", "practice exam?", "quiz answers show 429, why",
        "quiz status code 429 why", "quiz on lambda keeps timing out, why?", "quiz stats?",
        "quiz not posted since monday, what is wrong", "leaderboard design with dynamodb",
        "practice pause lambda concurrency", "help me with lambda timeouts", "usage of lambda",
        "random 403 errors in s3", "list lambda", "services that support fifo", "/aws what is 429",
        "best practice for s3 keys", "start the instance", "what is 429",
    ],
)  # fmt: skip
def test_questions_that_begin_like_a_command(text: str) -> None:
    assert read_command(text, "/aws") is None
