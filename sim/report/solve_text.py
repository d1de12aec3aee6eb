"""Write an answer found backwards as text: the sentence, the values near it, what it costs, how to use and make it."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator, Sequence

from sim.experiment.levers import Number
from sim.experiment.solve import NAME, Solution, Tried
from sim.experiment.toml import written
from sim.experiment.wishes import Wish
from sim.report.layout import bullets, clipped, command_lines, paragraph, section, table
from sim.report.provenance import Stamp, command_line
from sim.report.solve_words import amount, fine_range, notes, solved_sentence, standing
from sim.report.tables import comparison_table
from sim.results.measures import MEASURES, label_of, measure_of
from sim.results.summary import Estimate
from sim.scenario.patch import nested, split

LABEL_WIDTH, SHORT_WIDTH = 26, 16
COSTS = (
    "headcount", "exits_per_year", "hours_delivered_per_year", "cost_usd_per_year", "revenue_usd_per_year",
    "margin_usd_per_year", "cash_end_usd", "chance_of_negative_cash", "spending_federal_usd_per_year",
    "spending_state_usd_per_year", "spending_county_usd_per_year", "spending_other_usd_per_year",
)  # fmt: skip


def solve_text(solution: Solution, stamp: Stamp, sets: Sequence[str]) -> str:
    """Return the text of `peerstay solve`."""
    parts = [
        paragraph(solved_sentence(solution)),
        _near(solution),
        bullets(list(notes(solution))),
        section(_costs_title(solution), _costs(solution)),
        section("Use it", _use(solution, sets)),
        section("Reproduce this", _reproduce(solution, stamp)),
    ]
    return "\n\n".join(part for part in parts if part)


def _near(solution: Solution) -> str:
    """Return the values that show the answer: today, the ends of its range, a step less, itself, where it fails."""
    labels = dict.fromkeys(map(_label, solution.asked.wishes))
    share = () if solution.asked.chance is None else ("All hold in",)
    heading = (clipped(solution.asked.lever.path, LABEL_WIDTH), "", *labels, *share, "")
    return table(heading, [_row(solution, name, one) for name, one in _told(solution)], left=2)


def _label(wish: Wish) -> str:
    label = label_of(wish.key)
    return f"{clipped(label, SHORT_WIDTH)} against base" if wish.factor == 1.0 else clipped(label, LABEL_WIDTH)


def _row(solution: Solution, name: str, one: Tried) -> tuple[str, ...]:
    verdict = one.verdict
    triples = zip(solution.asked.wishes, verdict.measured, verdict.margins, strict=True)
    cells = {_label(wish): fine_range(_shown(wish, *got), measure_of(wish.key).unit) for wish, *got in triples}
    share = () if verdict.chance is None else (fine_range(verdict.chance, "share"),)
    return amount(solution.asked.lever, one.value), name, *cells.values(), *share, standing(one)


def _shown(wish: Wish, measured: Estimate, margin: Estimate) -> Estimate:
    """Return what a condition is judged by: the measure, or its paired difference from the base."""
    if wish.factor != 1.0 or margin.mean is None:
        return measured
    sign = 1.0 if wish.wants_more else -1.0
    ends = [None if end is None else wish.offset + sign * end for end in (margin.low, margin.high)]
    low, high = ends if wish.wants_more else ends[::-1]
    return Estimate(wish.offset + sign * margin.mean, low, high, margin.n)


def _told(solution: Solution) -> list[tuple[str, Tried]]:
    """Return what is shown of the values tried, by value, each once with all it is."""
    names: dict[Number | None, str] = {}
    for name, one in _named(solution):
        names[one.value] = ", ".join(part for part in (names.get(one.value, ""), name) if part)
    by_value = {one.value: one for one in (*solution.tried, solution.today)}
    order = sorted(names, key=lambda value: -math.inf if value is None else value)
    return [(names[value], by_value[value]) for value in order]


def _named(solution: Solution) -> Iterator[tuple[str, Tried]]:
    found, tried = solution.found, solution.tried
    yield "today", solution.today
    if found is None:
        yield from (("", one) for one in _spread(tried))
        if solution.outcome == "unreachable":
            yield "best", solution.best
        return
    yield from () if found.at_the_end else (("one step less", found.before),)
    yield "answer", found.at
    for name, end in (("near end of its range", found.low), ("far end of its range", found.high)):
        yield from ((name, one) for one in tried if one.value == end != found.value)
    if found.fails:
        yield "fails again", next(one for one in tried if one.value == found.fails[0])


def _spread(tried: Sequence[Tried], most: int = 5) -> list[Tried]:
    """Return a few of the values tried, both ends among them."""
    last = len(tried) - 1
    places = sorted({round(last * place / (most - 1)) for place in range(most)}) if last > 0 else range(last + 1)
    return [tried[place] for place in places]


def _costs_title(solution: Solution) -> str:
    return "What it brings and costs, against the base" if solution.found else "What the best does, against the base"


def _costs(solution: Solution) -> str:
    answer = solution.answer
    if not answer.alternatives:
        return ""
    measured = answer.alternatives[0].measures
    wished = [wish.key for wish in solution.asked.wishes]
    keys = [*dict.fromkeys((*wished, *COSTS))]
    moving = [key for key in keys if measured[key].base.mean or measured[key].alternative.mean]
    return comparison_table(answer, sorted(moving, key=lambda key: [*MEASURES].index(key.partition(".")[0])))


def _use(solution: Solution, sets: Sequence[str]) -> str:
    if not solution.answer.alternatives or solution.found is None:
        return ""
    path, base = solution.asked.lever.path, solution.asked.base
    file = base.path.with_name(f"{NAME}.toml")
    lines = [f'extends = "{base.path.name}"', written(nested(split(path), solution.found.value)).rstrip()]
    runs = command_line([base], solution.settings, sets).removeprefix("peerstay run").removeprefix(f" {base.path}")
    compared = f"peerstay compare {shlex.quote(str(base.path))} {shlex.quote(str(file))}{runs}"
    told = "\n".join(f"    {line}" for line in lines)
    return (
        f"{paragraph(f'Save as {file}:', '  ')}\n{told}\n  and compare it, or lay it over a run of its own with "
        f"--set {path}={solution.found.value!r}:\n{command_lines(compared)}"
    )


def _reproduce(solution: Solution, stamp: Stamp) -> str:
    made = (
        f"peerstay {stamp.version}, seed {stamp.seed}, {stamp.replications:,} replications, "
        f"{len(solution.tried)} values tried, made {stamp.made}. Fingerprint of the base: "
        f"{next(iter(stamp.fingerprints.values()))}."
    )
    return f"{command_lines(stamp.command)}\n{paragraph(made, '  ')}"
