"""Draw the money that comes in, year by year, by who pays it or through which source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from sim.charts.look import PATTERNS, PAYERS, SMALL, Sheet, axis, new_sheet
from sim.charts.seen import Seen
from sim.charts.sentences import AFTER_CLOSING, MORE_LESS, against_base
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.results.blocks import Floats
from sim.results.summary import Estimate, estimate
from sim.words.layout import capitalized, listed, name_of_key
from sim.words.numbers import short, value

By = Literal["payer", "source"]
PANEL, LEGEND, HEAD, BELOW = 150, 22, 36, 34  # pixels; a legend's row holds two names on a phone
PAYER_WORDS: Final = {  # in a legend, in a sentence
    "federal": ("Federal government", "the federal government"),
    "state": ("State", "the state"),
    "county": ("County", "the county"),
    "other": ("Other payers", "other payers"),
}
SHAPES: Final = (*PATTERNS.values(), "-", "+")  # the first are those of payers
UNIT: Final = "USD a year"


@dataclass(frozen=True)
class Paid:
    """What one payer or source pays in each scenario, by year: shape (replications, years), USD."""

    key: str
    name: str
    said: str  # in a sentence
    by_scenario: tuple[Floats, ...]


def receipts_view(seen: Seen, by: By = "payer") -> View:
    """Return the money received in each year, by payer or by source."""
    paid = [one for one in _paid(seen, by) if any(np.any(years) for years in one.by_scenario)]
    of = "by who pays" if by == "payer" else "by source"
    return View(
        key=f"receipts_by_{by}",
        title=f"Money received, {of}",
        figure=_figure(seen, paid) if paid else None,
        alt=_alt(seen, paid),
        reading=_reading(seen, paid),
        note=_note(seen),
        table=_table(seen, paid),
        data=_data(seen, paid),
    )


def _note(seen: Seen) -> str:
    closing = any(seen.path(place, "chance_of_closure").any() for place in range(len(seen.cases)))
    return (
        f"Projection. Bars are means over {seen.runs_in_words()}, in the year in which money arrives, less what audits "
        "take back; intervals in the table are 95 % intervals of the means: "
        f"{seen.told_apart()}.{AFTER_CLOSING * closing}"
    )


def _paid(seen: Seen, by: By) -> list[Paid]:
    start = "received." if by == "payer" else "source."
    keys = list(dict.fromkeys(key for views in seen.views for key in views if key.startswith(start)))
    years = len(seen.years)
    nothing = np.zeros((seen.runs, years))
    found = [[np.asarray(views.get(key, nothing), np.float64) for views in seen.views] for key in keys]
    return [
        Paid(key.removeprefix(start), *_names(key.removeprefix(start), by), tuple(own))
        for key, own in zip(keys, found, strict=True)
    ]


def _names(key: str, by: By) -> tuple[str, str]:
    return PAYER_WORDS[key] if by == "payer" else (capitalized(name_of_key(key)),) * 2


# the figure ------------------------------------------------------------------------------------------------------


def _figure(seen: Seen, paid: Sequence[Paid]) -> Any:
    total = (HEAD + PANEL) * len(seen.cases)
    legend = LEGEND * (1 + -(-len(paid) // 2))
    sheet = new_sheet(seen.look, total + legend + BELOW, l=8, r=8, t=legend, b=BELOW)
    means = [np.stack([one.by_scenario[place].mean(axis=0) for one in paid]) for place in range(len(seen.cases))]
    lows, highs = ([float(side.sum(axis=0).min()) for side in (mean.clip(max=0.0) for mean in means)],
                   [float(side.sum(axis=0).max()) for side in (mean.clip(min=0.0) for mean in means)])  # fmt: skip
    between = bounds(lows, highs, from_zero=True)
    for place, mean in enumerate(means):
        _panel(sheet, seen, place, between)
        for which, one in enumerate(paid):
            _bars(sheet, seen, (place, which), one, mean[which])
    sheet.layout |= {"barmode": "relative", "bargap": 0.25, "showlegend": True, "legend": _legend(seen)}
    return sheet.figure()


def _panel(sheet: Sheet, seen: Seen, place: int, between: tuple[float, float]) -> None:
    number, suffix = len(seen.cases), _suffix(place)
    top = 1.0 - place / number
    domain = [max(0.0, top - 1.0 / number), top - HEAD / (HEAD + PANEL) / number]
    scale = number_axis(*between, UNIT, 4)
    sheet.layout[f"yaxis{suffix}"] = axis(seen.look, **scale, domain=domain, anchor=f"x{suffix}")
    below = axis(seen.look, showgrid=False, anchor=f"y{suffix}", showticklabels=place == number - 1)
    sheet.layout[f"xaxis{suffix}"] = below
    at = {"x": 0.0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "top"}
    sheet.note(text=f"<b>{seen.name(place)}</b>", **at)


def _suffix(place: int) -> str:
    return "" if place == 0 else str(place + 1)


def _bars(sheet: Sheet, seen: Seen, at: tuple[int, int], one: Paid, mean: Floats) -> None:
    place, which = at
    who = f"{seen.name(place)}, {one.name}"
    sheet.add(
        "bar",
        x=[_two_lines(year) for year in seen.years],
        y=[float(usd) for usd in mean],
        xaxis=f"x{_suffix(place)}",
        yaxis=f"y{_suffix(place)}",
        name=one.name,
        legendgroup=one.name,
        showlegend=place == 0,
        marker={
            "color": PAYERS.get(one.key, tuple(PAYERS.values())[which % len(PAYERS)]),  # never a scenario's
            "pattern": {
                "shape": PATTERNS.get(one.key, SHAPES[which % len(SHAPES)]),
                "fgcolor": seen.look.paper,
                "fillmode": "overlay",
                "size": 7,
            },
        },
        hovertext=[f"{year}, {who}: {short(float(usd), UNIT)}" for year, usd in zip(seen.years, mean, strict=True)],
        hoverinfo="text",
    )


def _two_lines(year: str) -> str:
    first, last = year.split(" – ")
    return f"{first[:3]} {first[-2:]} –<br>{last[:3]} {last[-2:]}"


def _legend(seen: Seen) -> dict[str, Any]:
    place = {"orientation": "h", "x": 0.0, "y": 1.0, "yanchor": "bottom", "xanchor": "left", "traceorder": "normal"}
    quiet = {"itemclick": False, "itemdoubleclick": False, "font": {"size": SMALL, "color": seen.look.ink}}
    return place | quiet


# words and numbers -----------------------------------------------------------------------------------------------


def _yearly(seen: Seen, years: Floats) -> Floats:
    """Return dollars a year of each replication."""
    return np.asarray(years.sum(axis=1) * 12.0 / len(seen.months))


def _all(seen: Seen, paid: Sequence[Paid], place: int) -> Floats:
    return np.asarray(sum(_yearly(seen, one.by_scenario[place]) for one in paid))


def _reading(seen: Seen, paid: Sequence[Paid]) -> str:
    if not paid:
        return "Projection: no money comes in."
    base = _all(seen, paid, 0)
    shares = sorted(((float(_yearly(seen, one.by_scenario[0]).mean()), one.said) for one in paid), reverse=True)
    whole = float(base.mean())
    parts = [f"{value(usd / whole, 'share')} from {name}" for usd, name in shares if whole > 0 and usd]
    told = [
        (seen.name(place), seen.difference(place, _all(seen, paid, place), base)) for place in range(1, len(seen.cases))
    ]
    compared = f"; {against_base(told, UNIT, MORE_LESS)}" if told else ""
    return f"Projection: {value(whole, UNIT)} a year come in in the base, {listed(parts)}{compared}."


def _alt(seen: Seen, paid: Sequence[Paid]) -> str:
    rows = [f"{seen.name(place)}: {listed(_amounts(seen, paid, place))} a year" for place in range(len(seen.cases))]
    return f"Stacked bars of money received in each year. {'. '.join(rows)}."


def _amounts(seen: Seen, paid: Sequence[Paid], place: int) -> list[str]:
    return [f"{one.name} {short(float(_yearly(seen, one.by_scenario[place]).mean()), UNIT)}" for one in paid]


def _table(seen: Seen, paid: Sequence[Paid]) -> Table:
    rows = [
        _row(seen, one.name, place, estimate(_yearly(seen, one.by_scenario[place])))
        for place in range(len(seen.cases))
        for one in paid
    ]
    return Table((Column("Scenario"), Column("Paid by"), *_numbers()), tuple(rows))


def _row(seen: Seen, name: str, place: int, one: Estimate) -> tuple[Cell, ...]:
    return (seen.name(place), name, one.mean, one.low, one.high)


def _numbers() -> tuple[Column, ...]:
    return Column("Mean a year", UNIT), Column("95 % interval from", UNIT), Column("95 % interval to", UNIT)


def _data(seen: Seen, paid: Sequence[Paid]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (year, *_row(seen, one.name, place, estimate(one.by_scenario[place][:, number])))
        for number, year in enumerate(seen.years)
        for place in range(len(seen.cases))
        for one in paid
    ]
    columns = (Column("Year"), Column("Scenario"), Column("Paid by"), Column("Mean", "USD"))
    return Table((*columns, Column("95 % interval from", "USD"), Column("95 % interval to", "USD")), tuple(rows))
