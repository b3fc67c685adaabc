"""What a week's questions are about, as long as there are any on that theme."""

from __future__ import annotations

from datetime import date

from knowledge.model import Kind

THEMES = {
    Kind.LIMIT: "limits and quotas",
    Kind.ERROR: "error messages",
    Kind.HOW_TO: "how-to questions",
    Kind.BEHAVIOR: "how things behave",
    Kind.DIFFERENCE: "telling things apart",
}
"""The kinds of facts that weeks are about in turn, in words."""


def theme_of(day: date) -> Kind:
    """The theme of the calendar week of a day: the same in every channel."""
    weeks_since_year_one = (day.toordinal() - 1) // 7  # January 1 of year 1 was a Monday
    return list(THEMES)[weeks_since_year_one % len(THEMES)]
