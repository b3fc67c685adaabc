"""What Slack's errors mean for us.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

from enum import Enum
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError


class Trouble(Enum):
    """What to do about a call that failed."""

    CHANNEL_GONE = "channel gone"
    PERSON_GONE = "person gone"
    INSTALLATION_GONE = "installation gone"
    TOKEN_ENDED = "token ended"
    CONFIGURATION = "configuration"
    MESSAGE_GONE = "message gone"
    LATER = "later"
    UNSURE = "unsure"
    """Slack may have carried the call out: find out before calling again."""
    BUG = "bug"


_CLASSES = {
    Trouble.CHANNEL_GONE: """
        channel_not_found is_archived not_in_channel restricted_action ekm_access_denied
        restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel messages_tab_disabled
    """,
    Trouble.PERSON_GONE: "user_not_found user_disabled cannot_dm_bot user_not_visible",
    Trouble.INSTALLATION_GONE: """
        account_inactive token_revoked invalid_auth not_authed team_access_not_granted
    """,
    Trouble.TOKEN_ENDED: "token_expired",
    Trouble.CONFIGURATION: """
        missing_scope not_allowed_token_type no_permission access_denied accesslimited
        enterprise_is_restricted
    """,
    Trouble.MESSAGE_GONE: "message_not_found cant_update_message edit_window_closed",
    Trouble.LATER: """
        ratelimited rate_limited service_unavailable team_added_to_org org_login_required
        message_limit_exceeded
    """,
    Trouble.UNSURE: "internal_error fatal_error request_timeout",
}
_BY_ERROR = {error: trouble for trouble, errors in _CLASSES.items() for error in errors.split()}
NETWORK = (SlackClientError, OSError, HTTPException)
"""Everything that a call raises when Slack, or the way to it, fails."""


def trouble(error: Exception) -> Trouble:
    """The class of an error that a call raised; what is unknown counts as our bug."""
    if not isinstance(error, SlackApiError):
        return Trouble.UNSURE
    return classify(error.response.status_code, reason(error))


def classify(status: int, word: str) -> Trouble:
    """The class of an answer of Slack's with an HTTP status and a word for the error."""
    if status == 429:
        return Trouble.LATER
    found = _BY_ERROR.get(word)
    if found is None:
        return Trouble.UNSURE if status >= 500 else Trouble.BUG
    return found


def reason(error: Exception) -> str:
    """Slack's word for the error, or the kind of failure on the way to it."""
    if isinstance(error, SlackApiError):
        try:
            return str(error.response.get("error") or f"http_{error.response.status_code}")
        except ValueError:  # a body that is not JSON
            return f"http_{error.response.status_code}"
    return type(error).__name__


def retry_after(error: Exception) -> float | None:
    """Seconds that Slack asked us to wait."""
    if isinstance(error, SlackApiError):
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        value = headers.get("retry-after")
        value = value[0] if isinstance(value, list) else value
        if value and str(value).isdigit():
            return float(value)
    return None
