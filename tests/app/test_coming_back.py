"""Whoever comes by a link and has to sign in is led back to it, and to nowhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from sim.ui.signin import COOKIE, MOST, ComingBack, page_of
from tests.room.visitors import lived

LINK = "https://peers.example.org/compare?q=abc%3D1"
BACK = "/compare?q=abc%3D1"


def asked(path: str, status: int = 302, location: str = "/", **headers: str) -> dict[str, list[str]]:
    """Return the headers of the answer to a request, of a framework that sends everybody on."""

    async def framework(scope: Any, receive: Any, send: Any) -> None:
        start = {"type": "http.response.start", "status": status, "headers": [(b"location", location.encode())]}
        await send(start)
        await send({"type": "http.response.body", "body": b""})

    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": given}
    lived(ComingBack(framework)(scope, None, send))  # type: ignore[arg-type]
    answered: dict[str, list[str]] = {}
    for name, value in told[0]["headers"]:
        answered.setdefault(name.decode(), []).append(value.decode())
    return answered


def test_the_link_is_kept_in_the_browser_while_its_visitor_signs_in_and_led_back_to() -> None:
    (kept,) = asked("/auth/login", location="https://provider.example", referer=LINK)["set-cookie"]
    assert kept.startswith(f"{COOKIE}={quote(BACK, safe='')}; Max-Age=600")
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    back = asked("/oauth2callback", cookie=kept.partition(";")[0])
    assert back["location"] == [BACK]
    assert back["set-cookie"][0].startswith(f"{COOKIE}=; Max-Age=0")


def test_behind_a_proxy_with_a_certificate_the_cookie_is_for_certificates_alone() -> None:
    (kept,) = asked("/auth/login", referer=LINK, x_forwarded_proto="https")["set-cookie"]
    assert kept.endswith("; Secure")


@pytest.mark.parametrize(
    "address",
    [
        "", "/", "https://peers.example.org/", "https://peers.example.org/compare", "https://evil.example/elsewhere?q=1",
        "//evil.example/elsewhere?q=1", "javascript:alert(1)?q=1", f"https://peers.example.org/compare?q={'x' * MOST}",
    ],
)  # fmt: skip
def test_nothing_is_kept_of_an_address_without_a_question_or_of_no_page(address: str) -> None:
    assert "set-cookie" not in asked("/auth/login", referer=address)


@pytest.mark.parametrize(
    "cookie", ["https://evil.example/x?q=1", "//evil.example/compare/x?q=1", "/nowhere?q=1", "\r\nSet-Cookie: a=b", "%"]
)
def test_a_cookie_leads_to_no_other_place(cookie: str) -> None:
    assert asked("/oauth2callback", cookie=f"{COOKIE}={quote(cookie, safe='')}")["location"] == ["/"]


def test_a_question_with_line_ends_is_no_header() -> None:
    led = asked("/oauth2callback", cookie=f"{COOKIE}={quote('/compare?q=a%0d%0aSet-Cookie: b', safe='')}")
    assert led["location"] == ["/compare?q=a%0D%0ASet-Cookie%3A+b"]


def test_what_is_no_sign_in_passes_unchanged() -> None:
    assert asked("/compare", referer=LINK, cookie=f"{COOKIE}=x") == {"location": ["/"]}
    assert asked("/oauth2callback") == {"location": ["/"]}
    assert "set-cookie" not in asked("/auth/login", status=500, referer=LINK)


def test_below_a_path_the_way_back_lies_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.config.get_option", lambda name: "peers" if name == "server.baseUrlPath" else None)
    assert page_of("https://peers.example.org/peers/money?q=1") == "/peers/money?q=1"
    assert page_of("https://peers.example.org/peers/?q=1") == "/peers?q=1"
