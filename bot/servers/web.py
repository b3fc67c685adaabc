"""The pages over HTTP: Slack's endpoint, installation, health, agents, and metrics."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response

from bot.addresses import path_of
from bot.build import Bot
from bot.listeners.guard import Guard
from bot.operations.metrics import CONTENT_TYPE
from bot.servers.agents import build_endpoint
from bot.slack.limits import REQUEST_BODY
from bot.slack.manifest import ENDPOINT, INSTALL, MCP, REDIRECT

CONTEXT = "factbot.context"
"""In the WSGI environment: values that Bolt's listeners need."""
LAZY_LISTENER = "factbot.lazy_listener"
"""In the WSGI environment: the name of the one lazy listener that is to run."""


def build_web(bot: Bot, shows_metrics: bool = True) -> Flask:
    """A WSGI application; the pages that install us are there if many workspaces can.

    Below the path of FACTBOT_URL, such as `/factbot`, is the same as at the root, because some
    proxies pass it on and others cut it off; but not the metrics, which are for whoever reaches
    this server directly.
    """
    settings, services = bot.settings, bot.services
    web = Flask(__name__)
    pages = Blueprint("pages", __name__)
    web.config["MAX_CONTENT_LENGTH"] = REQUEST_BODY
    guard = Guard(bot.app, str(settings.signing_secret))
    agents = build_endpoint(settings, services)
    flow = services.flow

    @pages.post(ENDPOINT)
    def slack_events() -> Response:
        context, lazy = request.environ.get(CONTEXT), request.environ.get(LAZY_LISTENER)
        answer = guard.answer(request.get_data(), request.headers.get, context, lazy)
        return to_flask_response(answer)

    if flow:

        @pages.get(INSTALL)
        def install() -> Response:
            return to_flask_response(flow.handle_installation(to_bolt_request(request)))

        @pages.get(REDIRECT)
        def redirect() -> Response:
            return to_flask_response(flow.handle_callback(to_bolt_request(request)))

    if agents:

        @pages.post(MCP)
        def mcp() -> Response:
            found = agents.answer(request.get_data(), dict(request.headers.items()))
            return Response(found.body, found.status, found.headers)

    @pages.get("/healthz")
    def healthz() -> str:
        return "ok\n"

    @pages.get("/readyz")
    def readyz() -> tuple[str, int]:
        ready, explanation = services.readiness()
        return f"{explanation}\n", 200 if ready else 503

    if shows_metrics:

        @web.get("/metrics")
        def metrics() -> Response:
            return Response(services.metrics.text(), content_type=CONTENT_TYPE)

    web.register_blueprint(pages)
    if prefix := path_of(settings.url):
        web.register_blueprint(pages, url_prefix=prefix, name="public")
    return web
