"""Begin and end a server of the page, and put a message in the place of what a visitor should never see."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.cli_util import open_browser
from streamlit.web.server.server_util import get_display_address, get_url

from sim.ui.page import FAULT
from sim.ui.server import shared as server
from sim.ui.warm import warm

# What a browser may do with a page: fetch from this server alone, show it in no other's frame, guess no kind of file,
# and tell no other server the address, which holds the question.
SOURCES: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' blob:",  # Streamlit begins with a script in its page
    "style-src": "'self' 'unsafe-inline'",  # and writes styles there
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
IN_MEMORY: Final = (
    4_000_000  # bytes of an upload, more than are taken: none of it is written to disk, even to be refused
)
HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{kind} {sources}" for kind, sources in SOURCES.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Guarded:
    """Send the HEADERS with everything that this server answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, sent)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Get ready before the first answer; whoever came before it waits until then. At the end, end the workers."""
    MultiPartParser.spool_max_size = IN_MEMORY
    warm()
    if not config.get_option("server.headless"):
        open_browser(get_url(get_display_address(config.get_option("server.address") or "localhost")))
    yield
    server.first_rounds().close()
    server.pool().close()


def went_wrong(fault: Exception) -> bool:
    """Log a fault outside of `page.run` (in a fragment that redraws itself, or after a click) and show a message."""
    logging.getLogger(__name__).error("a page stopped", exc_info=fault)
    st.error(FAULT)
    return True
