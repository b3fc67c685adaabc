from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.language import clean, split, stem, words


@pytest.mark.parametrize(
    ("compound", "found"),
    [
        ("AllowedOrigin", ("allowedorigin", "allowed", "origin")),
        ("X-Amzn-Trace-Id", ("xamzntraceid", "x", "amzn", "trace", "id")),
        ("S3Key", ("s3key", "s3", "key")),
        ("29s", ("29s", "29", "second")),
        ("512MB", ("512mb", "512", "mb")),
        ("hrs", ("hour",)),
        ("429", ("429",)),
    ],
)
def test_an_identifier_is_kept_whole_and_taken_apart(compound: str, found: tuple[str, ...]) -> None:
    assert split(compound) == found


@pytest.mark.parametrize(
    "forms",
    [
        ("polling", "polled", "polls", "poll"),
        ("encryption", "encrypt", "encrypting", "encrypted"),
        ("authorizer", "authoriser", "authorize", "authorization"),
        ("replication", "replicate", "replicated"),
        ("retries", "retry"),
        ("throttling", "throttled", "throttle"),
    ],
)
def test_the_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_apostrophes_do_not_part_a_word() -> None:
    assert words("what's lambda\u2019s limit?") == ["whats", "lambdas", "limit"]


def test_accents_fold() -> None:
    assert words("Cölumn naïve") == ["column", "naive"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in words(text):
        assert word == "" or (word.isascii() and word.isalnum() and word == word.lower())
        stem(word)


@given(st.text(alphabet="<>&@:!U1|/ahttps. "))
def test_cleaning_never_fails_on_markup(text: str) -> None:
    clean(text)
