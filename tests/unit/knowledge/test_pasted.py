"""What is left of a pasted error once the wrapping is gone."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from knowledge.search.codes import find_codes
from knowledge.search.pasted import MAX_LINES, essence, is_pasted

PYTHON = """Traceback (most recent call last):
  File "/var/task/handler.py", line 12, in handler
    table.put_item(Item=item)
  File "/opt/python/botocore/client.py", line 565, in _api_call
    return self._make_api_call(operation_name, kwargs)
botocore.errorfactory.ConditionalCheckFailedException: An error occurred \
(ConditionalCheckFailedException) when calling the PutItem operation: The conditional request failed
"""
NODE = """{"errorType":"Error","errorMessage":"connect ETIMEDOUT 10.0.3.7:6379","stack":[
"    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1495:16)"]}"""
JAVA = """Exception in thread "main" com.amazonaws.services.sqs.model.QueueDoesNotExistException: \
The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: \
AWS.SimpleQueueService.NonExistentQueue; Request ID: 0a1b2c3d-1111-2222-3333-444455556666)
\tat com.amazonaws.http.AmazonHttpClient.handleErrorResponse(AmazonHttpClient.java:1712)
\tat com.acme.Main.main(Main.java:7)
"""


NODE_SDK = """InvalidPasswordException: Password did not conform with policy
    at throwDefaultError (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:388:20) {
  '$fault': 'client',
  '$retryable': undefined,
  '$metadata': {
    httpStatusCode: 400,
    requestId: '0a1b2c3d-1111-2222-3333-444455556666',
    attempts: 1,
    totalRetryDelay: 0
  }
}"""


@pytest.mark.parametrize("text", [PYTHON, NODE, JAVA])
def test_wrapping_is_left_out(text: str) -> None:
    assert is_pasted(text)
    said = essence(text)
    for wrapping in ("File", "handler.py", "at ", "errorType", "Request ID", "0a1b2c3d", "java:"):
        assert wrapping not in said


def test_of_an_error_of_the_node_sdk_only_the_message_is_left() -> None:
    said = essence(NODE_SDK).replace("'", "").replace(",", "").replace(":", " ").split()
    assert " ".join(said) == "InvalidPasswordException Password did not conform with policy"


def test_the_last_lines_count_however_long_the_traceback_is() -> None:
    head, _, error = PYTHON.rpartition("botocore.errorfactory")
    frames = '  File "/srv/app.py", line 1, in f\n    g()\n' * 2000
    assert "conditional request failed" in essence(f"{head}{frames}botocore.errorfactory{error}")


def test_a_leading_question_is_kept() -> None:
    log = "\n".join(f"ERROR worker {n} gave up" for n in range(2 * MAX_LINES))
    assert essence(f"why does this happen?\n{log}").startswith("why does this happen?")


def test_the_code_below_a_frame_is_left_out() -> None:
    assert "put_item" not in essence(PYTHON)


def test_of_a_long_log_the_last_lines_are_kept() -> None:
    log = [f"ERROR worker {n} gave up" for n in range(2 * MAX_LINES)]
    said = essence("\n".join(log))
    assert said.endswith(f"worker {2 * MAX_LINES - 1} gave up")
    assert "worker 0 gave up" not in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PYTHON, "conditionalcheckfailed"),
        (JAVA, "queuedoesnotexist"),
        ('{"__type":"com.amazon.coral.validate#ValidationException"}', "validation"),
        ("<Error><Code>NoSuchKey</Code></Error>", "nosuchkey"),
        ("Error Code: VolumeInUse", "volumeinuse"),
        ("api error AccessDenied: no", "accessdenied"),
    ],
)
def test_error_codes_are_found(text: str, code: str) -> None:
    assert code in find_codes(text).errors


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("api gateway 429", {"429"}),
        ("returns a 5xx", {"5xx"}),
        ("item of 400 KB", set()),
        ("error 404 and 502", {"404", "502"}),
        ("version 1.404 of it", set()),
    ],
)
def test_statuses_are_told_from_other_numbers(text: str, statuses: set[str]) -> None:
    assert find_codes(text).statuses == statuses


def test_layout_makes_no_difference(knowledge: KnowledgeBase) -> None:
    plain = knowledge.ask(PYTHON.strip())
    fenced = knowledge.ask(f"any idea?\n```\n{PYTHON}```")
    one_line = knowledge.ask(" ".join(PYTHON.split()))
    assert plain.best and fenced.best and one_line.best
    assert plain.best.fact == fenced.best.fact == one_line.best.fact


@pytest.mark.parametrize(
    "text",
    [
        '"errorMessage":',
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 'user_id'",
        "TypeError: Cannot read properties of undefined (reading 'map')\n  at f (/a/b.js:1:2)",
        "java.lang.NullPointerException\n\tat com.acme.Main.main(Main.java:7)",
    ],
)
def test_an_error_of_the_program_itself_gets_no_fact(knowledge: KnowledgeBase, text: str) -> None:
    assert not knowledge.ask(text).confident
