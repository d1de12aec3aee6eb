"""Bring whoever had to sign in back to the link they came by: sign-in itself forgets the address."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.ui.missing_pages import base, place
from sim.ui.navigation import PAGES

COOKIE: Final = "peerstay_back"
SECONDS: Final = 600  # to sign in
MOST: Final = 3_800  # characters; browsers keep cookies of 4,096 bytes, and a longer link is opened again by hand
BEGINS, ENDS = "auth/login", "oauth2callback"  # the framework's addresses
MOVED: Final = range(300, 400)


class ComingBack:
    """Middleware: keep the address in a cookie of the browser while its visitor signs in, and lead back to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = place(scope["path"]) if scope["type"] == "http" else ""
        if asked not in {BEGINS, ENDS}:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in MOVED:
                headers = MutableHeaders(scope=message)
                if asked == BEGINS:
                    _keep(given, headers)
                else:
                    _lead_back(given, headers)
            await send(message)

        await self._app(scope, receive, sent)


def page_of(address: str) -> str | None:
    """Return a page of this server with its question, from whatever address; None where there is none to go back to."""
    told = urlsplit(address)
    page, question = place(told.path), urlencode(parse_qsl(told.query))
    if not question or page not in {name for _, name in PAGES.values()}:
        return None
    return f"/{'/'.join(part for part in (base(), page) if part)}?{question}"


def _keep(given: Headers, headers: MutableHeaders) -> None:
    page = page_of(given.get("referer", ""))
    kept = quote(page or "", safe="")
    if page is not None and len(kept) <= MOST:
        headers.append("set-cookie", _cookie(kept, SECONDS, given))


def _lead_back(given: Headers, headers: MutableHeaders) -> None:
    kept = cookie_parser(given.get("cookie", "")).get(COOKIE)
    if kept is None:
        return
    page = page_of(unquote(kept))
    if page is not None:
        headers["location"] = page
    headers.append("set-cookie", _cookie("", 0, given))


def _cookie(value: str, seconds: int, given: Headers) -> str:
    """Return a cookie that no script reads, and that comes along when the provider sends its visitor back."""
    secure = "; Secure" if given.get("x-forwarded-proto") == "https" else ""
    return f"{COOKIE}={value}; Max-Age={seconds}; Path=/{base()}; HttpOnly; SameSite=Lax{secure}"
