"""Every sentence a person reads that is not a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge import Outcome, Result

SOURCE = "Source"
EXAMPLES = (
    "what is 429 in api gateway",
    "glacier bulk retrieval time",
    "GSI vs LSI",
    "my function needs more CPU, where do I set that",
)
BROKEN = "Something went wrong on my side. Please try again in a minute."
OLD_BUTTON = "That button is from an older message. Ask again and you get a fresh one."
SHARED = "Shared in the channel."
SHARE_FAILED = "I could not post that here. Copy the answer, or ask an admin to let me post."
SHARED_SOON = "Slack is busy. I'll share it in the channel in a moment."
SHARE_UNKNOWN = (
    "Slack did not say whether it posted that. Look in the channel before you try again."
)
THANKS_HELPFUL = "Thanks, noted as helpful."
THANKS_WRONG = "Thanks. I have noted that this answer is wrong or out of date."
NO_QUESTION = "I could not read a question in that."


def was(text: str) -> str:
    return f"What changed: {text}"


def checked(day: str, is_overdue: bool) -> str:
    return f"last checked {day}" if is_overdue else f"checked {day}"


def misread(text: str) -> str:
    return f"Common mix-up: {text}"


def you_asked(question: str) -> str:
    return f"You asked: {question}" if question else NO_QUESTION


def remark(result: Result) -> str:
    """Why there is no one answer to this question."""
    nearest = " The nearest I have:" if result.nearest else " Try other words, or “help”."
    if result.outside:
        return f"I have no facts about {result.outside}.{nearest}"
    if result.outcome is Outcome.SUGGEST:
        return "I am not sure which one you mean. Did you mean one of these?"
    return f"I don't have that in my AWS facts.{nearest}"


SMALL_TALK = "I only know AWS facts. Ask me something like “sqs message size”, or type “help”."
MOST_ASKED = "People often ask about:"
RIGHT_ANSWER = "The answer is"
RIGHT = "right"
DIFFICULTIES = {1: "Easy", 2: "Medium", 3: "Hard"}
STREAKS = "Right in a row:"
THIS_IS_WRONG = "This is wrong"


def quiz_title(service: str) -> str:
    return f"Quiz of the day: {service}"


def answer_comes(moment: str) -> str:
    return f"The answer comes {moment}"


def answered(count: int) -> str:
    return "nobody has answered yet" if count == 0 else f"{count} answered"


def first_right(person: str) -> str:
    return f"First with the right answer: {person}"


def verdict(right: bool, letter: str) -> str:
    return f"Right, it is {letter}:" if right else f"Not quite: the answer is {letter}:"


QUIZ_MODAL = "Daily quiz"
SAVE = "Save"
CANCEL = "Cancel"
ONE_MOMENT = "One moment\u2026"
AT = "Time of the question"
TZ = "Time zone"
TZ_HINT = "Type a city, such as Berlin"
WEEKDAYS = "Days"
REVEAL = "Show the answer"
REVEAL_SAME_DAY = "The same day"
REVEAL_NEXT = "With the next question"
REVEAL_AT = "At (for the same day)"
SERVICES = "Services to ask about"
ALL_SERVICES = "All services"
OPEN_SETTINGS = "Open the settings"
SETTINGS_OFFER = "When should this channel get its question, and about what?"
QUIZ_STATUS = "This channel's quiz"
QUIZ_INTRODUCTION = "A question a day, about AWS"
NEED_DAYS = "Choose at least one day."
NEED_TIME = "Choose a time."
NEED_ZONE = "Choose a time zone from the list."
QUIZ_GONE = "I no longer know this question. The next one will be along."
QUIZ_WRONG_PLACE = "That button belongs to another channel's quiz."
NOTHING_TO_SWITCH_OFF = "This channel has no quiz. Set one up with “quiz on 09:30”."
QUIZ_OFF = "The quiz is off. “quiz on” brings it back with the same settings."
QUIZ_CHANGED = "Saved"
NO_QUESTIONS = "There are no questions about these services. Choose others."
ASKED_ALREADY = "Today's question is already here. The next one comes as planned."
ASK_UNCONFIRMED = (
    "Slack didn't say whether it posted the question. Check the channel in a minute or two."
)
NEXT_AS_PLANNED = "The next one comes as planned."
LEADERBOARD = "Leaderboard"
THIS_WEEK = "This week"
THIS_MONTH = "This month"
NO_ANSWERS_YET = "No answers yet."
HIDDEN_FROM_RANKS = "You are no longer on the leaderboard. “leaderboard on” brings you back."
BACK_IN_RANKS = "You are on the leaderboard."
FROM_QUEUE = "From your review queue."
NEW_TO_YOU = "New to you."
NEXT_QUESTION = "Next question"
REMIND_ME = "Remind me on working days"
START_REVIEW = "Start"
SNOOZE = "Snooze for a week"
PAUSE = "Pause"
STOP = "Stop reminding me"
ERASE = "Erase my data"
PRIVACY = "Only you see your practice. “practice erase” deletes all I keep about you."
ERASED = "Done: I have deleted everything I kept about you. Quizzes you set up go on without you."
SNOOZED = "No reminder for a week."
PAUSED = "Paused. “practice resume” starts the reminders again."
STOPPED = "No more reminders. “practice” still works whenever you like."
REMINDING = "I will write to you on working days at 09:00, only if something is due."
NOTHING_TO_PRACTICE = "There is nothing to practice: no fact has a question."
ALREADY_ANSWERED = "You have answered this one."
NOT_YOURS = "That question was put to somebody else. “practice” gives you your own."
PRACTICE_WORDS = "“practice”, then “resume”, “snooze”, “pause”, “stop” or “erase”, is what I know."


def quiz_usage(command: str) -> str:
    return (
        f"“{command} quiz” opens the settings. From the keyboard: "
        f"“{command} quiz on 09:30 mon-fri Europe/Berlin”, “{command} quiz off”, "
        f"“{command} quiz now”, “{command} quiz status”."
    )


def quiz_set_up(by: str) -> str:
    return f"{by} set this up."


def quiz_rules(command: str) -> str:
    return (
        "Press a letter to answer; only you see your choice, and you can change it until the "
        f"answer comes. {command} quiz changes or ends this, {command} leaderboard shows who "
        "leads, and who wants no rank types leaderboard off."
    )


def quiz_time(at: str, days: str, tz: str) -> str:
    return f"Question at {at}, {days}, {tz}"


def quiz_reveal(at: str | None) -> str:
    return f"Answer at {at} the same day" if at else "Answer with the next question"


def quiz_services(names: Sequence[str]) -> str:
    return f"About {', '.join(names)}" if names else "About all services"


def next_question(moment: str) -> str:
    return f"Next question: {moment}"


def questions_left(left: int) -> str:
    return f"{left} facts left before any comes again"


def question_unconfirmed(day: date) -> str:
    return (
        f"Slack didn't say whether it posted the question of {_day(day)}. If you see it, answer "
        "it, and it counts as usual. I won't post it twice."
    )


def question_lost(day: date) -> str:
    return f"The question of {_day(day)} was lost: Slack never confirmed it. {NEXT_AS_PLANNED}"


def question_left_out(day: date) -> str:
    return f"There was no question on {_day(day)}: it was too late to ask it. {NEXT_AS_PLANNED}"


def question_refused(day: date, code: str) -> str:
    return f"Slack refused the question of {_day(day)} ({code}). {NEXT_AS_PLANNED}"


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}"


def quiz_is_off(reason: str | None, command: str) -> str:
    if reason:
        return f"Paused: {because(reason)} {_resume(reason, command)}."
    return f"Off. {command} quiz on brings it back."


def because(reason: str) -> str:
    """Slack's reason for refusing us, and what to do about it."""
    if reason in ("not_in_channel", "channel_not_found"):
        return "I am not in the channel. Invite me with /invite @factbot."
    if reason == "is_archived":
        return "the channel is archived. Unarchive it."
    from bot.quiz.subscription import UNREADABLE  # slow to import for the shell

    if reason == UNREADABLE:
        return "I can't read its time, days or time zone."
    if reason.startswith("restricted_action"):
        return "I may not post in the channel. Ask an admin to let me."
    return f"Slack refused my message ({reason}). Ask the admin who installed me."


def quiz_paused(channel: str, reason: str, command: str) -> str:
    resume = _resume(reason, command)
    return f"The quiz in {channel} is paused: {because(reason)} {resume} there."


def _resume(reason: str, command: str) -> str:
    from bot.quiz.subscription import UNREADABLE  # slow to import for the shell

    if reason == UNREADABLE:
        return f"Set it up again: type {command} quiz"
    return f"Then type {command} quiz on"


def cannot_answer_there(reason: str) -> str:
    return f"I couldn't answer in the channel: {because(reason)} Here it is, just for you."


def noted(letter: str, changed: bool, until: str) -> str:
    verb = "Changed to" if changed else "Noted:"
    return f"{verb} {letter}. You can change it until the answer comes {until}."


def too_late(letter: str) -> str:
    return f"The answer is out, so {letter} does not count here; it counts for your own review."


def leaderboard_hint(command: str) -> str:
    return f"Ties share a place. {command} leaderboard off takes you off the list."


def points(right: int, answered: int) -> str:
    return f"{right} of {answered} right"


def practice_title(service: str) -> str:
    return f"Practice: {service}"


def comes_again(days: int) -> str:
    return f"Comes again in {days} {'day' if days == 1 else 'days'}."


def reviews_due(due: int) -> str:
    return f"{due} {'fact is' if due == 1 else 'facts are'} due for review. It takes a minute."


def saved_but(reason: str, command: str) -> str:
    return f"Saved, but {because(reason)} Then type {command} quiz on."


HOME_TITLE = "AWS facts, checked and sourced"
HOME_REVIEW = "Your review"
HOME_QUIZZES = "Quizzes you set up"
NOTHING_DUE = "Nothing is due."
PRACTICE_NOW = "Practice"
ERASE_OFFER = "This deletes everything I keep about you, for good. Quizzes you set up go on."
ERASE_WARNING = (
    "Your answers, your review queue, your feedback and your settings will be deleted for good."
)
ERASE_CONFIRM = "Delete"


def home_introduction(facts: int) -> str:
    return (
        f"I know {facts} facts about AWS, each with its source and the day it was checked. Ask me "
        "in your own words; when I don't know, I say so."
    )


def no_quizzes(command: str) -> str:
    return f"None yet. Type {command} quiz in a channel to give it a question a day."
