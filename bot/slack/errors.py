"""What Slack's errors mean, and what to do about them.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from http.client import HTTPException
from json import JSONDecodeError
from typing import TypeGuard
from urllib.error import HTTPError, URLError

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
    """Nothing was carried out, and it may work later."""
    UNSURE = "unsure"
    """Slack may have carried the call out: find out before calling again."""
    BUG = "bug"
    UNKNOWN = "unknown"
    """Slack refused the call with a code that we don't know."""


_CLASSES = {
    Trouble.CHANNEL_GONE: """
        channel_not_found is_archived not_in_channel restricted_action ekm_access_denied
        restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel messages_tab_disabled is_inactive
        channel_is_limited_access unsupported_channel
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
    Trouble.BUG: """
        invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text
        invalid_arguments invalid_arg_name invalid_array_arg invalid_form_data invalid_json
        json_not_object invalid_post_type missing_post_type invalid_charset unknown_method
        metadata_too_large invalid_metadata_format invalid_metadata_schema
        markdown_text_conflict too_many_attachments cannot_reply_to_message
        invalid_trigger_id exchanged_trigger_id expired_trigger_id push_limit_reached
        hash_conflict view_too_large not_enabled
    """,
}
_BY_ERROR = {error: trouble for trouble, errors in _CLASSES.items() for error in errors.split()}


class UnreadableResponseError(SlackClientError):
    """We can't read the response, which may come from something between Slack and us."""


class ResponseUrlError(SlackClientError):
    """A response_url refused a message; `retry_after` is the header, if there was one.

    https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    """

    def __init__(self, status: int, retry_after: str | None) -> None:
        super().__init__(f"http_{status}")
        self.status = status
        self.retry_after = retry_after


_UNREADABLE = (UnreadableResponseError, JSONDecodeError, UnicodeDecodeError)
NETWORK = (SlackClientError, OSError, HTTPException, JSONDecodeError, UnicodeDecodeError)
"""Everything that a call raises when Slack or the network fails."""
UNREADABLE = "unreadable_response"
"""Our code for a response that isn't Slack's JSON; the response itself is never quoted."""
_RESPONSE_URLS = {
    400: Trouble.BUG,
    403: Trouble.MESSAGE_GONE,
    404: Trouble.MESSAGE_GONE,
    410: Trouble.MESSAGE_GONE,
    429: Trouble.LATER,
}
"""What a response_url's status means. It works for five messages and thirty minutes."""
_CODE = re.compile(r"[a-z][a-z0-9_]{1,63}", re.ASCII)


@contextmanager
def readable() -> Iterator[None]:
    """Around one call: turn errors from reading the response into UnreadableResponseError."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableResponseError from error


def trouble(error: Exception) -> Trouble:
    """The class of an error that a call raised."""
    if isinstance(error, SlackApiError):
        return classify(error.response.status_code, _word(error))
    if isinstance(error, ResponseUrlError):
        return _RESPONSE_URLS.get(error.status, Trouble.UNSURE)
    # urllib wraps only errors that happen before the whole request is written
    if isinstance(error, URLError) and not isinstance(error, HTTPError):
        return Trouble.LATER
    return Trouble.UNSURE


def classify(status: int, word: object) -> Trouble:
    """The class of a response from Slack with this HTTP status and error code."""
    if status == 429:
        return Trouble.LATER
    if not _is_code(word):
        return Trouble.UNSURE
    return _BY_ERROR.get(word, Trouble.UNSURE if status >= 500 else Trouble.UNKNOWN)


def reason(error: Exception) -> str:
    """Slack's code for the error, or one of ours: never any other part of the response."""
    if isinstance(error, SlackApiError):
        word = _word(error)
        return word if _is_code(word) else UNREADABLE
    if isinstance(error, ResponseUrlError):
        return str(error)
    return UNREADABLE if isinstance(error, _UNREADABLE) else type(error).__name__


def _word(error: SlackApiError) -> object:
    """Whatever is in the place of Slack's error code."""
    try:
        return error.response.get("error")
    except (AttributeError, ValueError):  # not a JSON object
        return None


def _is_code(word: object) -> TypeGuard[str]:
    return isinstance(word, str) and _CODE.fullmatch(word) is not None


def retry_after(error: Exception) -> float | None:
    """How many seconds Slack asked us to wait; None if it didn't say."""
    value: object = None
    if isinstance(error, ResponseUrlError):
        value = error.retry_after
    if isinstance(error, SlackApiError):
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        value = headers.get("retry-after")
        value = value[0] if isinstance(value, list) else value
    return float(str(value)) if value and str(value).isdigit() else None
