"""Say how long a test waits for a page."""

from __future__ import annotations

from typing import Final

WAIT: Final = 60_000  # milliseconds that anything may take; several browsers and runs may share a core
