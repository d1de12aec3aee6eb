"""Lay an answer out in rows, for CSV and workbook: a row a measure and alternative, and a row an input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.evidence.cards import load_cards
from sim.results.measures.table import measure_of
from sim.results.spreads import Spread
from sim.results.summary import NOTHING, Estimate
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import Paired
from sim.scenario.describe import Input
from sim.scenario.differences import compared
from sim.scenario.fields import Table
from sim.scenario.schema import Effects, Organization
from sim.scenario.timeline import EmployerPlan, plans
from sim.takeaway.named import case_title
from sim.takeaway.plain import guarded, one_line
from sim.takeaway.private import ROSTER, WITHHELD, without_people
from sim.units import month_number, month_text
from sim.words.differences import difference_in_words
from sim.words.inputs import input_at
from sim.words.provenance import Stamp
from sim.words.stand_in import told_label, told_words

Value = str | float | int | None
OF_MEANS: Final = "of the 95 % interval of that mean"
OF_FUTURES: Final = "of the middle 90 % of single futures; empty with --luck-only, of chances, and below 20 futures"
COLUMNS: Final = {  # of the CSV and of the workbook's results, and what each holds
    "family": "what the measure is about: people, pay, money, service",
    "measure": "its label",
    "key": "its key, with `.part` behind it for a part",
    "unit": "unit of the numbers beside it",
    "scenario": "the alternative; a scenario asked alone itself",
    "title": "its title",
    "base_mean": "mean of the base",
    "base_low": f"lower end {OF_MEANS}",
    "base_high": f"upper end {OF_MEANS}",
    "mean": "mean of the scenario",
    "low": f"lower end {OF_MEANS}",
    "high": f"upper end {OF_MEANS}",
    "difference": "mean of the scenario less that of the base, run by run",
    "difference_low": f"lower end {OF_MEANS}; with several alternatives all of them hold together",
    "difference_high": f"upper end {OF_MEANS}; with several alternatives all of them hold together",
    "futures_low": f"the scenario's lower end {OF_FUTURES}",
    "futures_high": f"the scenario's upper end {OF_FUTURES}",
    "difference_futures_low": f"the difference's lower end {OF_FUTURES}",
    "difference_futures_high": f"the difference's upper end {OF_FUTURES}",
    "in_words": "the difference as answers tell it: with the range of single futures, where there are any",
    "chance_better": "share of the runs in which the scenario is better, ties counting half",
    "futures_on_its_side": "share of the futures in which the difference has the sign of its mean",
    "verdict": "better, worse, higher, lower, too close to call, no change: by the interval of the mean",
    "better_is": "the side on which the measure is better",
    "runs": "number of runs",
    "definition": "what is measured",
}
STAMPED: Final = {
    "version": "version of peerstay",
    "base_fingerprint": "fingerprint of the base",
    "fingerprint": "fingerprint of the scenario",
    "seed": "seed of the random numbers",
    "made": "date on which the table was made",
}
BYTE_ORDER_MARK: Final = "\ufeff"  # by which Excel knows that the file is UTF-8
NOT_COMPARED: Final = Paired(NOTHING, NOTHING, NOTHING, None, None)
FIRST: Final = ("horizon", "experiment", "count", *Organization.model_fields)  # tables in the order of the schema
NONE: Final = "none"


@dataclass(frozen=True)
class Result:
    """One measure of one scenario next to the base's; for a single scenario the base's columns are empty."""

    key: str
    label: str
    definition: str
    name: str
    title: str
    own: Estimate
    compared: Paired
    words: str
    spread: Spread | None = None  # of the scenario over single futures

    def values(self) -> tuple[Value, ...]:
        """Return the row under COLUMNS."""
        measure, compared = measure_of(self.key), self.compared
        return (
            measure.family, self.label, self.key, measure.unit, self.name, self.title,
            *_three(compared.base), *_three(self.own), *_three(compared.difference),
            *_ends(self.spread), *_ends(compared.spread),
            self.words, compared.p_better, _on_its_side(compared), compared.verdict,
            measure.direction, self.own.n, self.definition,
        )  # fmt: skip


def results(answer: Answer) -> Iterator[Result]:
    """Yield every measure, alternatives beneath one another."""
    base = answer.base
    if not answer.alternatives:
        spreads = base.spreads
        for key, own in base.measures.items():
            called = _called(key, answer)
            yield Result(key, *called, base.name, case_title(base), own, NOT_COMPARED, "", spreads.get(key))
        return
    keys = dict.fromkeys(key for one in answer.alternatives for key in one.measures)
    spread = {one.case.name: one.case.spreads for one in answer.alternatives}
    for key in keys:
        for one in answer.alternatives:
            if key in one.measures:
                yield replace(_compared(key, one, answer), spread=spread[one.case.name].get(key))


def _called(key: str, answer: Answer) -> tuple[str, str]:
    """Return label and definition; where no living wage was typed, they name what stands in for it."""
    everyone = [case.loaded for case in answer.cases]
    return told_label(key, everyone), told_words(measure_of(key).definition, everyone)


def _compared(key: str, one: Alternative, answer: Answer) -> Result:
    compared = one.measures[key]
    words = difference_in_words(key, compared)
    return Result(
        key, *_called(key, answer), one.case.name, case_title(one.case), compared.alternative, compared, words
    )


def _three(one: Estimate) -> tuple[float | None, ...]:
    return one.mean, one.low, one.high


def _ends(spread: Spread | None) -> tuple[float | None, float | None]:
    return (None, None) if spread is None else (spread.low, spread.high)


def _on_its_side(compared: Paired) -> float | None:
    """Return in which share of the futures a difference has the sign of its mean."""
    spread, mean = compared.spread, compared.difference.mean
    if spread is None or not mean:
        return None
    return spread.below if mean < 0 else spread.above


def csv_table(answer: Answer, stamp: Stamp) -> bytes:
    """Return every measure as CSV with full precision; what is undefined is empty."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow((*COLUMNS, *STAMPED))
    prints = stamp.fingerprints
    for one in results(answer):
        made = (stamp.version, prints[answer.base.name], prints[one.name], stamp.seed, stamp.made)
        rows.writerow([_field(value) for value in (*one.values(), *made)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _field(value: Value) -> Value:
    return guarded(one_line(value)) if isinstance(value, str) else value


# inputs: value, unit, range, and who says so --------------------------------------------------------------------


@dataclass(frozen=True)
class InputRow:
    """One input: its value in each scenario (None where the scenario has no such table), and where values come from."""

    path: str
    about: str
    unit: str
    range: str
    values: tuple[Value, ...]
    stated: tuple[bool, ...]  # by the scenario itself; else the default holds
    evidence: str
    grade: str  # of the evidence for the default
    sources: str
    drawn: str = ""  # from where to where futures draw it; empty where they take the value as it is

    @property
    def differs(self) -> bool:
        """Whether any alternative has another value than the base."""
        return any(value != self.values[0] for value in self.values[1:])


def input_rows(answer: Answer) -> list[InputRow]:
    """Return every input of base and alternatives in the order of the schema; later changes come last."""
    by_case = [_leaves(case) for case in answer.cases]
    paths = sorted(dict.fromkeys(path for leaves in by_case for path in leaves), key=_place)
    shared = _shared(by_case, paths)
    return [_row(path, shown, by_case, answer) for path, shown in shared.items()]


def _place(path: str) -> tuple[bool, int]:
    """Return what sorts addresses: by table, later changes behind."""
    return "," in path, FIRST.index(_of_any_kind(path).partition(".")[0])


def _shared(by_case: list[dict[str, Value]], paths: Sequence[str]) -> dict[str, str]:
    """Return address → address shown: once, without the kind's name, where all kinds of employers agree."""
    inside: dict[str, list[str]] = {}
    for path in paths:
        inside.setdefault(_of_any_kind(path), []).append(path)
    shown: dict[str, str] = {}
    for plain, own in inside.items():
        alike = len({tuple(leaves.get(path) for leaves in by_case) for path in own}) == 1
        everywhere = len(own) == max(map(len, inside.values()))
        shown |= {own[0]: plain} if alike and everywhere else {path: path for path in own}
    return shown


def _of_any_kind(path: str) -> str:
    return ".".join(path.split(".")[2:]) if path.startswith("employer.") else path


def _row(path: str, shown: str, by_case: list[dict[str, Value]], answer: Answer) -> InputRow:
    plain = _of_any_kind(path).partition(",")[0]
    kind = next((str(leaves[above]) for leaves in by_case if (above := _kind_path(path)) in leaves), "")
    values = tuple(leaves.get(path) for leaves in by_case)
    stated = tuple(path in leaves and _stated(case, path) for case, leaves in zip(answer.cases, by_case, strict=True))
    row = InputRow(shown, about="", unit="", range="", values=values, stated=stated, evidence="", grade="", sources="")
    given = input_at(plain.split("."), kind)
    if given is None:
        return row
    row = replace(row, about=given.about, unit=given.unit, range=_range(given), evidence=given.evidence)
    row = replace(row, drawn=_drawn(path, answer))
    card = load_cards().get(given.evidence)
    return row if card is None else replace(row, grade=card.grade, sources=", ".join(card.sources))


def _drawn(path: str, answer: Answer) -> str:
    """Return from where to where the futures of an answer draw an input: `0 to 6 (likely 1)`."""
    futures = answer.settings.futures
    found = () if futures is None else (one for one in futures.unknowns if one.path in (path, _of_any_kind(path)))
    told = (f"{one.low:,.3g} to {one.high:,.3g} (likely {one.likely:,.3g})" for one in found)
    return next(told, "").replace("-", "−")


def _kind_path(path: str) -> str:
    return f"{path.partition(',')[0].rpartition('.')[0]}.kind"


def _range(given: Input) -> str:
    return given.limits.words() or ", ".join(given.choices)


# values ------------------------------------------------------------------------------------------------------------


def _leaves(case: Case) -> dict[str, Value]:
    """Return address → value of everything that a scenario means."""
    scenario = case.loaded.scenario
    unfolded = plans(scenario)
    found = dict(_inside(scenario.horizon, "horizon"))  # seed and replications are the answer's, not a scenario's
    found |= {"experiment.feedback": _cell("experiment.feedback", scenario.experiment.feedback)}
    for plan in unfolded:
        start = f"employer.{plan.name}." if len(unfolded) > 1 else ""
        if start:
            found[f"{start}count"] = plan.count
        found |= {f"{start}{path}": value for path, value in _inside(plan.epochs[0][1], "")}
    for plan in unfolded:
        start = f"employer.{plan.name}." if len(unfolded) > 1 else ""
        found |= {f"{start}{path}": value for path, value in _later(plan, month_number(scenario.horizon.start))}
    return found


def _inside(value: Any, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Table | Mapping) and value:
        for name, inner in _parts(value):
            yield from _inside(inner, f"{path}.{name}".lstrip("."))
    else:
        yield path, _cell(path, value)


def _parts(value: Table | Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
        return
    yield from ((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Effects):
        yield from value.overrides().items()


def _later(plan: EmployerPlan, start: int) -> Iterator[tuple[str, Value]]:
    """Yield what changes at a later date."""
    for (_, before), (month, after) in zip(plan.epochs, plan.epochs[1:], strict=False):
        for path, (_, new) in compared(before, after).items():
            yield f"{path}, from {month_text(start + month)}", _cell(path, new)


def _cell(path: str, value: Any) -> Value:
    if path.rpartition(".")[2] == ROSTER and value:
        return f"{len(value)} people; {WITHHELD}"
    if value is None or value in ((), [], {}):
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return value
    return json.dumps(without_people(_plain(value)), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Table):
        return value.model_dump(mode="json")
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _stated(case: Case, path: str) -> bool:
    """Whether the scenario's files or options set an input, for this kind of employer or for all."""
    plain, _, dated = path.partition(",")
    if dated:
        return True
    tables: list[Any] = [case.loaded.raw]
    if path.startswith("employer."):
        tables += [one for one in case.loaded.raw.get("employer", ()) if one.get("name") == path.split(".")[1]]
    parts = _of_any_kind(plain).split(".")
    return any(_holds(table, parts) for table in tables)


def _holds(table: Any, parts: list[str]) -> bool:
    for part in parts:
        if not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True
