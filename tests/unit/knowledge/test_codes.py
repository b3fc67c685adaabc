"""Error codes that name one problem, and those that any service may give."""

from __future__ import annotations

import pytest

from knowledge.search.codes import find_codes, is_generic_error


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("botocore.exceptions.ClientError: An error occurred (NoSuchKey)", {"nosuchkey"}),
        ("AmazonServiceException: Error Code: VolumeInUse", {"volumeinuse"}),
        ("software.amazon.awssdk.core.exception.SdkClientException", set()),
        ("ProvisionedThroughputExceededException", {"provisionedthroughputexceeded"}),
    ],
)
def test_what_clients_wrap_every_error_in_is_no_code(text: str, errors: set[str]) -> None:
    assert find_codes(text).errors == errors


@pytest.mark.parametrize(
    ("text", "specific"),
    [
        ("ThrottlingException", set()),
        ("AccessDenied, then ConditionalCheckFailedException", {"conditionalcheckfailed"}),
    ],
)
def test_a_code_of_many_services_is_not_specific(text: str, specific: set[str]) -> None:
    assert find_codes(text).specific == specific


@pytest.mark.parametrize(
    ("text", "is_generic"),
    [
        ("Rate exceeded", True),
        ("ThrottlingException: Rate exceeded", True),
        ("error 503", True),
        ("Resource limit exceeded.", True),
        ("why import not found with a zipped layer folder", False),
        ("ConditionalCheckFailedException: access denied", False),
        ("the conditional request failed", False),
        ("access denied when a role of another account writes objects into a bucket", False),
    ],
)
def test_an_error_that_says_nothing_else_is_generic(text: str, is_generic: bool) -> None:
    assert is_generic_error(text, find_codes(text)) is is_generic
