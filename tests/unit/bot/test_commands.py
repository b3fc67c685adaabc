"""What is a command and what is a question, alike on every surface."""

from __future__ import annotations

import pytest

from bot.answers.commands import Command, Topic, read_command

QUIZ, LEADERBOARD, PRACTICE = Topic.QUIZ, Topic.LEADERBOARD, Topic.PRACTICE


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command(Topic.HELP)), ("?", Command(Topic.HELP)), ("Help!", Command(Topic.HELP)),
        ("help me please", Command(Topic.HELP)), ("usage", Command(Topic.HELP)),
        ("services?", Command(Topic.SERVICES)), ("list", Command(Topic.SERVICES)),
        ("list services", Command(Topic.SERVICES)), ("random fact", Command(Topic.RANDOM)),
        ("quiz", Command(QUIZ)), ("the quiz?", Command(QUIZ)), ("quiz settings", Command(QUIZ)),
        ("quiz status", Command(QUIZ, "status")), ("QUIZ Status.", Command(QUIZ, "status")),
        ("“quiz status”", Command(QUIZ, "status")), ("/aws quiz now", Command(QUIZ, "now")),
        ("please quiz off", Command(QUIZ, "off")), ("can you quiz off?", Command(QUIZ, "off")),
        ("quiz off in this channel, thanks", Command(QUIZ, "off")),
        ("stop the quiz", Command(QUIZ, "off")), ("quiz on", Command(QUIZ, "on")),
        ("quiz on 9:30 mon-fri", Command(QUIZ, "on", "9:30 mon-fri")),
        ("quiz on\n9:30?", Command(QUIZ, "on", "9:30")), ("quiz 9am", Command(QUIZ, "on", "9am")),
        ("quiz on lambda", Command(QUIZ, "on", "lambda")),
        ("quiz daily services s3", Command(QUIZ, "on", "daily services s3")),
        ("quiz stats", Command(QUIZ, "?")), ("quiz help", Command(QUIZ, "?")),
        ("quiz off tomorrow", Command(QUIZ, "?")),
        ("leaderboard", Command(LEADERBOARD)), ("show me the leaderboard", Command(LEADERBOARD)),
        ("leaderboard this week", Command(LEADERBOARD)), ("leader board", Command(LEADERBOARD)),
        ("leaderboard off", Command(LEADERBOARD, "off")),
        ("practice", Command(PRACTICE)), ("practise", Command(PRACTICE)),
        ("practice stop", Command(PRACTICE, "stop")),
        ("practice stop reminding me", Command(PRACTICE, "stop")),
        ("practice erase all my data", Command(PRACTICE, "erase")),
        ("erase my data", Command(PRACTICE, "erase")), ("practice hard", Command(PRACTICE, "?")),
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
