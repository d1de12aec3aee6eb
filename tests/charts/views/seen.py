"""Views of results made by hand, so that what is drawn and told is known beforehand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.charts.look import LIGHT, Look
from sim.charts.seen import Seen
from sim.model.rules.turnover import CAUSES
from sim.results.views import PATHS, Views
from tests.answers import RUNS, WAVES, answer, case, raised

MONTHS, YEARS, TENURE = 60, 5, 60
LUCK = np.outer(WAVES, np.ones(MONTHS))  # the same for all scenarios, in every month


def path(mean: float, luck: float = 0.0) -> NDArray[np.float32]:
    return (mean + luck * LUCK).astype(np.float32)


def views(**more: NDArray[np.float32]) -> Views:
    """A workforce of one rung under one award, with nothing that moves."""
    told: Views = {f"month.{name}": path(0.4) for name in PATHS}
    told |= {"employers": np.ones(RUNS, np.float32), "month.below.one_adult": path(0.75)}
    told["month.cash_usd"] = told["cash"] = path(320_000.0, 10_000.0)
    told |= {
        f"received.{payer}": np.zeros((RUNS, YEARS), np.float32) for payer in ("federal", "state", "county", "other")
    }
    told["received.federal"] = told["received.federal"] + 600_000.0
    told["received.state"] = told["received.state"] + 400_000.0
    told["source.medicaid"] = told["received.federal"] + told["received.state"]
    kinds = {
        "wages": 540,
        "fringe": 180,
        "supervision": 90,
        "training": 0,
        "recruiting": 20,
        "direct": 0,
        "overhead": 160,
        "other": 10,
    }
    told |= {f"spent.{kind}": np.full((RUNS, YEARS), 1_000.0 * usd, np.float32) for kind, usd in kinds.items()}
    exits, lived = np.zeros((RUNS, TENURE), np.float32), np.full((RUNS, TENURE), 100.0, np.float32)
    exits[:, :12] = 5.0 + WAVES[:, None]
    told |= {"exits.all": exits, "lived.all": lived}
    flow = dict.fromkeys(CAUSES, 0.0) | {"voluntary": 30.0, "dismissal": 10.0}
    told |= {f"flow.entry.left.{cause}": np.full(RUNS, number, np.float32) for cause, number in flow.items()}
    told |= {"flow.entry.came": np.full(RUNS, 50.0, np.float32), "flow.entry.still": np.full(RUNS, 10.0, np.float32)}
    return told | more


def two(look: Look = LIGHT, **more: NDArray[np.float32]) -> Seen:
    """The base and a raise, of which some views differ."""
    return Seen(answer(raised()), (views(), views(**more)), look)


def five(**more: NDArray[np.float32]) -> Seen:
    others = [case(f"scenario_with_a_long_name_{number}") for number in range(4)]
    return Seen(answer(*others), (views(), *(views(**more) for _ in others)))


def shaken(seen: Seen, name: str, by: float) -> NDArray[np.float32]:
    """The base's path moved by about as much in every run: paired differences vary a little."""
    return (seen.views[0][name] + by * (1.0 + 0.05 * LUCK[::-1])).astype(np.float32)
