"""The page's server: what is seen and what is done, on this machine only.

It refuses other host names and origins, so that no other page can use it.
https://owasp.org/www-community/attacks/DNS_Rebinding
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from bot.fake_slack.member_actions import BotResponseError
from bot.fake_slack.sample_workspace import SampleMember, find_member
from bot.fake_slack.traffic import TrafficLog
from bot.playground.change_feed import ChangeFeed
from bot.playground.page_actions import Action, PageActions

BUNDLE = Path(__file__).parent / "page" / "dist"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY_BYTES = 1_000_000
CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
GONE = "That is no longer there. Reload the page."


def build_page(actions: PageActions, traffic: TrafficLog, changes: ChangeFeed) -> Flask:
    page = Flask(__name__, static_folder=None)
    page.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @page.before_request
    def only_this_page() -> None:
        host = request.host.rsplit(":", 1)[0]
        origin = request.headers.get("Origin")
        if host not in LOCAL_HOSTS or origin not in (None, f"http://{request.host}"):
            abort(403)
        if request.method == "POST" and request.headers.get("X-Playground") != "1":
            abort(403)

    @page.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    @page.get("/")
    def index() -> Response:
        return send_from_directory(BUNDLE, "index.html")

    @page.get("/<path:name>")
    def bundled_file(name: str) -> Response:
        return send_from_directory(BUNDLE, name)

    @page.get("/api/state")
    def state() -> Response:
        return jsonify(actions.state(_member(request.args.get("user", ""))))

    @page.get("/api/changes")
    def stream_changes() -> Response:
        return Response(changes.stream(), mimetype="text/event-stream")

    @page.get("/api/traffic")
    def show_traffic() -> Response:
        return jsonify({"calls": traffic.behind_message(request.args.get("message", ""))})

    for name, action in actions.by_name().items():
        view = _view(action, changes)
        page.add_url_rule(f"/api/{name}", name, view, methods=["POST"])
    return page


def _view(action: Action, changes: ChangeFeed) -> Callable[[], Response]:
    """A Flask view that carries out an action and reports errors in a sentence."""

    def view() -> Response:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            abort(400)
        try:
            result: dict[str, Any] = {"ok": True, **action(body)}
        except BotResponseError as error:
            result = {"ok": False, "error": str(error)}
        except (LookupError, TypeError, ValueError):
            result = {"ok": False, "error": GONE}
        changes.notify()
        return jsonify(result)

    return view


def _member(user: str) -> SampleMember:
    try:
        return find_member(user)
    except LookupError:
        abort(404)
