"""Messages as Slack sends them, and the words that a person sees."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.incoming import MAX_TEXT_CHARS, read_message
from bot.slack.mrkdwn import escape

Q = "what is 429 in api gateway"


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("<@U0BOT> what's up", "what's up"),
        ("what <@U1|ann> said about <#C1|ops> and <#C2|>", "what said about and"),
        ("<!here> <!subteam^S1|@ops> <!date^1^{date}|May 1> sqs", "sqs"),
        ("a <https://x.example/?a=1&amp;b=2> b", "a b"),
        ("a <https://x.example|https://x.example> b", "a b"),
        ("a https://x.example/y, www.x.example b", "a b"),
        ("why is <https://x.example|Lambda> slow", "why is Lambda slow"),
        ("can <http://lambda.amazonaws.com|lambda.amazonaws.com> assume it",
         "can lambda.amazonaws.com assume it"),
        ("run <http://main.py|main.py> with <tel:123456789012|123456789012>",
         "run main.py with 123456789012"),
        ("get <s3://bucket/key>", "get s3://bucket/key"),
        ("mail <mailto:a@b.example|a@b.example> bounced", "mail bounced"),
        ("s3 &amp; ec2 &lt;b&gt;", "s3 & ec2 <b>"),
        ("&amp;lt;@U1&amp;gt; &amp;amp;", "&lt;@U1&gt; &amp;"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("std::vector<std::string> <!DOCTYPE html> a < b > c",
         "std::vectorstd::string <!DOCTYPE html> a < b > c"),
        ("\u201csmart\u201d \u2018q\u2019 mon\u2013fri a\u2014b 1\u00a02", 
         "\"smart\" 'q' mon-fri a - b 1 2"),
        ("lamb\u200bda\ufeff \u202esqs", "lambda sqs"),
        ("\uff48\uff45\uff4c\uff50 Lambda\u2122 \U0001f600 1\ufe0f\u20e3", "help Lambda"),
        (":wave::skin-tone-2: sqs :+1: arn:aws:sqs:eu: 10:30:45", "sqs arn:aws:sqs:eu: 10:30:45"),
        ("first\r\n\r\n  second\tx\x00\u2028third", "first\nsecond x\nthird"),
        ("see\n```\nerror :tada: at <https://x.example/y>\n  line &lt;2&gt;```",
         "see\nerror :tada: at https://x.example/y\nline <2>"),
        ("run `quiz status` now", "run quiz status now"),
        ("POST @connections, fields @timestamp", "POST @connections, fields @timestamp"),
        ("@ann.b sqs size", "sqs size"), ("hey @Ann_B: sqs size", "sqs size"),
        ("@timestamp in logs insights", "@timestamp in logs insights"), ("@ann", "@ann"),
        ("@aws-sdk/client-s3 not found", "@aws-sdk/client-s3 not found"),
        ("<https://docs.example/limits>", "https://docs.example/limits"),
        ("<https://docs.example/limits|Lambda limits>", "Lambda limits"),
        ("", ""), (":wave:", ""), ("<@U1>", ""), (" \n ", ""), ("Hi <@U1>!", ""),
        ("thanks", "thanks"),
    ],
)  # fmt: skip
def test_a_message_reads_as_it_looks(raw: str, seen: str) -> None:
    assert read_message(raw) == seen


@pytest.mark.parametrize(
    "form",
    [
        "hi team, {}", "Hello everyone! {}", "hey <@U1> {}", "Hi Maria, {}", "Good morning all\n{}",
        ":wave: {}", "{} :pray:", "{} cc <@U1>", "{} /cc <@U1|ann>, <@U2> and <!subteam^S1|@ops>",
        "cc @ann.b: {}", "fyi <@U2>\n{}", "<!here> {}", "{} (see <https://x.example|here>)",
        "see <https://x.example|the runbook>: {}", "{}\n<https://x.example|Grafana: p99 by route>",
        "<https://x.example|dashboard>\n{}", "{} <https://x.example/a?b=c#d>", "{} https://x.example",
        "ref: <https://x.example|OPS-1234> {}", "Quick question: {}", "{} Thanks in advance!",
        "{}\nthx", "\u00a0{}\u2003", "\u2014 {}",
    ],
)  # fmt: skip
def test_what_people_add_out_of_courtesy_says_nothing(form: str) -> None:
    assert read_message(form.format(Q)) == Q


def test_a_link_after_the_question_is_a_reference_and_one_within_it_is_a_word() -> None:
    assert read_message(f"{Q}? <https://x.example|SQS board>") == f"{Q}?"
    assert read_message("limits of <https://x.example|SQS>") == "limits of SQS"


@pytest.mark.parametrize("text", ["hello world lambda", "history of sqs", "morning report rule"])
def test_a_word_like_a_greeting_stays(text: str) -> None:
    assert read_message(text) == text


@given(st.text())
def test_any_text_is_read_and_stays_short(text: str) -> None:
    seen = read_message(text)
    assert len(seen) <= MAX_TEXT_CHARS
    assert all(line == " ".join(line.split()) != "" for line in seen.split("\n")) or not seen


@given(st.text(alphabet="<>@#!|`:;&ltgamp \nU1/\ue000\ue001\ue002()", max_size=200))
def test_no_mark_of_ours_is_left(text: str) -> None:
    assert not set(read_message(text)) & set("\ue000\ue001\ue002")


@given(st.text(alphabet="ab<>&;@U1! "))
def test_what_was_typed_literally_is_read_literally(text: str) -> None:
    typed = f"q{text}q"
    assert read_message(escape(typed)) == " ".join(typed.split())


@pytest.mark.parametrize(
    "part", ["<", "`", ":a", "cc @a,", "<http://a|", ", ", "see <a:", "hi ", "(", "@a", ",\n"]
)
def test_long_odd_text_takes_no_time(part: str) -> None:
    start = time.process_time()
    read_message(part * 16_000)
    assert time.process_time() - start < 0.5
