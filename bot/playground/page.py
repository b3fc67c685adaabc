"""The page's server: what is seen and what is done, on this machine only.

It refuses other hosts' names and origins, so that no other page can use it.
https://owasp.org/www-community/attacks/DNS_Rebinding
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from bot.fake_slack.member import FailedError
from bot.fake_slack.sample_workspace import Member, member
from bot.playground.changes import Changes
from bot.playground.stage import Stage

BUNDLE = Path(__file__).parent / "page" / "dist"
HOSTS = ("127.0.0.1", "localhost", "[::1]")
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
GONE = "That is no longer there. Reload the page."


def build_page(stage: Stage, changes: Changes) -> Flask:
    page = Flask(__name__, static_folder=None)
    page.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @page.before_request
    def only_this_page() -> None:
        host = request.host.rsplit(":", 1)[0]
        origin = request.headers.get("Origin")
        if host not in HOSTS or origin not in (None, f"http://{request.host}"):
            abort(403)
        if request.method == "POST" and request.headers.get("X-Playground") != "1":
            abort(403)

    @page.after_request
    def with_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    @page.get("/")
    def index() -> Response:
        return send_from_directory(BUNDLE, "index.html")

    @page.get("/<path:name>")
    def bundled(name: str) -> Response:
        return send_from_directory(BUNDLE, name)

    @page.get("/api/state")
    def state() -> Response:
        return jsonify(stage.state(_member(request.args.get("user", ""))))

    @page.get("/api/changes")
    def stream() -> Response:
        return Response(changes.stream(), mimetype="text/event-stream")

    @page.get("/api/traffic")
    def traffic() -> Response:
        return jsonify({"calls": stage.traffic.of(request.args.get("message", ""))})

    for name, action in stage.actions().items():
        page.add_url_rule(f"/api/{name}", name, _post(action, changes), methods=["POST"])
    return page


def _post(action: Callable[[dict[str, Any]], dict[str, Any]], changes: Changes) -> Any:
    """A view that carries out an action and says what went wrong in a sentence."""

    def view() -> Response:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            abort(400)
        try:
            answer = {"ok": True, **action(body)}
        except FailedError as error:
            answer = {"ok": False, "error": str(error)}
        except (LookupError, TypeError, ValueError):
            answer = {"ok": False, "error": GONE}
        changes.note()
        return jsonify(answer)

    return view


def _member(user: str) -> Member:
    try:
        return member(user)
    except LookupError:
        abort(404)
