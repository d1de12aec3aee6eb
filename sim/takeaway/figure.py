"""Draw the figure of a brief: peers, cash and the chance of having had it below zero by month, lines labeled."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sim.charts.printed import COLORS, STYLES, Floats, Paths
from sim.results.bands import Band, chances, middle
from sim.results.measures.table import measure_of
from sim.runs.answer import Answer, Case
from sim.takeaway.content import last_month
from sim.takeaway.named import called, keyed
from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.numbers import BILLION, MILLION, THOUSAND, value
from sim.words.sentences import MONTH_NAMES, month_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LINES: Final = len(COLORS)
SIZE: Final = (7.3, 2.5)  # inches
DOTS: Final = 220  # an inch
LABEL_GAP: Final = 0.062  # of the height of a panel
MOST_TICKS: Final = 6
PANELS: Final = ("headcount", "cash_usd", "chance_of_negative_cash")
END_MEASURES: Final = ("cash_end_usd", "chance_of_negative_cash")
QUARTER: Final = MONTHS_PER_YEAR // 4
SMALL: Final = 7.5  # points
Look = dict[str, Any]


def figure_bytes(answer: Answer, paths: Paths, ending: Literal["svg", "png"]) -> bytes:
    """Return the figure as SVG with outlined letters, or as PNG."""
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    with rc_context({"svg.hashsalt": "peerstay", "svg.fonttype": "path", "font.size": SMALL + 0.5}):
        figure = Figure(figsize=SIZE, layout="constrained")
        for panel, key in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
            _draw(panel, answer, paths, key)
        content = io.BytesIO()
        figure.savefig(content, format=ending, dpi=DOTS, metadata={"Date": None} if ending == "svg" else {})
    return content.getvalue()


def shown_cases(answer: Answer) -> tuple[Case, ...]:
    """Return the cases that the figure shows: the base and the first alternatives."""
    return answer.cases[:MOST_LINES]


def caption(answer: Answer) -> str:
    """Return what the lines and bands are, and which line is which."""
    lines = keyed(answer, MOST_LINES)
    left = len(answer.cases) - MOST_LINES
    more = f" The first {MOST_LINES - 1} of {len(answer.alternatives)} alternatives are drawn." if left > 0 else ""
    if answer.settings.replications == 1:
        return f"Projection, one run. {lines}.{more}"
    return (
        "Projection. Lines are means of the runs. Bands hold the middle 90 % of the runs; in the third panel they are "
        f"95 % ranges of the chance. {lines}.{more}"
    )


def alternative_text(answer: Answer) -> str:
    """Return the figure in words, for whoever does not see it."""
    horizon = answer.base.loaded.scenario.horizon
    span = f"from {month_name(horizon.start)} to {month_name(last_month(answer))}"
    told = [_told(name, case) for name, case in zip(called(answer).values(), shown_cases(answer), strict=False)]
    lead = (
        f"Three line charts {span}: peers employed, lowest cash of each quarter, chance of having had cash below zero."
    )
    return " ".join([lead, *told])


def _told(name: str, case: Case) -> str:
    cash, risk = (value(case.measures[key].mean, measure_of(key).unit) for key in END_MEASURES)
    peers = value(case.measures["headcount"].mean, "peers")
    return f"{name}: {peers} peers on average, {cash} at the end, chance {risk}."


# panels ------------------------------------------------------------------------------------------------------------


def _draw(axes: Axes, answer: Answer, paths: Paths, key: str) -> None:
    names, cases = called(answer), shown_cases(answer)
    told = {case.name: _line(paths.of(case.name, key), key) for case in cases}
    scale, heading = _scale(key, told)
    ends: list[float] = []
    for number, (name, one) in enumerate(told.items()):
        look: Look = {"color": COLORS[number], "linestyle": STYLES[number]}
        look["marker"] = "o" if one.mean.size == 1 else ""  # a line needs two points
        months = _months(one.mean.size, answer)
        axes.fill_between(months, one.low / scale, one.high / scale, color=COLORS[number], alpha=0.10, linewidth=0)
        axes.plot(months, one.mean / scale, linewidth=1.5, label=names[name], **look)
        ends.append(float(one.mean[-1] / scale))
    axes.set_title(heading, loc="left", fontsize=SMALL + 1)
    _limit(axes, key)
    _label_ends(axes, ends, [names[name] for name in told])
    _date(axes, answer)


def _line(runs: Floats, key: str) -> Band:
    if key == PANELS[2]:
        return chances(runs)
    return middle(lowest_of_quarters(runs) if key == PANELS[1] else runs)


def lowest_of_quarters(runs: Floats) -> Floats:
    """Return the least of each three months: money that comes every quarter would hide the course in a saw."""
    return np.asarray(np.minimum.reduceat(runs, np.arange(0, runs.shape[1], QUARTER), axis=1))


def _months(points: int, answer: Answer) -> Floats:
    """Return the months at whose ends the points of a line stand."""
    months = answer.base.loaded.scenario.horizon.months
    each = 1 if points == months else QUARTER
    return np.asarray(np.minimum(each * np.arange(1.0, points + 1.0), months))


def _scale(key: str, told: Mapping[str, Band]) -> tuple[float, str]:
    """Return what numbers are divided by, and the panel's heading with the unit."""
    if key == PANELS[2]:
        return 0.01, "Has had cash below zero, %"
    if key == PANELS[0]:
        return 1.0, "Peers employed"
    largest = max(float(np.nanmax(np.abs([one.low, one.high]))) for one in told.values())
    for scale, words in ((BILLION, "bn"), (MILLION, "m"), (THOUSAND, "k")):
        if largest >= scale:
            return scale, f"Lowest cash of the quarter, ${words}"
    return 1.0, "Lowest cash of the quarter, $"


def _limit(axes: Axes, key: str) -> None:
    if key == PANELS[0]:
        axes.set_ylim(0, max(axes.get_ylim()[1], 1.0))
    elif key == PANELS[2]:
        axes.set_ylim(0, min(100.0, max(10.0, 1.15 * axes.get_ylim()[1])))
    else:
        axes.axhline(0.0, color="#666666", linewidth=0.7)


def _label_ends(axes: Axes, ends: Sequence[float], names: Sequence[str]) -> None:
    """Write each line's name behind its end, names that would touch moved apart."""
    low, high = axes.get_ylim()
    places = spread([(end - low) / (high - low) for end in ends], LABEL_GAP)
    for number, (place, name) in enumerate(zip(places, names, strict=True)):
        axes.annotate(
            name, (1.0, place), xycoords="axes fraction", xytext=(3, 0), textcoords="offset points",
            color=COLORS[number], va="center", fontsize=SMALL, fontweight="bold", annotation_clip=False,
        )  # fmt: skip


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return places up to 1 near those wanted, a gap apart, in the same order."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    placed: list[float] = []
    for number in order:
        placed.append(max(wanted[number], placed[-1] + gap) if placed else max(wanted[number], 0.0))
    top = 1.0
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], top)
        top = placed[place] - gap
    found = dict(zip(order, placed, strict=True))
    return [found[number] for number in range(len(wanted))]


def _date(axes: Axes, answer: Answer) -> None:
    horizon = answer.base.loaded.scenario.horizon
    years = max(1, math.ceil(horizon.months / MONTHS_PER_YEAR / MOST_TICKS))
    ticks = range(0, horizon.months + 1, years * MONTHS_PER_YEAR)
    first = month_number(horizon.start)
    axes.set_xticks(list(ticks), [_short_month(first + tick) for tick in ticks], fontsize=SMALL - 1)
    axes.tick_params(axis="y", labelsize=SMALL - 0.5)
    axes.set_xlim(0, horizon.months)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(visible=True, axis="y", color="#e4e4e4", linewidth=0.6)


def _short_month(number: int) -> str:
    year, month = divmod(number, MONTHS_PER_YEAR)
    return f"{MONTH_NAMES[month][:3]}\n{year}"
