"""Sign-in, where a server asks for it: nobody is let in by mistake, and without it nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitAuthError
from streamlit.testing.v1 import AppTest

from sim.ui import signin
from sim.ui.signin import NO_AUTHLIB, NOT_SET_UP, UNREADABLE, providers
from tests.app.pages import PATIENCE, ROOT, button, opened, serving, text

AUTH = {
    "redirect_uri": "https://peers.example.org/oauth2callback",
    "cookie_secret": "a long word that nobody guesses",
    "client_id": "peerstay",
    "client_secret": "another one",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
ASKED = "This server asks who you are."


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


@pytest.fixture
def authlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signin, "find_spec", lambda _: object())


def asking(auth: Any = None, **user: Any) -> AppTest:
    """Return the page of a server that asks for sign-in."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    app.secrets["auth"] = AUTH if auth is None else auth
    app.user = user
    return app.run()


def test_without_a_table_auth_nothing_is_asked_and_nobody_is_named() -> None:
    app = opened()
    assert ASKED not in text(app)
    assert not [one for one in app.button if one.label.startswith("Sign")]
    assert "What keeps peer recovery workers" in app.title[0].value


@pytest.mark.parametrize("user", [{}, {"is_logged_in": False}, {"is_logged_in": "yes"}, {"name": "Ann"}])
def test_who_has_not_signed_in_sees_the_sign_in_and_nothing_else(authlib: None, user: dict[str, Any]) -> None:
    app = asking(**user)
    assert [one.value for one in app.title] == ["Sign in"]
    assert ASKED in text(app)
    assert [one.label for one in app.button] == ["Sign in"]
    assert not app.sidebar.caption


def test_who_has_signed_in_sees_the_page_and_can_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(st, "logout", lambda: left.append(True))
    app = asking(is_logged_in=True, name="Ann *Example*")
    assert "What keeps peer recovery workers" in app.title[0].value
    assert r"Signed in as Ann \*Example\*." in [one.value for one in app.sidebar.caption]
    button(app, "Sign out").click().run()
    assert left == [True]


def test_each_named_provider_has_its_button(authlib: None, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str | None] = []
    monkeypatch.setattr(st, "login", begun.append)
    app = asking({"redirect_uri": AUTH["redirect_uri"], "state": {"client_id": "x"}, "county": {"client_id": "y"}})
    assert [one.label for one in app.button] == ["Sign in with state", "Sign in with county"]
    button(app, "Sign in with county").click().run()
    assert begun == ["county"]


def test_a_table_of_options_is_no_provider() -> None:
    assert providers({**AUTH, "client_kwargs": {"prompt": "login"}}) == ["default"]


def test_without_authlib_nobody_is_let_in_and_the_page_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signin, "find_spec", lambda _: None)
    app = asking()
    assert [one.value for one in app.error] == [NO_AUTHLIB]
    assert not app.button


def test_sign_in_that_is_not_set_up_says_so_without_a_word_of_the_secrets(
    authlib: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: str | None) -> None:
        raise StreamlitAuthError(f"{AUTH['client_secret']} is wrong")

    monkeypatch.setattr(st, "login", refused)
    app = asking()
    button(app, "Sign in").click().run()
    assert [one.value for one in app.error] == [NOT_SET_UP]


def test_a_secrets_file_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    """It may ask for sign-in; letting everybody in would be the worse mistake."""
    faulty = tmp_path / "secrets.toml"
    faulty.write_text("[auth\n")
    before = st.get_option("secrets.files")
    secrets = st.secrets
    config.set_option("secrets.files", [str(faulty)])
    try:
        st.secrets = type(secrets)()
        app = opened()
    finally:
        st.secrets = secrets
        config.set_option("secrets.files", before)
    assert [one.value for one in app.error] == [UNREADABLE]
    assert not app.button


def test_secrets_never_get_into_git() -> None:
    assert "secrets.toml" in (ROOT / ".gitignore").read_text().splitlines()
