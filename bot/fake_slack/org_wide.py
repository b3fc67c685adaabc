"""Payloads as Slack sends them to an app that is installed for a whole organization.

Interactions then name no team: https://github.com/slackapi/bolt-python/issues/23
https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.fake_slack.calls import JsonObject


def org_wide(payload: Mapping[str, Any], organization: str) -> JsonObject:
    """The payload of a workspace, as sent to the organization's installation."""
    if "command" in payload:
        enterprise = {"enterprise_id": organization, "enterprise_name": "Org"}
        return {**payload, **enterprise, "is_enterprise_install": "true"}
    if "event" in payload:
        return _event(payload, organization)
    return _interaction(payload, organization)


def _event(payload: Mapping[str, Any], organization: str) -> JsonObject:
    owner = {"enterprise_id": organization, "team_id": None, "is_enterprise_install": True}
    authorizations = [authorization | owner for authorization in payload["authorizations"]]
    return {
        **payload,
        "enterprise_id": organization,
        "context_enterprise_id": organization,
        "context_team_id": payload["team_id"],
        "authorizations": authorizations,
    }


def _interaction(payload: Mapping[str, Any], organization: str) -> JsonObject:
    team = payload["team"]["id"]
    interaction = {
        **payload,
        "team": None,
        "enterprise": {"id": organization, "name": "Org"},
        "is_enterprise_install": True,
        "user": {**payload["user"], "team_id": team},
    }
    if "view" in payload:
        owner = {"team_id": team, "app_installed_team_id": organization}
        interaction["view"] = {**payload["view"], **owner}
    return interaction
