from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_nothing_set_gives_the_defaults() -> None:
    settings = Settings.from_env({})
    assert settings.command == "/aws"
    assert settings.port == 3000
    assert settings.database_url == "sqlite:///factbot.db"
    assert settings.api_url == "https://slack.com/api/"
    assert settings.cache is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_SIGNING_SECRET", "two words"),
        ("SLACK_API_URL", "slack.com/api"),
        ("DATABASE_URL", "mysql://x"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("FACTBOT_COMMAND", "aws"),
        ("FACTBOT_FACTS", "/nowhere/at/all"),
    ],
)
def test_a_malformed_setting_is_named_in_one_sentence(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} [^\n]+\\.$|^{variable} names"):
        Settings.from_env({variable: value})


def test_a_missing_setting_is_named_with_what_it_is() -> None:
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET is not set; it is the"):
        Settings.from_env({"SLACK_BOT_TOKEN": "xoxb-1"}).require("bot_token", "signing_secret")


def test_the_spelling_postgres_is_understood() -> None:
    settings = Settings.from_env({"DATABASE_URL": "postgres://u:p@h/db"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/db"


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_env({"PORT": " "}).port == 3000


def test_secrets_stay_out_of_the_repr() -> None:
    shown = repr(Settings.from_env({"SLACK_BOT_TOKEN": "xoxb-secret", "HOME": "/h"}))
    assert "secret" not in shown.replace("signing_secret", "")


def test_folders_of_facts_are_split(tmp_path: Path) -> None:
    settings = Settings.from_env({"FACTBOT_FACTS": f"{tmp_path}:{tmp_path}"})
    assert settings.facts == (tmp_path, tmp_path)
