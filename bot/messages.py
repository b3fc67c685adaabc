"""The sentences people read in Slack, apart from facts and what a view says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge import Outcome, Result
from knowledge.counting import counted

SOURCE = "Source"
EXAMPLES = (
    "what is 429 in api gateway",
    "glacier bulk retrieval time",
    "GSI vs LSI",
    "my function needs more CPU, where do I set that",
)
BROKEN = "Something went wrong on my end. Please try again in a minute."
OLD_BUTTON = "That button is from an older message. Ask again to get a fresh answer."
SHARED = "Shared in the channel."
SHARE_FAILED = "I couldn't post that here. Copy the answer, or ask an admin to let me post."
NOT_YOURS_TO_REMOVE = "Only the person who shared this can remove it."
NOT_REMOVED = "Slack didn't let me remove that. Try again in a minute."
SHARED_SOON = "Slack is busy. I'll share it in the channel in a moment."
SHARE_UNKNOWN = (
    "Slack didn't confirm whether that was posted. Check the channel before you try again."
)
THANKS_HELPFUL = "Thanks! Glad that helped."
THANKS_WRONG = "Thanks! I've noted that. Say what's wrong, and the curators will check it."
NO_QUESTION = "I couldn't find a question in that."

NOTHING_RECOGNIZED = (
    "I don't see any AWS terms in that message. This works best on an error or a stack trace."
)


def only_recognized(command: str) -> str:
    return (
        f"I don't have a fact that clearly explains these. To ask about one, type “{command} ...”."
    )


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
    nearest = (
        " Here's the closest I have:" if result.nearest else " Try rephrasing it, or type “help”."
    )
    if result.outside:
        return f"I have no facts about {result.outside}.{nearest}"
    if result.outcome is Outcome.SUGGEST:
        return "I'm not sure which one you mean. Is it one of these?"
    return f"I don't have that in my AWS facts.{nearest}"


SMALL_TALK = "I only know AWS facts. Ask me something like “sqs message size”, or type “help”."
YOU_ARE_WELCOME = "You're welcome! Ask me about AWS anytime."
MOST_ASKED = "People often ask about:"
FACTS_NEARBY = "These facts may help, too:"
RIGHT_ANSWER = "The answer is"
RIGHT = "right"
DIFFICULTIES = {1: "Easy", 2: "Medium", 3: "Hard"}
STREAKS = "On a streak:"
QUIZ_TITLE = "Quiz of the day"


def quiz_title(service: str) -> str:
    return f"{QUIZ_TITLE}: {service}"


def verdict(right: bool, letter: str) -> str:
    return f"Right! It's {letter}:" if right else f"Not quite. The answer is {letter}:"


QUIZ_MODAL = "Daily quiz"
SAVE = "Save"
CANCEL = "Cancel"
ONE_MOMENT = "One moment\u2026"
AT = "Question time"
TZ = "Time zone"
TZ_HINT = "Type a city, such as Berlin"
WEEKDAYS = "Days"
REVEAL = "Show the answer"
REVEAL_SAME_DAY = "The same day"
REVEAL_NEXT = "With the next question"
REVEAL_AT = "Answer time"
SERVICES = "Services to ask about"
ALL_SERVICES = "All services"
OPEN_SETTINGS = "Open settings"
SETTINGS_OFFER = "Choose when this channel gets its daily question and what it covers."
QUIZ_STATUS = "This channel's quiz"
QUIZ_INTRODUCTION = "A daily AWS question"
NEED_DAYS = "Choose at least one day."
NEED_TIME = "Choose a time."
NEED_ZONE = "Choose a time zone from the list."
QUIZ_GONE = "I no longer have this question. Please try the next one."
QUIZ_WRONG_PLACE = "That button belongs to another channel's quiz. Please answer there."
QUIZ_CHANGED = "Saved"
NO_QUESTIONS = "I have no questions about those services. Please choose others."
ASKED_ALREADY = "Today's question has already been posted. The next one will come on schedule."
ASK_UNCONFIRMED = (
    "Slack didn't confirm whether the question was posted. Check the channel in a minute or two."
)
NEXT_ON_SCHEDULE = "The next one will come on schedule."
LEADERBOARD = "Leaderboard"
THIS_WEEK = "This week"
THIS_MONTH = "This month"
NO_ANSWERS_YET = "No answers yet."
BACK_IN_RANKS = "You're on the leaderboard."
FROM_QUEUE = "From your review queue."
NEW_TO_YOU = "New to you."
NEXT_QUESTION = "Next question"
REMIND_ME = "Remind me on weekdays"
START_REVIEW = "Start"
SNOOZE = "Snooze for a week"
PAUSE = "Pause"
STOP = "Stop reminding me"
ERASE = "Erase my data"
ERASED = "Done. I've deleted everything I kept about you. Quizzes you set up will keep running."
SNOOZED = "OK, no reminders for a week."
PAUSED = "Reminders are paused. Type “practice resume” to start them again."
STOPPED = "Reminders are off. You can still type “practice” anytime."
REMINDING = "I'll message you at 09:00 on weekdays, but only when you have facts to review."
NOTHING_TO_PRACTICE = "There's nothing to practice yet. Ask whoever runs me to add quiz questions."
ALREADY_ANSWERED = "You've already answered this one. Type “practice” for another."
NOT_YOURS = "That question is for someone else. Type “practice” to get your own."
PRACTICE_USAGE = (
    "Type “practice” for a question. To manage reminders and your data, add “resume”, “snooze”, "
    "“pause”, “stop”, or “erase”."
)


def quiz_usage(command: str) -> str:
    return (
        f"Type “{command} quiz” to open the settings. You can also type "
        f"“{command} quiz on 09:30 mon-fri Europe/Berlin”, "
        f"“{command} quiz pause until 2027-01-05”, "
        f"“{command} quiz holidays Germany”, “{command} quiz off”, “{command} quiz now”, or "
        f"“{command} quiz status”."
    )


def quiz_set_up(by: str) -> str:
    return f"{by} set this up."


QUIZ_RULES = (
    "Press a letter to answer. Only you see your pick, and you can change it until the answer is "
    "posted."
)


def quiz_controls(command: str) -> str:
    return (
        f"{command} quiz changes the settings, {command} quiz off stops the quiz, {command} "
        f"leaderboard shows who's ahead, and {command} leaderboard off leaves you out of it."
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
    return f"{counted(left, 'fact')} left before questions repeat"


def question_unconfirmed(day: date) -> str:
    return (
        f"Slack didn't confirm whether the question for {_day(day)} was posted. If you see it, "
        "go ahead and answer: it counts as usual. I won't post it twice."
    )


def question_lost(day: date) -> str:
    return f"The question for {_day(day)} was lost: Slack never confirmed it. {NEXT_ON_SCHEDULE}"


def question_left_out(day: date) -> str:
    return f"There was no question on {_day(day)}: it was too late to post it. {NEXT_ON_SCHEDULE}"


def question_refused(day: date, code: str) -> str:
    return f"Slack rejected the question for {_day(day)} ({code}). {NEXT_ON_SCHEDULE}"


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}"


def quiz_is_off(reason: str | None, command: str) -> str:
    if reason:
        return f"Paused: {because(reason)} {_resume(reason, command)}."
    return f"The quiz is off. Type {command} quiz on to turn it back on."


def because(reason: str) -> str:
    """What a Slack error code means for the channel, and what to do about it.

    Completes a sentence, so it may begin in lower case.
    """
    if reason in ("not_in_channel", "channel_not_found"):
        return "I'm not in the channel. Invite me with /invite @factbot."
    if reason == "is_archived":
        return "the channel is archived. Unarchive it."
    from bot.quiz.subscription import UNREADABLE  # slow to import for the shell

    if reason == UNREADABLE:
        return "I can't read its time, days, or time zone."
    if reason.startswith("restricted_action"):
        return "I'm not allowed to post in the channel. Ask an admin to let me."
    return f"Slack rejected my message ({reason}). Ask the admin who installed me for help."


def quiz_paused(channel: str, reason: str, command: str) -> str:
    resume = _resume(reason, command)
    return f"The quiz in {channel} is paused: {because(reason)} {resume} there."


def _resume(reason: str, command: str) -> str:
    from bot.quiz.subscription import UNREADABLE  # slow to import for the shell

    if reason == UNREADABLE:
        return f"Set it up again: type {command} quiz"
    return f"Then type {command} quiz on"


def cannot_answer_there(reason: str) -> str:
    return f"I couldn't answer in the channel: {because(reason)} Here's the answer, just for you."


def too_late(letter: str) -> str:
    return f"The answer is already out, so {letter} counts only toward your own review."


def leaderboard_hint(command: str) -> str:
    return (
        "Ranked by most right answers, then by fewest wrong ones. Ties share a place. "
        f"Type {command} leaderboard off to leave the leaderboard."
    )


def points(right: int, answered: int, asked: int) -> str:
    score = f"{right} of {answered} right"
    return (
        score
        if answered == asked
        else f"{score}, answered {answered} of {counted(asked, 'question')}"
    )


def practice_title(service: str) -> str:
    return f"Practice: {service}"


def comes_again(days: int) -> str:
    return f"You'll see this again in {counted(days, 'day')}."


def reviews_due(due: int) -> str:
    return f"{counted(due, 'fact is', 'facts are')} due for review. It takes a minute."


def saved_but(reason: str, command: str) -> str:
    return f"Saved, but {because(reason)} Then type {command} quiz on."


ERASE_OFFER = (
    "This permanently deletes everything I keep about you. Quizzes you set up will keep running."
)
ERASE_WARNING = "This permanently deletes your answers, review queue, feedback, and settings."
ERASE_CONFIRM = "Delete"
