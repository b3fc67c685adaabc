"""What the bot says about itself."""

from __future__ import annotations

from knowledge.counting import counted


def about(facts: int, services: int) -> str:
    return (
        f"I'm factbot. I answer AWS questions from {counted(facts, 'fact')} about "
        f"{counted(services, 'service')}. People wrote and checked each one, and each one names "
        "its source. I don't use a language model. If I don't know something, I'll say so. "
        "Type “help” to see what I can do."
    )


def version(number: str, facts: int, checked: str) -> str:
    return f"factbot {number}, with {counted(facts, 'fact')}. The newest was checked on {checked}."


def privacy(command: str) -> str:
    return (
        "I don't log what you ask, and I forget it once you have the answer. If I don't have an "
        "answer, I keep the question without your name, so that someone can write one. I keep your "
        "name with it only if you ask the team for an answer or ask me to tell you when there is "
        "one. Other than that, I keep only your quiz and practice answers, feedback, and settings, "
        "to show scores and schedule your reviews. "
        f"Type “{command} practice erase” to delete everything I keep about you."
    )


def how_to_stop(command: str) -> str:
    return (
        f"Type “{command} practice stop” to end my reminders, “{command} quiz off” to end this "
        f"channel's quiz, or “{command} leaderboard off” to leave the leaderboard."
    )


def overview_title(name: str, count: int) -> str:
    return f"{name}: {counted(count, 'fact')}"


def see_all(command: str, name: str) -> str:
    return f"Type “{command} list {name}” to see them all."
