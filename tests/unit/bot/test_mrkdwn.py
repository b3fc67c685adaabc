from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fake_slack.validator import Surface, validation_errors
from bot.slack.mrkdwn import escape, escape_within, literal, plain, unescape
from bot.views.card import sentence
from bot.views.message import Message, actions, button, header, paragraph, small
from bot.views.value import Value


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1>", "&lt;@U1&gt;"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
        ('it\'s "so"', 'it\'s "so"'),
    ],
)
def test_three_characters_are_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "text", ["*x*", "_x_", "~x~", "`x`", "@here", "www.x.com", "https://x.com", "a\n> quote"]
)
def test_typed_text_neither_formats_nor_links(text: str) -> None:
    shown = literal(text)
    assert text not in shown
    assert not re.search(r"(?<!\u2060)[*_~`]|@\w|://\w(?<!\u2060)|www\.|\n", shown) or (
        "\u2060" in shown
    )


def test_direction_and_control_characters_go() -> None:
    assert plain("a\u202eb\x00c\u200bd\r\ne") == "a b c d e"


@given(st.text())
def test_no_control_sequence_survives(text: str) -> None:
    shown = literal(text)
    assert "<" not in shown and ">" not in shown
    assert "\n" not in shown and "\x00" not in shown


@given(st.text())
def test_what_slack_escaped_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text(st.sampled_from("a&<>\U0001f600")), st.integers(5, 60))
def test_a_text_is_cut_before_it_is_escaped(text: str, max_chars: int) -> None:
    shown = escape_within(text, max_chars)
    assert len(shown) <= max_chars
    assert not re.search("&(?!amp;|lt;|gt;)|[<>]", shown)
    if shown != escape(text):
        assert text.startswith(unescape(shown[:-1])) and shown[-1] == "\u2026"
        assert len(shown) > max_chars - 12  # no more is lost than does not fit


@pytest.mark.parametrize("text", ["&" * 4000, "x" * 73 + "<&>" * 1000, "x" * 148 + "&&"])
def test_no_view_cuts_an_entity_in_half(text: str) -> None:
    blocks = (header(text), paragraph(text), small(text), actions("a", [button("b", text, "v")]))
    for message in (Message("x", blocks), sentence(text)):
        assert validation_errors(message.payload(), Surface.MESSAGE) == []


@given(st.text(max_size=5000), st.text(max_size=30), st.text(max_size=40))
def test_a_value_survives_a_button(question: str, fact: str, asker: str) -> None:
    encoded = Value(fact, asker, question).encode()
    assert len(encoded) <= 2000
    read = Value.decode(encoded)
    assert read is not None and (read.fact, read.asker) == (fact, asker)
    assert question.startswith(read.question)


@given(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text())))
def test_any_other_value_is_refused_quietly(value: object) -> None:
    read = Value.decode(value)
    assert read is None or isinstance(read, Value)
