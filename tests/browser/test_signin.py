"""Sign-in from end to end: a real browser, a real server, and a provider made up for the test."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from sim.ui.inputs import examples
from sim.ui.links import link_of
from tests.served import served

joserfc = pytest.importorskip("joserfc")
from joserfc import jwt  # noqa: E402  # only where the extra `signin` is installed
from joserfc.jwk import RSAKey  # noqa: E402

pytestmark = pytest.mark.browser
CLIENT = "peerstay"


class Provider(ThreadingHTTPServer):
    """An identity provider that knows one person, and asks nothing."""

    @cached_property
    def key(self) -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": "one"})

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """What the provider answers, by path; the code it hands out is the nonce it was given."""

    server: Provider

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class names it
        pass

    def do_GET(self) -> None:
        home, asked = self.server.home, urlsplit(self.path)
        if asked.path == "/authorize":
            given = {name: values[0] for name, values in parse_qs(asked.query).items()}
            back = {"code": given.get("nonce", "none"), "state": given["state"]}
            self.send_response(302)
            self.send_header("location", f"{given['redirect_uri']}?{urlencode(back)}")
            self.end_headers()
        elif asked.path == "/keys":
            self._tell({"keys": [self.server.key.as_dict(private=False)]})
        else:
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self._tell({"issuer": home} | {name: f"{home}/{path}" for name, path in places.items()})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        now = int(time.time())
        claims = {"iss": self.server.home, "aud": CLIENT, "sub": "1", "name": "Ann Example", "iat": now}
        claims |= {"exp": now + 600, "nonce": sent["code"][0]}
        told = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.server.key)
        self._tell({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": told})

    def _tell(self, values: object) -> None:
        text = json.dumps(values).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.slow
def test_a_link_survives_sign_in(browser: Browser, provider: Provider, tmp_path: Path) -> None:
    with served(tmp_path, STREAMLIT_SECRETS_FILES=str(tmp_path / "secrets.toml")) as page:
        (tmp_path / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "{page.address}/oauth2callback"\ncookie_secret = "a long word"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "y"\nserver_metadata_url = "{provider.home}/metadata"\n'
        )
        question = link_of(examples.question_of("pa_fee_for_service", ("pa_wage_25",)))
        tab = browser.new_page()
        tab.goto(f"{page.address}/compare?{urlencode({'q': question})}")
        tab.get_by_role("button", name="Sign in").click()
        expect(tab.get_by_text("Signed in as Ann Example.")).to_be_attached()
        assert urlsplit(tab.url).path == "/compare"
        assert parse_qs(urlsplit(tab.url).query)["q"] == [question]
        assert [one["name"] for one in tab.context.cookies() if one["name"] == "peerstay_back"] == []
        tab.close()
