"""Payloads as Slack sends them to an app that is installed for a whole organization.

Interactions then name no team: https://github.com/slackapi/bolt-python/issues/23
https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.fake_slack.calls import Body


def org_wide(payload: Mapping[str, Any], organization: str) -> Body:
    """The same payload of a workspace, as sent to the organization's installation."""
    if "command" in payload:
        owner = {"enterprise_id": organization, "enterprise_name": "Org"}
        return {**payload, **owner, "is_enterprise_install": "true"}
    if "event" in payload:
        return _event(payload, organization)
    return _interaction(payload, organization)


def _event(payload: Mapping[str, Any], organization: str) -> Body:
    owner = {"enterprise_id": organization, "team_id": None, "is_enterprise_install": True}
    return {
        **payload,
        "enterprise_id": organization,
        "context_enterprise_id": organization,
        "context_team_id": payload["team_id"],
        "authorizations": [entry | owner for entry in payload["authorizations"]],
    }


def _interaction(payload: Mapping[str, Any], organization: str) -> Body:
    team = payload["team"]["id"]
    made = {
        **payload,
        "team": None,
        "enterprise": {"id": organization, "name": "Org"},
        "is_enterprise_install": True,
        "user": {**payload["user"], "team_id": team},
    }
    if "view" in payload:
        made["view"] = {**payload["view"], "team_id": team, "app_installed_team_id": organization}
    return made
