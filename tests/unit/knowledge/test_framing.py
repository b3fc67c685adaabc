"""Leaving out what surrounds a question."""

from __future__ import annotations

import pytest

from knowledge.search.framing import without_frame


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Can someone please explain SQS long polling?", "SQS long polling?"),
        ("does anybody here know the lambda timeout", "the lambda timeout"),
        ("what is the best way to copy a bucket", "what is copy a bucket"),
        ("I keep getting AccessDenied, any ideas?", "I AccessDenied, ?"),
        ("stack stuck in UPDATE_ROLLBACK_FAILED", "stack stuck in UPDATE_ROLLBACK_FAILED"),
        ("copy an object with the aws cli", "copy an object"),
        ("the cli says ExpiredToken", "the cli says ExpiredToken"),
        ("help me please", "help me please"),
        ("", ""),
    ],
)
def test_only_the_question_is_left(text: str, left: str) -> None:
    assert without_frame(text) == left
