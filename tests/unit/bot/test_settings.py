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
        ("PORT", "0"),
        ("FACTBOT_LEASE", "2.9"),
        ("FACTBOT_LEASE", "601"),
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


def test_everything_missing_or_malformed_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_env({}).require_workspaces("signing_secret", "app_token")
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        assert name in str(error.value)
    with pytest.raises(SettingsError) as error:
        Settings.from_env({"PORT": "x", "FACTBOT_LOG": "xml", "DATABASE_URL": "x"})
    assert [line.split()[0] for line in str(error.value).splitlines()] == [
        "DATABASE_URL", "PORT", "FACTBOT_LOG",
    ]  # fmt: skip


def test_only_what_is_asked_for_is_read() -> None:
    environ = {"PORT": "x", "DATABASE_URL": "x", "FACTBOT_COMMAND": "/cloud"}
    settings = Settings.from_env(environ, ("command",))
    assert (settings.command, settings.port) == ("/cloud", 3000)


def test_a_token_that_ends_after_twelve_hours_is_refused_with_its_reason() -> None:
    with pytest.raises(SettingsError, match="token rotation is on") as error:
        Settings.from_env({"SLACK_BOT_TOKEN": "xoxe.xoxb-1-abc"})
    assert "abc" not in str(error.value)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://bot.example.com", "https://bot.example.com"),
        ("https://bot.example.com/", "https://bot.example.com"),
        ("https://example.com:8443/a/b-c/", "https://example.com:8443/a/b-c"),
    ],
)
def test_a_public_address_may_have_a_path(typed: str, read: str) -> None:
    assert Settings.from_env({"FACTBOT_URL": typed}).url == read


@pytest.mark.parametrize(
    "typed",
    [
        "http://bot.example.com", "https://", "https://u:p@h", "https://h/?a=b", "https://h/#a",
        "https://h/a b", "https://h/../x", "https://h:port", "https://h/a//b", "bot.example.com",
        "https://h?", "https://[::1", 'https://h/"', "https://h/%2e",
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(typed: str) -> None:
    with pytest.raises(SettingsError, match="FACTBOT_URL must look like https://"):
        Settings.from_env({"FACTBOT_URL": typed})


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


def test_a_token_and_a_client_id_together_are_refused() -> None:
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_CLIENT_ID": "1.2"}
    with pytest.raises(SettingsError, match="not both"):
        Settings.from_env(environ).require_workspaces()


def test_a_key_that_is_none_is_refused_without_being_quoted() -> None:
    with pytest.raises(SettingsError, match="keys that `factbot key` printed") as error:
        Settings.from_env({"FACTBOT_ENCRYPTION_KEYS": "k" * 43 + "=,too-short"})
    assert "too-short" not in str(error.value)


def test_every_secret_is_known_to_the_log() -> None:
    key, url = "k" * 43 + "=", "postgresql://u:password@h/db"
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_CLIENT_SECRET": "c", "FACTBOT_ENCRYPTION_KEYS": key, "DATABASE_URL": url,
    }  # fmt: skip
    secrets = Settings.from_env(environ).secrets()
    assert {"xoxb-1", "s", "xapp-1", "c", key} <= set(secrets)
    assert any("password" in item for item in secrets)
    assert Settings.from_env({}).secrets() == []
