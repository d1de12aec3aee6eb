"""Sign-in for servers that ask for it, by a table [auth] in Streamlit's secrets.toml, and the way back to a link."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.errors import StreamlitAuthError

from sim.ui.missing_pages import base, place
from sim.ui.navigation import PAGES
from sim.ui.texts import plain

AUTH: Final = "auth"
OF_ALL: Final = "client_kwargs"  # a table of [auth] that is no provider's
DEFAULT: Final = "default"
UNREADABLE: Final = (
    "Nobody is let in: the secrets file of this server cannot be read, and it may ask for sign-in. "
    "Whoever runs the server finds the line in its log."
)
NO_AUTHLIB: Final = (
    "Nobody is let in: this server asks for sign-in, and the package Authlib, which signs people in, is not installed. "
    'Whoever runs it installs "streamlit[auth]" as docs/page.md says, and starts the page again.'
)
NOT_SET_UP: Final = (
    "Sign-in is not set up completely on this server, so it did not begin. Whoever runs it finds the reason in its log."
)
COOKIE: Final = "peerstay_back"
SECONDS: Final = 600  # to sign in
MOST: Final = 3_800  # characters; browsers keep cookies of 4,096 bytes, and a longer link is opened again by hand
BEGINS, ENDS = "auth/login", "oauth2callback"  # the framework's addresses
MOVED: Final = range(300, 400)


def admitted() -> bool:
    """Whether the visitor may see the page: everybody, where no sign-in is required."""
    return not _unreadable() and (_auth() is None or st.user.get("is_logged_in") is True)


def ask() -> None:
    """Draw what somebody sees who has not signed in."""
    st.title("Sign in")
    if _unreadable():
        st.error(UNREADABLE)
    elif find_spec("authlib") is None:
        st.error(NO_AUTHLIB)
    else:
        st.markdown("This server asks who you are. If you came by a link, you come back to it once you have signed in.")
        for name in providers(_auth() or {}):
            label = "Sign in" if name == DEFAULT else f"Sign in with {name}"
            if st.button(label, key=f"signin.{name}"):
                _begin(name)


def leave() -> None:
    """Show who is signed in, with a button to sign out; nothing where no sign-in is required."""
    if _auth() is not None:
        who = st.user.get("name") or st.user.get("email") or "a person without a name"
        st.caption(f"Signed in as {plain(str(who))}.")
        st.button("Sign out", on_click=st.logout)


def providers(auth: Mapping[str, Any]) -> list[str]:
    """Return whom a visitor can sign in with: the named tables of [auth], or else the one that it describes itself."""
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and name != OF_ALL]
    return named or [DEFAULT]


def _begin(name: str) -> None:
    """Send the visitor to the provider."""
    try:
        st.login(None if name == DEFAULT else name)
    except StreamlitAuthError:
        logging.getLogger(__name__).exception("sign-in did not begin")
        st.error(NOT_SET_UP)


def _auth() -> Mapping[str, Any] | None:
    """Return what the secrets say of sign-in; None where they say nothing."""
    if not st.secrets.load_if_toml_exists():
        return None
    found: Mapping[str, Any] | None = st.secrets.get(AUTH)
    return found


def _unreadable() -> bool:
    """Whether there is a secrets file that cannot be read: nobody knows then what it requires."""
    return not st.secrets.load_if_toml_exists() and any(Path(file).is_file() for file in st.get_option("secrets.files"))


# back to the link --------------------------------------------------------------------------------------------------


class ComingBack:
    """Middleware: keep the address in a cookie of the browser while its visitor signs in, and lead back to it.

    Sign-in itself forgets the address.
    """

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
