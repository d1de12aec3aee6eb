"""Nothing a test runs is found by another one, or by the user."""

from __future__ import annotations

import gc
import itertools
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.runs.store import STORE_VARIABLE

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as a shell starts what runs in the background; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while thousands of tests are found, and never again among them: they stay to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for stores, one after another: pytest looks through all folders of a name for a new one of it."""
    parent = tmp_path_factory.mktemp("stores")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_store(stores: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = next(stores)
    folder.mkdir()
    store = folder / "runs"
    monkeypatch.setenv(STORE_VARIABLE, str(store))
    return store
