from __future__ import annotations

import pytest

from bot.fake_slack.validator import Surface, validation_errors
from tests.unit.fake_slack.parts import (
    OPTION_GROUP,
    Part,
    actions,
    button,
    context,
    context_actions,
    conversations,
    errors_of,
    header,
    home,
    input_block,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    thumbs,
    timepicker,
    trash,
)


@pytest.mark.parametrize(
    ("sentence", "payload"),
    [
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
         message(header(text=mrkdwn()))),
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]",
         message(actions(button() | {"text": mrkdwn()}))),
        ("unsupported type: mrkdwn [json-pointer:/view/title/type]",
         modal(section(), title=mrkdwn())),
        ("must provide an object [json-pointer:/blocks/0/text]",
         message(header(text="x"))),
        ("invalid additional property: emoji [json-pointer:/blocks/0/text]",
         message(section(text=mrkdwn(emoji=True)))),
        ("invalid additional property: verbatim [json-pointer:/blocks/0/text]",
         message(section(text=plain(verbatim=True)))),
        ("must provide a boolean [json-pointer:/blocks/0/text/emoji]",
         message(section(text=plain(emoji=1)))),
        ("unsupported type: blink [json-pointer:/blocks/0/type]", message({"type": "blink"})),
        ("unsupported type: blink [json-pointer:/blocks/0/elements/0/type]",
         message(actions({"type": "blink"}))),
        ("unsupported type: plain_text [json-pointer:/blocks/0/accessory/type]",
         message(section(accessory=plain()))),
        ("unsupported type: button [json-pointer:/view/blocks/0/element/type]",
         modal(input_block(element=button()))),
        ("unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
         message(context(button()))),
        ("missing required field: type [json-pointer:/blocks/0]", message({})),
        ("missing required field: one of text, fields [json-pointer:/blocks/0]",
         message({"type": "section"})),
        ("missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]",
         message(actions(button(confirm={n: plain() for n in ("title", "text", "confirm")})))),
        ("must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
         message(actions(button(style="default")))),
        ("invalid additional property: color [json-pointer:/blocks/0]",
         message(section(color="red"))),
        ("invalid additional property: link [json-pointer:/blocks/0/elements/0]",
         message(actions(button(link="https://a.example")))),
        ("unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]",
         message(menu(options=[option(text=mrkdwn())]))),
        ("missing required field: value [json-pointer:/blocks/0/elements/0/positive_button]",
         message(context_actions(thumbs(positive_button={"text": plain()})))),
        ("must be one of: trash [json-pointer:/blocks/0/elements/0/icon]",
         message(context_actions(trash(icon="share")))),
        ("unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
         message(context_actions(button()))),
        ("unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]",
         message(actions(thumbs()))),
        ("unsupported type: context_actions [json-pointer:/view/blocks/0/type]",
         modal(context_actions(thumbs()))),
        ("unsupported type: context_actions [json-pointer:/view/blocks/0/type]",
         home(context_actions(thumbs()))),
        ("no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/filter/include]",
         message(actions(conversations(filter={"include": []})))),
        ("must be one of: im, mpim, private, public"
         " [json-pointer:/blocks/0/elements/0/filter/include/0]",
         message(actions(conversations(filter={"include": ["dm"]})))),
        ("missing required field: one of include, exclude_external_shared_channels,"
         " exclude_bot_users [json-pointer:/blocks/0/elements/0/filter]",
         message(actions(conversations(filter={})))),
        ("response_url_enabled is only for a modal's inputs [json-pointer:/blocks/0]",
         message(actions(conversations(response_url_enabled=True)))),
        ("response_url_enabled is only for a modal's inputs [json-pointer:/view/blocks/0]",
         modal(actions(conversations(response_url_enabled=True)))),
        ("response_url_enabled is only for a modal's inputs [json-pointer:/view/blocks/0]",
         home(input_block(element=conversations(response_url_enabled=True)))),
        ("does not match the expected format [json-pointer:/blocks/0/elements/0/url]",
         message(actions(button(url="javascript:alert(1)")))),
        ("must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
         message(menu(option_groups=[OPTION_GROUP]))),
        ("must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
         message(menu(initial_option={"text": plain("y"), "value": "y"}))),
        ("block_id `a` already exists [json-pointer:/blocks]",
         message(section(block_id="a"), section(block_id="a"))),
        ("action_id `a` already exists [json-pointer:/blocks/0]",
         message(actions(button(action_id="a"), button(action_id="a")))),
        ("missing required field: submit [json-pointer:/view]",
         {"type": "modal", "title": plain(), "blocks": [input_block()]}),
        ("missing required field: title [json-pointer:/view]",
         {"type": "modal", "blocks": [section()]}),
        ("invalid additional property: submit [json-pointer:/view]",
         home(section(), submit=plain())),
        ("reply_broadcast needs thread_ts [json-pointer:]", message(reply_broadcast=True)),
        ("missing required field: text [json-pointer:]", {"blocks": []}),
        ("must provide an array [json-pointer:/blocks]",
         {"text": "x", "blocks": "[]"}),
        ("invalid additional property: txt [json-pointer:]", message(txt="x")),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_sentence(sentence: str, payload: Part) -> None:
    assert errors_of(payload) == [sentence]


def test_a_view_has_the_type_of_its_surface() -> None:
    wrong = validation_errors(home(section()) | {"type": "modal"}, Surface.HOME)
    assert wrong == ["must be one of: home [json-pointer:/view/type]"]


BLOCKS = [
    section(), section(accessory=button()), actions(button()), context(plain(), mrkdwn()),
    {"type": "divider"}, header(), input_block(),
]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_our_blocks_are_allowed_on_every_surface(block: Part) -> None:
    for build in (message, modal, home):
        assert errors_of(build(block)) == []


@pytest.mark.parametrize("kind", ["checkboxes", "radio_buttons", "static_select", "timepicker"])
def test_menus_and_pickers_are_accessories_actions_and_inputs(kind: str) -> None:
    element: Part = {"type": kind, "action_id": "a"}
    if kind != "timepicker":
        element |= {"options": [option()]}
    assert errors_of(message(section(accessory=element), actions(element))) == []
    assert errors_of(modal(input_block(element=element))) == []


def test_a_modals_input_may_bring_a_response_url() -> None:
    element = conversations(response_url_enabled=True, default_to_current_conversation=True)
    assert errors_of(modal(input_block(element=element))) == []


def test_a_time_has_its_format() -> None:
    def is_valid(time: str) -> bool:
        return errors_of(message(actions(timepicker(initial_time=time)))) == []

    assert is_valid("23:59")
    assert not is_valid("24:00")


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
    assert (errors_of(message(metadata=metadata)) == []) is right


@pytest.mark.parametrize("ping", ["<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S1>"])
def test_only_escaped_text_may_look_like_a_ping(ping: str) -> None:
    escaped = ping.replace("<", "&lt;").replace(">", "&gt;")
    for build in (
        lambda text: {"text": text},
        lambda text: {"text": "x", "blocks": [section(text=mrkdwn(f"a {text}"))]},
        lambda text: {"text": "x", "blocks": [section(accessory=button(text))]},
        lambda text: {"text": "x", "blocks": [context(plain(text))]},
    ):
        (wrong,) = validation_errors(build(ping), Surface.MESSAGE)
        assert wrong.startswith("must not contain the control sequence <!")
        assert validation_errors(build(ping), Surface.MESSAGE, allow_pings=True) == []
        assert validation_errors(build(escaped), Surface.MESSAGE) == []
    assert errors_of(message(actions(button(value=ping, action_id=ping)))) == []


@pytest.mark.parametrize("text", ["a & b", "a &am", "a &amp; b &lt"])
def test_an_entity_is_whole(text: str) -> None:
    shown = section(text=mrkdwn(text))
    for payload in (message(shown), message() | {"text": text}, message(actions(button(text)))):
        assert [error for error in errors_of(payload) if "bare &" in error]
    assert errors_of(message(section(text=mrkdwn("a &amp; b &lt;c&gt;")))) == []


def rich(*parts: Part) -> Part:
    section = {"type": "rich_text_section", "elements": list(parts)}
    return message({"type": "rich_text", "elements": [section]})


def test_rich_text_holds_text_in_two_styles_and_emoji() -> None:
    text = {"type": "text", "text": "A & B", "style": {"bold": True, "italic": False}}
    assert errors_of(rich(text, {"type": "emoji", "name": "white_check_mark"})) == []


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text", "text": ""},
        {"type": "text", "text": "x", "style": {"bold": "yes"}},
        {"type": "text", "text": "x", "style": {"loud": True}},
        {"type": "emoji", "name": ":x:"},
        {"type": "broadcast", "range": "channel"},
        {"type": "mrkdwn", "text": "x"},
    ],
)
def test_rich_text_of_another_shape_is_refused(part: Part) -> None:
    assert len(errors_of(rich(part))) == 1
