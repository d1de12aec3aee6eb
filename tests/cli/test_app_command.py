"""`peerstay app` serves the page on this machine alone, with nothing asked and nothing sent."""

from __future__ import annotations

import socket
import tomllib

import pytest
from click.testing import CliRunner

from sim import extras
from sim.cli import main
from sim.cli.commands import app as app_command
from sim.cli.commands.app import command, command_of
from sim.evidence.paths import ROOT


def test_the_page_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    told = command_of(8501, "localhost", opens=True)
    assert told[1:5] == ["-m", "streamlit", "run", str(ROOT / "app.py")]
    assert "--server.address=localhost" in told
    assert "--server.headless=false" in told


def test_it_is_served_from_the_projects_folder_whose_settings_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []
    monkeypatch.setattr(app_command, "_served", lambda told: served.append(told) or 0)
    with socket.create_server(("localhost", 0)) as free:
        port = str(free.getsockname()[1])
    result = CliRunner().invoke(command, ["--port", port, "--no-open"])
    assert result.exit_code == 0
    assert f"--server.port={port}" in served[0]


def test_the_settings_ask_for_no_mail_address_and_send_nothing_and_search_for_no_garbage_after_every_look() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    assert settings["server"]["address"] == "localhost"
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["server"]["maxUploadSize"] == 1
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["logger"]["hideWelcomeMessage"] is True  # with it goes an offer to install things for programmers


@pytest.mark.parametrize("address", ["nowhere.invalid", "192.0.2.1", "\x1b[2Jx", "a" * 300])
def test_an_address_that_cannot_be_listened_on_is_named_before_a_server_starts(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_command, "_served", lambda told: pytest.fail(f"{told} was started"))
    result = CliRunner().invoke(main, ["app", "--no-open", "--address", address])
    assert result.exit_code == 2
    assert "--address" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_command, "_served", lambda told: pytest.fail(f"{told} was started"))
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["app", "--no-open", "--port", str(port)])
    assert result.exit_code == 2
    assert f"port {port} is in use" in result.stderr


def test_without_what_serves_it_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["app", "--no-open"])
    assert result.exit_code == 2
    assert result.output == "the page needs streamlit: install peerstay[page], as in pip install 'peerstay[page]'\n"
