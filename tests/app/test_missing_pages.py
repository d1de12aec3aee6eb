"""An address that leads to no page is answered by a page of ours, whatever the framework would have said."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config

from sim.ui.missing_pages import Doors
from sim.ui.navigation import PAGES

INDEX, PLAIN = b"text/html; charset=utf-8", b"text/plain"


def answered(path: str, status: int = 200, kind: bytes = INDEX, method: str = "GET") -> tuple[int, bytes]:
    """Return status and body of what a visitor gets where the framework answers so."""
    sent: list[Message] = []

    async def framework(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b"the framework's ", "more_body": True})
        await send({"type": "http.response.body", "body": b"own"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "method": method, "path": path}
    answering = Doors(framework)(scope, receive, send)
    with pytest.raises(StopIteration):
        answering.send(None)  # nothing here waits, so no loop is needed
    assert [one["type"] for one in sent].count("http.response.start") == 1
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/nonsense", 200, INDEX),
        ("/compare/deeper", 200, INDEX),
        ("/<script>alert(1)</script>", 200, INDEX),
        ("/\x00", 400, PLAIN),
        ("/../../etc/passwd", 400, PLAIN),
        ("/x.png", 404, PLAIN),
        ("/compare", 500, PLAIN),
    ],
)
def test_what_leads_nowhere_gets_our_page(path: str, status: int, kind: bytes) -> None:
    found, body = answered(path, status, kind)
    assert found == 404
    assert b"There is no page at this address" in body
    assert b"open an example on the page Start" in body
    assert b"framework" not in body
    assert b"script>" not in body


@pytest.mark.parametrize("path", [f"/{name}" for _, name in PAGES.values()] + ["/compare/"])
def test_every_page_is_let_through(path: str) -> None:
    assert answered(path) == (200, b"the framework's own")


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/_stcore/health", 200, PLAIN),
        ("/_stcore/none", 404, PLAIN),
        ("/static/js/index.js", 200, b"text/javascript"),
        ("/component/a/index.html", 200, INDEX),
        ("/favicon.png", 200, b"image/png"),
    ],
)
def test_what_belongs_to_a_page_is_let_through(path: str, status: int, kind: bytes) -> None:
    assert answered(path, status, kind) == (status, b"the framework's own")


def test_below_the_folder_of_a_proxy_pages_are_known_by_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "tools/peerstay"}.get)
    assert answered("/tools/peerstay/compare")[0] == 200
    found, body = answered("/tools/peerstay/nonsense")
    assert found == 404
    assert b'href="/tools/peerstay"' in body
