"""The app's manifest: what a Slack admin pastes to create the app.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from typing import Any

from bot.messages import EXAMPLES

EVENTS = (
    "app_home_opened", "app_mention", "app_uninstalled", "channel_id_changed", "message.im",
    "message.mpim", "member_joined_channel", "tokens_revoked",
)  # fmt: skip
OF_ORGANIZATIONS = ("team_access_revoked",)
"""Events that concern only an app that whole organizations can install."""
SCOPES = {
    "app_mentions:read": "see the messages that mention the bot, to answer them",
    "chat:write": "post answers, quizzes, and reminders",
    "commands": "offer the slash command and the shortcuts *Explain AWS terms*, *Save as AWS "
    "fact*, and *Look up an AWS fact*",
    "im:history": "read the direct messages that people write to the bot",
    "users:read": "look up a person's time zone, for the quiz and the reminders",
}
"""Scopes that the bot needs, and what for."""
OPTIONAL_SCOPES = {
    "channels:read": "see who added the bot to a public channel, to introduce the bot to that "
    "person (without it, the bot joins silently); check that only members change a channel's quiz "
    "(without it, that's up to Slack); and count the members, so that the bot asks before it "
    "starts a quiz in a busy channel (without it, the bot doesn't ask)",
    "groups:read": "the same for private channels",
    "channels:history": "find a quiz question in a public channel when Slack didn't say whether "
    "it was posted; without it, such a question is lost unless someone answers it",
    "groups:history": "the same in private channels",
    "mpim:history": "see the messages that mention the bot in group direct messages (it ignores "
    "the others); without it, the bot answers commands there, but not mentions",
    "reactions:write": "react to thanks with a thumbs-up; without it, the bot doesn't react",
    "usergroups:read": "see who is in the user group that curates the facts; without it, curators "
    "are named one by one, or workspace admins are the curators",
}
"""Scopes that an admin may leave out, what each is for, and what is missing without it."""
SLACKBOT_SCOPES = {
    "mcp:connect": "let Slackbot ask the bot; in the manifest only if `FACTBOT_SLACKBOT` is `on`; "
    "without it, Slackbot can't ask",
}
"""Optional scopes that are added if Slackbot may ask us."""
AGENT_SCOPES = {
    "assistant:write": "suggest questions in direct messages; requested only if "
    "`FACTBOT_AGENT_VIEW` is `on`; without it, there are no suggestions",
}
"""Optional scopes that are added for Slack's agent view, which needs a paid plan."""
EXPLAIN = "explain_terms"
"""The callback ID of the message shortcut."""
SAVE = "save_fact"
"""The callback ID of the message shortcut that suggests a fact."""
LOOK_UP = "look_up_fact"
"""The callback ID of the global shortcut."""
ENDPOINT = "/slack/events"
INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
MCP = "/mcp"

_DESCRIPTION = "AWS facts with their source, and a daily quiz"
_LONG_DESCRIPTION = (
    "Ask about AWS in your own words and get one short answer, with its source and the day it was "
    "checked. Answers come from facts that people wrote, not from a language model. Channels can "
    "get a quiz question a day, and everyone can practice in private."
)


def optional_scopes(slackbot: bool, agent_view: bool) -> list[str]:
    """The scopes that an admin may leave out."""
    return [
        *OPTIONAL_SCOPES,
        *(SLACKBOT_SCOPES if slackbot else ()),
        *(AGENT_SCOPES if agent_view else ()),
    ]


def manifest(
    command: str, url: str | None = None, slackbot: bool = False, agent_view: bool = False
) -> dict[str, Any]:
    """For HTTP at a public address `https://...`, or without one for Socket Mode.

    `slackbot` lets Slack's own bot ask us, over HTTP only; it answers everybody the same, so no
    identity is asked for: https://docs.slack.dev/ai/slackbot-mcp-client
    `agent_view` makes the direct messages those of an agent, with suggested questions:
    https://docs.slack.dev/ai/migrating-to-agent-messaging/
    """
    slackbot = slackbot and url is not None
    optional = optional_scopes(slackbot, agent_view)
    servers = {"mcp_servers": {"factbot": {"url": f"{url}{MCP}", "auth_type": "no_auth"}}}
    address = {"request_url": url + ENDPOINT} if url else {}
    menus = {"message_menu_options_url": url + ENDPOINT} if url else {}
    redirect = {"redirect_urls": [url + REDIRECT]} if url else {}
    events = sorted((*EVENTS, *OF_ORGANIZATIONS) if url else EVENTS)
    slash_command = {
        "command": command,
        "description": "Ask about AWS, set up a quiz, or practice",
        "usage_hint": "what is 429 in api gateway",
        "should_escape": False,
        **({"url": url + ENDPOINT} if url else {}),
    }
    explain = {
        "name": "Explain AWS terms",
        "type": "message",
        "callback_id": EXPLAIN,
        "description": "Explain the errors, services, and settings in a message, just for you",
    }
    save = {
        "name": "Save as AWS fact",
        "type": "message",
        "callback_id": SAVE,
        "description": "Suggest what a message says as an answer for everyone here",
    }
    look_up = {
        "name": "Look up an AWS fact",
        "type": "global",
        "callback_id": LOOK_UP,
        "description": "Search all facts, read one, and share it with a channel",
    }
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "factbot",
            "description": _DESCRIPTION,
            "long_description": _LONG_DESCRIPTION,
            "background_color": "#232f3e",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "factbot", "always_online": True},
            "shortcuts": [explain, save, look_up],
            "slash_commands": [slash_command],
            **({"agent_view": _agent_view()} if agent_view else {}),
        },
        "oauth_config": {
            **redirect,
            "scopes": {
                "bot": [*SCOPES, *optional],
                "bot_optional": optional,
            },
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": events},
            "interactivity": {"is_enabled": True, **address, **menus},
            "org_deploy_enabled": bool(url),
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
        **(servers if slackbot else {}),
    }


def _agent_view() -> dict[str, Any]:
    """https://docs.slack.dev/reference/app-manifest : at most 300 characters and four prompts."""
    prompts = [{"title": example, "message": example} for example in EXAMPLES]
    return {"agent_description": _DESCRIPTION, "suggested_prompts": prompts}
