from __future__ import annotations

import pytest

from bot.fake_slack.validator import SURFACES, faults
from tests.unit.fake_slack.parts import (
    GROUP,
    TABLE,
    Part,
    actions,
    button,
    card,
    entry,
    feedback,
    found,
    home,
    image,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    text_input,
)


def rich(*leaves: Part) -> Part:
    part = {"type": "rich_text_section", "elements": list(leaves)}
    return {"type": "rich_text", "elements": [part]}


@pytest.mark.parametrize(
    ("sentence", "payload"),
    [
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
         message({"type": "header", "text": mrkdwn()})),
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]",
         message(actions(button() | {"text": mrkdwn()}))),
        ("unsupported type: mrkdwn [json-pointer:/view/title/type]",
         modal(section(), title=mrkdwn())),
        ("must provide an object [json-pointer:/blocks/0/text]",
         message({"type": "header", "text": "x"})),
        ("invalid additional property: emoji [json-pointer:/blocks/0/text]",
         message(section(text=mrkdwn(emoji=True)))),
        ("invalid additional property: verbatim [json-pointer:/blocks/0/text]",
         message(section(text=plain(verbatim=True)))),
        ("must provide a boolean [json-pointer:/blocks/0/text/emoji]",
         message(section(text=plain(emoji=1)))),
        ("unsupported type: blink [json-pointer:/blocks/0/type]", message({"type": "blink"})),
        ("unsupported type: blink [json-pointer:/blocks/0/elements/0/type]",
         message(actions({"type": "blink"}))),
        ("unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
         message(actions(text_input()))),
        ("unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
         message(section(accessory=text_input()))),
        ("unsupported type: button [json-pointer:/view/blocks/0/element/type]",
         modal(entry(element=button()))),
        ("unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
         message({"type": "context", "elements": [button()]})),
        ("missing required field: type [json-pointer:/blocks/0]", message({})),
        ("missing required field: one of text, fields [json-pointer:/blocks/0]",
         message({"type": "section"})),
        ("missing required field: alt_text [json-pointer:/blocks/0]",
         message({"type": "image", "image_url": "https://a.example/x.png"})),
        ("missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]",
         message(actions(button(confirm={n: plain() for n in ("title", "text", "confirm")})))),
        ("must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
         message(actions(button(style="default")))),
        ("invalid additional property: colour [json-pointer:/blocks/0]",
         message(section(colour="red"))),
        ("invalid additional property: link [json-pointer:/blocks/0/elements/0]",
         message(actions(button(link="https://a.example")))),
        ("invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
         message(menu(options=[option(url="https://a.example")]))),
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]",
         message(menu(options=[option(text=mrkdwn())]))),
        ("must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
         message(menu(option_groups=[GROUP]))),
        ("must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
         message(menu(initial_option={"text": plain("y"), "value": "y"}))),
        ("block_id `a` already exists [json-pointer:/blocks]",
         message(section(block_id="a"), section(block_id="a"))),
        ("action_id `a` already exists [json-pointer:/blocks/0]",
         message(actions(button(action_id="a"), button(action_id="a")))),
        ("only one table allowed [json-pointer:/blocks]", message(TABLE, TABLE)),
        ("missing required field: submit [json-pointer:/view]",
         {"type": "modal", "title": plain(), "blocks": [entry()]}),
        ("missing required field: title [json-pointer:/view]",
         {"type": "modal", "blocks": [section()]}),
        ("invalid additional property: submit [json-pointer:/view]",
         home(section(), submit=plain())),
        ("missing required field: text [json-pointer:]", {"blocks": []}),
        ("must provide an array [json-pointer:/blocks]",
         {"text": "x", "blocks": "[]"}),
        ("invalid additional property: txt [json-pointer:]", message(txt="x")),
        ("unsupported type: blink [json-pointer:/attachments/0/blocks/0/type]",
         message(attachments=[{"blocks": [{"type": "blink"}]}])),
        ("unsupported type: blink [json-pointer:/blocks/0/elements/0/elements/0/type]",
         message(rich({"type": "blink"}))),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_sentence(sentence: str, payload: Part) -> None:
    assert found(payload) == [sentence]


def test_a_view_has_the_type_of_its_surface() -> None:
    wrong = faults(home(section()) | {"type": "modal"}, "home")
    assert wrong == ["must be one of: home [json-pointer:/view/type]"]


EVERYWHERE = (
    section(), actions(button()), {"type": "context", "elements": [plain(), mrkdwn(), image()]},
    {"type": "divider"}, {"type": "header", "text": plain()}, image(), entry(), card(),
    rich({"type": "text", "text": "x", "style": {"bold": True}}),
)  # fmt: skip
SOMEWHERE = [
    ({"type": "alert", "text": plain()}, {"modal"}),
    ({"type": "markdown", "text": "x"}, {"message"}),
    (feedback(), {"message"}),
    (TABLE, {"message", "home"}),
    ({"type": "carousel", "elements": [card()]}, {"message", "home"}),
    ({"type": "plan", "title": "x"}, {"message"}),
    *((block, {"message", "modal", "home"}) for block in EVERYWHERE),
]


@pytest.mark.parametrize(("block", "surfaces"), SOMEWHERE)
def test_each_block_has_its_surfaces(block: Part, surfaces: set[str]) -> None:
    builders = {"message": message, "modal": modal, "home": home}
    assert set(builders) == set(SURFACES)
    assert {name for name, build in builders.items() if found(build(block)) == []} == surfaces


@pytest.mark.parametrize(
    "kind", ["datepicker", "timepicker", "users_select", "multi_users_select", "channels_select"]
)
def test_pickers_and_menus_are_accessories_actions_and_inputs(kind: str) -> None:
    element = {"type": kind, "action_id": "a"}
    assert found(message(section(accessory=element), actions(element))) == []
    assert found(modal(entry(element=element))) == []


def test_dates_and_times_have_their_formats() -> None:
    def build(kind: str, name: str, value: str) -> bool:
        return found(message(actions({"type": kind, name: value}))) == []

    assert build("datepicker", "initial_date", "2026-08-31")
    assert not build("datepicker", "initial_date", "31.8.2026")
    assert build("timepicker", "initial_time", "23:59")
    assert not build("timepicker", "initial_time", "24:00")


def test_a_message_that_only_deletes_needs_no_text() -> None:
    assert faults({"delete_original": True}, "message") == []


@pytest.mark.parametrize(
    ("payload", "right"),
    [
        ({"quiz_id": 1, "tags": ["a"], "at": {"ts": "1.2"}, "on": True}, True),
        ({"QuizId": 1}, False),
        ({"a": {"b": {"c": 1}}}, False),
        ({"a": [{"b": 1}]}, False),
        ({"a": None}, False),
        ({"a": "x" * 992}, True),
        ({"a": "x" * 993}, False),
    ],
)
def test_metadata_is_small_and_flat(payload: Part, right: bool) -> None:
    metadata = {"event_type": "quiz_posted", "event_payload": payload}
    assert (found(message(metadata=metadata)) == []) is right


@pytest.mark.parametrize("ping", ["<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S1>"])
def test_only_escaped_text_may_look_like_a_ping(ping: str) -> None:
    escaped = ping.replace("<", "&lt;").replace(">", "&gt;")
    for build in (
        lambda text: {"text": text},
        lambda text: {"text": "x", "blocks": [section(text=mrkdwn(f"a {text}"))]},
        lambda text: {"text": "x", "blocks": [section(accessory=button(text))]},
        lambda text: {"text": "x", "blocks": [{"type": "markdown", "text": text}]},
    ):
        (wrong,) = faults(build(ping), "message")
        assert wrong.startswith("must not contain the control sequence <!")
        assert faults(build(ping), "message", allow_pings=True) == []
        assert faults(build(escaped), "message") == []
    assert found(message(actions(button(value=ping, action_id=ping)))) == []


@pytest.mark.parametrize("text", ["a & b", "a &am", "a &amp; b &lt"])
def test_an_entity_is_whole(text: str) -> None:
    shown = section(text=mrkdwn(text))
    for payload in (message(shown), message() | {"text": text}, message(actions(button(text)))):
        assert [fault for fault in found(payload) if "bare &" in fault]
    assert found(message(section(text=mrkdwn("a &amp; b &lt;c&gt;")))) == []


def test_a_broadcast_of_rich_text_is_a_ping() -> None:
    block = rich({"type": "broadcast", "range": "here"})
    sentence = "must not mention a group [json-pointer:/blocks/0/elements/0/elements/0]"
    assert found(message(block)) == [sentence]
