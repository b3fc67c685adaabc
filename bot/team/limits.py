"""How much people may write in the forms about facts; Slack's own limits are in `bot.slack`."""

MAX_COMPLAINT_CHARS = 1000
"""What is wrong with a fact."""
MAX_LINK_CHARS = 500
"""The address of a page that says so."""
MAX_REASON_CHARS = 500
"""Why a suggestion was rejected."""
MAX_NOTE_CHARS = 300
"""A team's note about a fact."""
