"""Answer an address that leads to no page with a page of our own, in the place of the framework's."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from sim.ui.links import MADE_ANEW
from sim.ui.navigation import PAGES

NO_PAGE: Final = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>peerstay: no page here</title><style>
body {{ font-family: sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem; line-height: 1.5; }}
</style></head>
<body><main><h1>There is no page at this address</h1>
<p>Nothing was opened. Ask for the link again, or {MADE_ANEW}.</p>
<p><a href="HOME">Go to Start</a></p></main></body>
</html>
"""
OWN: Final = ("_stcore", "static", "media", "component", "auth", "oauth2callback")  # what the framework itself asks for
NOT_FOUND: Final = 404
LEAST_FAULT: Final = 400


class Doors:
    """Middleware: pass on what leads to a page or belongs to one, and answer everything else with NO_PAGE."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or _own(scope["path"]):
            await self._app(scope, receive, send)
            return
        closed = False

        async def sent(message: Message) -> None:
            nonlocal closed
            if message["type"] == "http.response.start" and _leads_nowhere(scope["path"], message):
                closed = True
                await _say_so(send)
            elif not closed:
                await send(message)

        await self._app(scope, receive, sent)


def base() -> str:
    """Return the folder that a proxy may have given the server."""
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def place(path: str) -> str:
    """Return what an address asks for, below that folder."""
    return path.strip("/").removeprefix(base()).strip("/")


def _own(path: str) -> bool:
    return place(path).partition("/")[0] in OWN


def _leads_nowhere(path: str, start: Message) -> bool:
    """Whether the framework answers with an error, or with its page although there is none of this name."""
    is_page = Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
    known = place(path) in {name for _, name in PAGES.values()}
    return start["status"] >= LEAST_FAULT or (is_page and not known)


async def _say_so(send: Send) -> None:
    page = NO_PAGE.replace("HOME", f"/{base()}").encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(page)).encode())]
    await send({"type": "http.response.start", "status": NOT_FOUND, "headers": headers})
    await send({"type": "http.response.body", "body": page})
