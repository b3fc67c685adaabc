"""What OAuth gives out: https://docs.slack.dev/reference/methods/oauth.v2.access"""

from __future__ import annotations

import itertools
from collections.abc import Set

from bot.fake_slack.calls import Body, Refused

BOT_USER = "U0BOT"
TOKEN_LASTS = 43_200
"""https://docs.slack.dev/authentication/using-token-rotation"""


class Grants:
    """`teams` says whose the tokens are that were given out."""

    def __init__(self, scopes: Set[str]) -> None:
        self.teams: dict[str, str] = {}
        self._scopes = scopes
        self._spent: set[str] = set()
        self._numbers = itertools.count(1)

    def grant(self, body: Body) -> Body:
        """A token for a code, or a new one for a refresh token; each works once.

        A code `<team>-...` installs us in a team, `<organization>.<team>-...` in a team of an
        organization, and `<organization>.-...` in a whole organization.
        """
        given = str(body.get("code") or body.get("refresh_token") or "")
        whose, _, rest = given.partition("-")
        organization, _, team = whose.rpartition(".")
        if not rest or given in self._spent:
            raise Refused("invalid_code" if body.get("code") else "invalid_refresh_token")
        self._spent.add(given)
        number = next(self._numbers)
        token = f"xoxe.xoxb-{team or organization}-{number}"
        self.teams[token] = team or organization
        return {
            "app_id": "A1",
            "team": {"id": team, "name": f"Team {team}"} if team else None,
            "enterprise": {"id": organization, "name": "Org"} if organization else None,
            "is_enterprise_install": not team,
            "access_token": token,
            "refresh_token": f"{whose}-refresh-{number}",
            "expires_in": TOKEN_LASTS,
            "token_type": "bot",
            "scope": ",".join(sorted(self._scopes)),
            "bot_user_id": BOT_USER,
            "authed_user": {"id": "U0ADMIN"},
        }
