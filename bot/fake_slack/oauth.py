"""The tokens that OAuth issues: https://docs.slack.dev/reference/methods/oauth.v2.access"""

from __future__ import annotations

import itertools
from collections.abc import Set

from bot.fake_slack.calls import CallError, JsonObject

BOT_USER_ID = "U0BOT"
TOKEN_LIFETIME_SECONDS = 43_200
"""https://docs.slack.dev/authentication/using-token-rotation"""


class TokenIssuer:
    """Exchanges codes and refresh tokens; `owners` are the teams of the tokens issued so far."""

    def __init__(self, scopes: Set[str]) -> None:
        self.owners: dict[str, str] = {}
        self._scopes = scopes
        self._used: set[str] = set()
        self._numbers = itertools.count(1)

    def exchange(self, arguments: JsonObject) -> JsonObject:
        """A token for a code, or a new one for a refresh token; each works once.

        A code `<team>-...` installs us in a team, `<organization>.<team>-...` in a team of an
        organization, and `<organization>.-...` in a whole organization.
        """
        code = str(arguments.get("code") or arguments.get("refresh_token") or "")
        owner, _, rest = code.partition("-")
        organization, _, team = owner.rpartition(".")
        if not rest or code in self._used:
            raise CallError("invalid_code" if arguments.get("code") else "invalid_refresh_token")
        self._used.add(code)
        number = next(self._numbers)
        token = f"xoxe.xoxb-{team or organization}-{number}"
        self.owners[token] = team or organization
        return {
            "app_id": "A1",
            "team": {"id": team, "name": f"Team {team}"} if team else None,
            "enterprise": {"id": organization, "name": "Org"} if organization else None,
            "is_enterprise_install": not team,
            "access_token": token,
            "refresh_token": f"{owner}-refresh-{number}",
            "expires_in": TOKEN_LIFETIME_SECONDS,
            "token_type": "bot",
            "scope": ",".join(sorted(self._scopes)),
            "bot_user_id": BOT_USER_ID,
            "authed_user": {"id": "U0ADMIN"},
        }
