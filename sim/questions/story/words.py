"""A career in dated sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from sim.questions.story.story import BURNED_OUT
from sim.results.careers import Career, Event
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR, month_number, month_text
from sim.words.as_json import Shape
from sim.words.layout import counted
from sim.words.numbers import value
from sim.words.sentences import month_name

NOT_REAL: Final = (
    "Nobody here is real: the model makes these people up, in one of the many futures that chance could bring."
)
CAUSE: Final = {
    "voluntary": "quitting",
    "return_to_use": "after a return to use",
    "dismissal": "because of a dismissal",
    "other": "for other reasons",
    "layoff": "because of a layoff",
    "closure": "because the employer closed",
}
OTHERS: Final = {
    "certified": "Certified in",
    "leave": "On supported leave after a return to use from",
    "returned": "Back at work in",
}
DESTINATION: Final = {
    "other_field": "for work in another field",
    "out_of_work": "without another job",
    "other_peer_job": "for another job as a peer",
}


def sentences(career: Career, scenario: Scenario) -> list[str]:
    """Return a career as sentences, each with its month."""
    told = [_event(career, event, scenario) for event in career.events]
    felt = felt_sentence(career)
    ended = [] if career.exit else [f"Still there at the end of the projection{_after(career, ', after ')}."]
    return [*told[:-1], *felt, told[-1]] if career.exit else [*told, *felt, *ended]


def dated(career: Career, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield the month of each fact, YYYY-MM, and its sentence."""
    for event in career.events:
        yield _month(event.time, scenario), _event(career, event, scenario)


def name_of(career: Career, scenario: Scenario) -> str:
    """Return what a career is called: `employer 3, post 12, occupant 2`; a lone employer is not named."""
    alone = sum(plan.count for plan in plans(scenario)) == 1
    where = "" if alone else f"{career.kind.replace('_', ' ')} {career.employer}, "
    return f"{where}post {career.post}, occupant {career.occupant}"


def _event(career: Career, event: Event, scenario: Scenario) -> str:
    when, wage = month_name(_month(event.time, scenario)), f"{value(event.wage, 'USD/hour')} an hour"
    if event.what == "opening" and math.isnan(career.hired):
        return "In post when the projection begins."
    if event.what == "opening":
        since = month_name(_month(career.hired, scenario))
        rung = _rung(event, career, scenario)
        return f"Hired in {since}, before the projection begins; at its start {rung} at {wage}."
    if event.what == "hired":
        return f"Hired in {when} at {wage}, {_rung(event, career, scenario)}."
    if event.what == "left":
        going = f" {DESTINATION[event.destination]}" if event.destination else ""
        return f"Left in {when}{_after(career, ' after ')}, {CAUSE[event.cause]}{going}."
    if event.what == "promoted":
        return f"Promoted in {when} to {_title(event.rung, career, scenario)}{_raise(career, event)}."
    told = {
        "certified": "Certified",
        "leave": "On supported leave after a return to use from",
        "returned": "Back at work",
    }
    return f"{told[event.what]}{'' if event.what == 'leave' else ' in'} {when}."


def _raise(career: Career, event: Event) -> str:
    """Return from what to what a promotion moved the wage; the fact itself has the wage before."""
    if math.isnan(event.wage):
        return ""
    after = career.wage_from(event.time)
    before = value(event.wage, "USD/hour")
    return f", from {before} an hour" + ("" if after is None else f" to {value(after, 'USD/hour')}")


def _rung(event: Event, career: Career, scenario: Scenario) -> str:
    return "on the entry rung" if event.rung == "entry" else f"as {_title(event.rung, career, scenario)}"


def _title(rung: str, career: Career, scenario: Scenario) -> str:
    tables = next(plan for plan in plans(scenario) if plan.name == career.kind).epochs[0][1]
    titled = tables.ladder[rung].title if rung in tables.ladder else ""
    return titled or rung.replace("_", " ")


def felt_sentence(career: Career) -> list[str]:
    """Return how often somebody was burned out, if that was seen."""
    seen = sum(not math.isnan(one) for one in career.burnout)
    if not seen:
        return []
    number = career.months_above(BURNED_OUT)
    return [f"Burned out at the end of {number or 'none'} of {counted(seen, 'month')} at work in the projection."]


def _after(career: Career, word: str) -> str:
    """Return how long somebody has been there, unless that is hidden (`sim.questions.story.privacy`)."""
    return "" if math.isnan(career.months) else f"{word}{_span(career.months)}"


def _span(months: float) -> str:
    if months < 1.0:
        return "less than a month"
    years, rest = divmod(int(months), MONTHS_PER_YEAR)
    parts = [counted(number, unit) for number, unit in ((years, "year"), (rest, "month")) if number]
    return " and ".join(parts)


def _month(time: float, scenario: Scenario) -> str:
    return month_text(month_number(scenario.horizon.start) + math.floor(time))


def career_shape(career: Career, scenario: Scenario) -> Shape:
    """Return a career as plain values for JSON."""
    return {
        "employer_kind": career.kind,
        "employer": career.employer,
        "post": career.post,
        "occupant": career.occupant,
        "hired_months": _told(career.hired),
        "months": _told(career.months),
        "events": [_event_shape(event, scenario) for event in career.events],
        "sentences": sentences(career, scenario),
        "burned_out_month_ends": career.months_above(BURNED_OUT),
    }


def _event_shape(event: Event, scenario: Scenario) -> Shape:
    return {
        "month": _month(event.time, scenario),
        "time_months": event.time,
        "fact": event.what,
        "rung": None if event.what == "opening" and math.isnan(event.wage) else event.rung,
        "wage_usd_per_hour": _told(event.wage),
        "cause": event.cause or None,
        "destination": event.destination or None,
    }


def _told(number: float) -> float | None:
    """Return a number; None where it is hidden."""
    return None if math.isnan(number) else number
