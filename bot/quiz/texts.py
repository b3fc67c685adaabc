"""The sentences people read about the questions of a channel's quiz."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.counting import counted

MEMBERS_ONLY = "Only people in a channel can change its quiz. Join it, then try again."
HOW_DID_I_DO = "How did I do?"
YOUR_PICK = "your pick"
YOU_DID_NOT_ANSWER = "You didn't answer this one."
NOBODY_ANSWERED = "Nobody answered."
VOIDED = "This question doesn't count: its fact is under review."
NO_RANK = "\u2013"


def answer_by(moment: str) -> str:
    return f"answer by {moment}"


def answered(count: int) -> str:
    return "no answers yet" if count == 0 else f"{count} answered"


def votes(count: int) -> str:
    return counted(count, "answer")


def got_it_right(right: int, answered: int) -> str:
    return f"{right} of {answered} got it right."


def right_people(first: str, others: Sequence[str]) -> str:
    """Who was right; the parts are mrkdwn."""
    return f"Right: {', '.join((f'{first} (first)', *others))}"


def more(count: int) -> str:
    return f"{count} more"


def picked(option: str) -> str:
    return f"You picked {option}"


def change_until(moment: str) -> str:
    return f"Changed your mind? Press another letter here, until {moment}."


def you_chose(letter: str, right: bool, late: bool) -> str:
    """What a person chose, and whether it was right."""
    when = " after the answer was out" if late else ""
    return f"You picked {letter}{when}. That's {'right' if right else 'not right'}."


def in_a_row(length: int) -> str:
    return f"That's {length} in a row."


def no_quiz(command: str) -> str:
    return f"This channel has no quiz. Type {command} quiz to set one up."


def quiz_off(command: str) -> str:
    return f"The quiz is off. Type {command} quiz on to bring it back with the same settings."


def hidden_from_ranks(command: str) -> str:
    return f"You're off the leaderboard. Type {command} leaderboard on to come back."


def quiz_changed_by(who: str) -> str:
    return f"{who} changed this channel's quiz."


def quiz_ended_by(who: str, command: str) -> str:
    return f"{who} turned off this channel's quiz. Type {command} quiz on to bring it back."


def your_quiz(who: str, channel: str, ended: bool) -> str:
    done = "turned off" if ended else "changed"
    return f"{who} {done} the quiz you set up in {channel}."


START_QUIZ = "Start the quiz"
NOT_NOW = "Not now"
NOTHING_POSTED = "OK, I haven't posted anything."
QUIZ_STARTED = "The quiz is on."


def start_here(members: int) -> str:
    return (
        f"This channel has {members} members, and everyone would see the quiz. Start it here? "
        "If you're not sure, ask the channel first."
    )


PAUSE_USAGE = "Until when? Type “quiz pause until 2027-01-05”. Questions come back on that day."
DATES = "A date looks like 2027-01-05, Jan 5, or Monday."
PAUSE_OVER = "Choose a day in the future, or type “quiz resume” to end a pause."
PAUSE_TOO_LONG = "A pause can last up to a year. Choose an earlier day, or type “quiz off”."
HOLIDAYS_USAGE = "Which country? Type “quiz holidays Germany”, or “quiz holidays off”."
PAUSE_UNTIL = "Pause until"
PAUSE_HINT = "Questions come back on this day. Choose today to end a pause."
SKIP_HOLIDAYS = "Skip public holidays"
NO_HOLIDAYS = "Don't skip any"
NEED_COUNTRY = "Choose a country from the list."


def paused_until(day: date) -> str:
    until = f"{day:%A, %B} {day.day}, {day.year}"
    return f"Paused until {until}"


def resume_sooner(command: str) -> str:
    return f"Type {command} quiz resume to resume sooner."


def not_paused(command: str) -> str:
    return f"The quiz isn't paused. Type {command} quiz status to see when the next question comes."


def skips_holidays(country: str) -> str:
    return f"No questions on public holidays in {country}"


WEEK_TITLE = "This week's quiz"
NOBODY_WAS_RIGHT = "Nobody got one right this week. Better luck next week!"
LONGEST_STREAKS = "Longest streaks:"
ANNOUNCEMENTS = "Announcements"
STANDINGS_OPTION = "Post the week's standings after its last answer"
BROADCAST_OPTION = "Announce each answer in the channel, not just in the thread"


def most_missed(question: str, right: int, answered: int) -> str:
    return f"Most missed: {question} ({right} of {answered} got it right)"


def next_week(theme: str) -> str:
    return f"Next week's theme: {theme}."


def standings_off(command: str) -> str:
    return f"To turn this summary off, type {command} quiz."


def modal_for(channel: str) -> str:
    """Which channel a modal is about; the part is mrkdwn."""
    return f"For {channel}"


PRACTICE_AGAIN = "Five more"


def question_number(number: int, total: int) -> str:
    return f"Question {number} of {total}"


def session_summary(right: int, answered: int, missed: Sequence[str]) -> str:
    """How a practice session went; `missed` are titles of facts."""
    summary = f"That's it for now: {right} of {answered} right."
    return f"{summary} You'll see these again soon: {'; '.join(missed)}." if missed else summary
