"""Small questions for tests of the page: a dozen posts for a few months, their leaving stated."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sim.ui.question import Alternative, Question
from tests.worlds import merged

TABLES: dict[str, Any] = {
    "title": "A small organization",
    "horizon": {"months": 12, "warm_up_months": 2},
    "posts": {"number": 8},
    "pay": {"wage_usd_per_hour": 20.0},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.5}},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.4}},
}
PATIENCE = 30.0  # seconds until a test that waits in vain gives up
HIGHER = Alternative({"pay": {"wage_usd_per_hour": 24.0}})


def small(*alternatives: Alternative, replications: int = 60, seed: int = 1, **more: Any) -> Question:
    return Question(merged(TABLES, more), alternatives or (HIGHER,), replications, seed)


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)
