"""The web pages of an installation: before it, after it, and if it was canceled or failed."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem; font: 1.0625rem/1.55 system-ui, sans-serif; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; }}
a.button {{ display: inline-block; padding: .65rem 1.2rem; border-radius: .5rem; background: #611f69; color: #fff; font-weight: 700; text-decoration: none; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{paragraphs}
<p><a class="button" href="{url}">{label}</a></p>
</main>
</body>
</html>
"""  # noqa: E501


def install_page(url: str) -> str:
    """What factbot is, what happens next, and a link to Slack."""
    return _page(
        "Add factbot to Slack",
        (
            "factbot answers AWS questions from facts that people checked, each with its source, "
            "and can post a daily quiz.",
            "Next, Slack asks which workspace to add it to and shows what it may do. After that, "
            "factbot sends you a direct message with the first steps.",
        ),
        url,
        "Add to Slack",
    )


def installed_page(team_name: str | None, app_id: str, team_id: str | None) -> str:
    """The installation worked; a link to the app in Slack."""
    where = team_name or "your organization"
    query = {"app": app_id, **({"team": team_id} if team_id else {})}
    return _page(
        f"factbot is now in {where}",
        ("Open Slack: factbot has sent you a direct message with the first steps.",),
        f"https://slack.com/app_redirect?{urlencode(query)}",
        "Open factbot in Slack",
    )


def canceled_page(install_url: str) -> str:
    """Somebody pressed *Cancel* in Slack."""
    text = "You canceled, so nothing was added to your workspace. You can start again anytime."
    return _page("factbot was not added", (text,), install_url, "Start again")


def failed_page(reason: str, install_url: str) -> str:
    """The installation failed; `reason` is the code that Bolt or Slack gives."""
    explanations = {
        "invalid_browser": "This page was reloaded, or opened in another browser.",
        "invalid_state": "More than ten minutes have passed, or this link has been used before.",
    }
    text = explanations.get(reason, f"Something went wrong ({reason}).")
    return _page("factbot was not added", (text,), install_url, "Start again")


def _page(title: str, paragraphs: tuple[str, ...], url: str, label: str) -> str:
    shown = "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return _PAGE.format(title=escape(title), paragraphs=shown, url=escape(url), label=escape(label))
