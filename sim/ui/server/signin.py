"""Sign-in for servers that ask for it: a table [auth] in Streamlit's secrets.toml."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.errors import StreamlitAuthError

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
