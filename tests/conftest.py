"""Nothing a test runs is found by another one, or by the user."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from sim.runs.store import STORE_VARIABLE

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as a shell starts what runs in the background; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path_factory.mktemp("store") / "runs"
    monkeypatch.setenv(STORE_VARIABLE, str(store))
    return store
