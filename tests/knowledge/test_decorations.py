"""What people write around a question must not change the fact they get."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.slack.incoming import read_message
from knowledge import KnowledgeBase
from knowledge.evaluation import read_questions

FILE = Path(__file__).parents[2] / "bench/questions/answerable.jsonl"
ASKED = [q.text for q in read_questions(FILE.read_text(encoding="utf-8"))][2::4][:150]
DECORATIONS = (
    "{} <https://wiki.example.com/display/OPS/Throttling+in+S3>",
    "<https://grafana.example.com/d/abc123?orgId=1&amp;var=lambda>\n{}",
    "{}\n<https://console.aws.amazon.com/sqs|our SQS console>",
    "see <https://jira.example.com/browse/OPS-42|OPS-42>: {}",
    "{} (see <https://github.com/example/dynamodb-tools/issues/7|here>)",
    "{} https://repost.aws/knowledge-center/ec2-linux",
    "{} cc <@U0ANN>",
    "{} cc <@U0ANN|ann.lambda>, <@U0BEN> and <!subteam^S1|@s3-team>",
    "cc @ann {}",
    "hi team, {} :wave:",
    "<@U0BOT> {} in <#C1|sqs-alerts> thanks!",
    "<!here> Good morning everyone!\n{} <!date^1767225600^{{date_short}}|Jan 1>",
)


def test_there_are_150_different_questions() -> None:
    assert len(set(ASKED)) == 150


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_links_people_and_greetings_change_no_answer(
    knowledge: KnowledgeBase, decoration: str
) -> None:
    changed = []
    for question in ASKED:
        plain, decorated = (
            knowledge.ask(read_message(text)) for text in (question, decoration.format(question))
        )
        facts = [result.best and result.best.fact.id for result in (plain, decorated)]
        if facts[0] != facts[1] or plain.outcome is not decorated.outcome:
            changed.append((question, *facts))
    assert changed == []
