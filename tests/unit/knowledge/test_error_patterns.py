"""Patterns of error messages: read at a glance, and never slow."""

from __future__ import annotations

import time

import pytest

from knowledge.error_patterns import occurs, pattern_fault


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Rate exceeded", "An error occurred: rate  exceeded\n"),
        ("UPDATE_ROLLBACK_FAILED", "stack is in UPDATE_ROLLBACK_FAILED state"),
        ("Unable to import module '*'", "Unable to import module 'app': No module named 'x'"),
        ("AccessDenied* sts:AssumeRole", "AccessDeniedException when calling sts:AssumeRole"),
    ],
)
def test_a_message_that_fits_is_found(pattern: str, text: str) -> None:
    assert occurs(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Rate exceeded", "the rate was exceeded"),
        ("ThrottlingException", "MyThrottlingExceptionHandler"),
        ("ROLLBACK_COMPLETE", "stack is in UPDATE_ROLLBACK_COMPLETE state"),
        ("ROLLBACK_COMPLETE", "ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
        ("first * second", "second, then first"),
        ("*", "anything"),
        ("a.c[d]", "abcd"),
    ],
)
def test_another_message_is_not(pattern: str, text: str) -> None:
    assert not occurs(pattern, text)


def test_a_pattern_of_asterisks_takes_no_time() -> None:
    before = time.process_time()
    assert not occurs("aaaa*" * 20 + "b", "aaaa " * 20_000)
    assert time.process_time() - before < 1


def test_a_pattern_that_fits_everything_is_a_fault() -> None:
    assert pattern_fault("***") and pattern_fault("500") and not pattern_fault("HTTP 500")
