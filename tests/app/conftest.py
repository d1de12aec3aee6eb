"""Read once what components are installed: AppTest would read it again for every page that is opened."""

from __future__ import annotations

import pytest
from streamlit.components.v2 import manifest_scanner

from tests.app.pages import COMPONENTS


@pytest.fixture(autouse=True)
def _components_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", COMPONENTS)
