"""Show where a state stands: one number of the tables for every state, as a map of equal tiles and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from sim.charts.drawing import Block, Chart, Panel, Part, Words, role
from sim.charts.look import Look
from sim.charts.painting import figure_of
from sim.charts.view import Column, Table, View
from sim.evidence.places import NATION, Place, load_places
from sim.words.layout import listed
from sim.words.numbers import value

# Every state a tile, about where it lies, so that Rhode Island is read as easily as Texas; rows from the north.
TILES: Final = (
    "AK .. .. .. .. .. .. .. .. .. .. ME", ".. .. .. .. .. .. .. .. .. .. VT NH",
    ".. WA ID MT ND MN IL WI MI NY RI MA", ".. OR NV WY SD IA IN OH PA NJ CT ..",
    ".. CA UT CO NE MO KY WV VA MD DE ..", ".. .. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. .. OK LA MS AL GA .. .. ..", "HI .. .. .. TX .. .. .. .. FL .. ..",
)  # fmt: skip
NOBODY: Final = ".."
SIDE: Final = 44.0  # pixels of a tile, about
GAP: Final = 0.06  # of a tile
PALEST, FULLEST = 0.08, 0.55  # of full color, under words in ink


@dataclass(frozen=True)
class Series:
    """One number of every state: what it is called, what it means, its unit and sources."""

    title: str
    about: str
    unit: str
    of: Callable[[Place], float]
    sources: tuple[str, ...]


SERIES: Final = {
    "housing_wage": Series(
        "Housing wage (stand-in for a living wage)",
        "Full-time pay, USD an hour, of which one bedroom takes 30 % where the middle one of the state's people lives; "
        "rents of fiscal year 2026. A rent is not a living wage.",
        "USD/hour", lambda one: one.housing_wage_usd_per_hour, ("hud_fmr_2026",),
    ),
    "neighboring_wage": Series(
        "Mean wage of the two occupations nearest to peers",
        "Social service assistants and community health workers, USD an hour, May 2023. Nobody publishes the wage of "
        "peers by state.",
        "USD/hour", lambda one: one.neighboring_wage_usd_per_hour, ("bls_oews_2023",),
    ),
    "elsewhere_wage": Series(
        "Mean wage of what is open to anyone",
        "Sales, stocking and home care, USD an hour, May 2023: the outside wage where none is typed.",
        "USD/hour", lambda one: one.elsewhere_wage_usd_per_hour, ("bls_oews_2023",),
    ),
    "federal_share": Series(
        "Federal share of Medicaid",
        "The regular share of fiscal year 2026; for adults of the expansion it is 90 %.",
        "share", lambda one: one.medicaid_federal_share, ("fmap_2026",),
    ),
}  # fmt: skip


def by_state_view(name: str, look: Look) -> View:
    """Return a number of every state as a map of tiles, stronger in color the higher.

    Args:
        name: of the SERIES.
        look: the colors of the page.
    """
    series = SERIES[name]
    values = {code: series.of(one) for code, one in load_places().items() if code != NATION}
    chart = _chart(series, values)
    reading = _reading(series, values)
    ranked = sorted(values.items(), key=lambda pair: -pair[1])
    return View(
        key=f"by_state.{name}",
        title=series.title,
        figure=figure_of(chart, look),
        alt=f"A map of equal tiles, one a state, stronger in color the higher. {reading}",
        reading=reading,
        note=f"{series.about} Sources: {listed([f'[{one}]' for one in series.sources])}.",
        table=Table(
            (Column("State"), Column(series.title, series.unit)),
            tuple((load_places()[code].name, number) for code, number in ranked),
        ),
        chart=chart,
    )


def _reading(series: Series, values: dict[str, float]) -> str:
    ranked = sorted(values, key=values.__getitem__)
    ends = [f"{value(values[code], series.unit)} in {load_places()[code].name}" for code in (ranked[0], ranked[-1])]
    middle = value(median(values.values()), series.unit)
    return f"{series.title}: from {ends[0]} to {ends[1]}; {middle} in the middle state."


def _chart(series: Series, values: dict[str, float]) -> Chart:
    places = {code: (column, row) for row, column, code in tiles()}
    width = 1.0 + max(column for column, _ in places.values())
    panel = Panel(
        height=round(SIDE * len(TILES)),
        x=(0.0, width),
        y=(float(len(TILES)), 0.0),  # the first row on top
        parts=tuple(part for code, at in places.items() for part in _tile(code, at, series, values)),
    )
    return Chart((panel,))


def tiles() -> Iterator[tuple[int, int, str]]:
    """Yield the row, the column and the code of every state's tile."""
    for row, line in enumerate(TILES):
        yield from ((row, column, code) for column, code in enumerate(line.split()) if code != NOBODY)


def _tile(code: str, at: tuple[int, int], series: Series, values: dict[str, float]) -> Iterator[Part]:
    column, row = at
    lowest, highest = min(values.values()), max(values.values())
    share = float(np.interp(values[code], (lowest, highest), (PALEST, FULLEST)))
    told = f"{load_places()[code].name}: {value(values[code], series.unit)}"
    across, down = (column + GAP, column + 1.0 - GAP), (row + GAP, row + 1.0 - GAP)
    yield Block(across, down, role(1), told, share)
    yield Words(code, row + 0.34, column + 0.5, "middle", of_width=False, bold=True)
    yield Words(_whole(values[code], series.unit), row + 0.70, column + 0.5, "middle", of_width=False)


def _whole(number: float, unit: str) -> str:
    """Return a number short enough for a tile on a phone; its table and what is told when it is pointed at have all."""
    return f"{100.0 * number:.0f} %" if unit == "share" else f"${number:.0f}"
