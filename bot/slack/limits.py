"""Slack's limits, in characters unless a comment says otherwise.

https://docs.slack.dev/reference/block-kit
"""

SECTION_TEXT = 3000
HEADER_TEXT = 150
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
OPTION_TEXT = 75
OPTIONS = 100
ACCESSIBILITY_LABEL = 75
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 9000
"""Sum over all blocks: Slack refuses somewhere above 9,600 (slackapi/bolt-js issue 2867)."""
REQUEST_BODY = 1_000_000
"""Bytes of a request that we accept; Slack's own are far smaller."""
PLACEHOLDER = 150
LABEL = 2000
VIEW_TITLE = 24
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
