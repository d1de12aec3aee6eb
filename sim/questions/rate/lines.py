"""Name the lines of a build-up: words, unit, and how each is known (its card with grade, or the runs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.questions.rate.build_up import USES
from sim.runs.futures.unknowns import Unknown
from sim.scenario.files import Loaded
from sim.scenario.patch import find
from sim.scenario.schema import Organization
from sim.words.inputs import input_at, name_in_words, value_in_words
from sim.words.trust import column_of

USD, SHARE = "USD", "share"
SIMULATED: Final = "simulated"
PAYER: Final = "funding.*"  # stands for the payer's own address


@dataclass(frozen=True)
class Line:
    """A line of the table.

    `path` is the input it is read from, `SIMULATED`, or nothing where it is summed up; `also` is an input that a
    simulated line rests on, `follows` those it follows most, which the table names beneath.
    """

    key: str
    words: str
    unit: str
    path: str = ""
    also: str = ""
    rare: bool = False  # told only where it is not as usual
    usual: float = 0.0
    follows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """How a line is known: stated by the scenario, a default with its grade, or simulated."""

    how: str
    card: str


SECTIONS: Final[dict[str, tuple[Line, ...]]] = {
    "An hour of a peer, USD": (
        Line("wage", "Wage of a newcomer", USD, "pay.wage_usd_per_hour"),
        Line("pay_above", "Ladder, steps, certificate", USD, SIMULATED, "ladder.*.pay.kind"),
        Line("fringe_moving", "Taxes, retirement: rise with pay", USD, "benefits.fringe_share"),
        Line("fringe_fixed", "Health cover: does not", USD, "benefits.fixed_fringe_share"),
        Line("hourly", "Cost of a peer's hour", USD),
    ),
    "Where an hour paid goes": (
        Line("planned_leave", "Paid time off", SHARE, "time_use.leave_share"),
        Line(
            "supported_leave", "Supported leave that is paid", SHARE, SIMULATED, "practices.leave_paid_share", rare=True
        ),
        Line("absence", "Absence", SHARE, SIMULATED, "time_use.absence_share"),
        Line(
            "ramp_up",
            "Newcomers' ramp-up",
            SHARE,
            SIMULATED,
            "recruitment.ramp_up_months",
            follows=("recruitment.ramp_up_months",),
        ),
        Line("supervising", "Supervising other peers", SHARE, SIMULATED, "ladder.*.supervising_share", rare=True),
        Line(
            "uncertified",
            "Not certified yet, not billable",
            SHARE,
            SIMULATED,
            "recruitment.certified_share",
            follows=("recruitment.certified_share", "recruitment.months_to_certify"),
        ),
        Line("able", "Hours that could be billed", SHARE),
        Line("use.training", "Training", SHARE, "time_use.training"),
        Line("use.supervision", "Being supervised", SHARE, "time_use.supervision"),
        Line("use.travel", "Travel", SHARE, "time_use.travel"),
        Line("use.notes", "Notes and records", SHARE, "time_use.notes"),
        Line("use.no_show", "Missed visits", SHARE, "time_use.no_show"),
        Line("use.protected_recovery", "Protected recovery time", SHARE, "time_use.protected_recovery", rare=True),
        Line("use.outside_role", "Tasks outside the role", SHARE, "time_use.outside_role"),
        Line("use.individual", "One-to-one, not billable", SHARE, "time_use.individual", rare=True),
        Line("use.group", "Groups, not billable", SHARE, "time_use.group", rare=True),
        Line("use.rest", "Meetings and the rest", SHARE),
        Line("unasked", "Clients that are missing", SHARE, SIMULATED, "services.leave_care_share"),
        Line("beyond", "Part units, caps", SHARE, f"{PAYER}.visit_minutes", rare=True),
        Line("billed", "Billable hours", SHARE),
    ),
    "On top of an hour paid, USD": (
        Line("supervision", "Supervision at its span", USD, "practices.peers_per_supervisor_standard"),
        Line("support", "Training and support", USD, "practices.training_usd_per_peer_month"),
        Line("direct", "Direct costs", USD, "posts.direct_usd_per_peer_month"),
        Line(
            "replacement",
            "Leaving and hiring",
            USD,
            SIMULATED,
            "recruitment.cost_per_hire_usd",
            follows=(
                "turnover.level.separations_per_100_posts_year",
                "effects.log_wage_over_outside_wage.exit_voluntary",
                "place.outside_wage_usd_per_hour",
                "recruitment.days_to_fill",
                "recruitment.cost_per_hire_usd",
                "turnover.cost_per_exit_usd",
            ),
        ),
        Line("cover", "Cover of vacant posts", USD, SIMULATED, "recruitment.cover_usd_per_vacant_month", rare=True),
        Line("overhead", "Overhead, administration", USD, "posts.overhead_share"),
        Line("paid_hour", "Cost of an hour paid", USD),
    ),
    "A unit of 15 minutes, USD": (
        Line("billable_hour", "Cost of a billable hour", USD),
        Line("unit", "Cost of a unit", USD),
        Line("rework", "Sending denied claims again", USD, f"{PAYER}.rework_usd_per_claim", rare=True),
        Line("kept", "Paid of what is billed", SHARE, f"{PAYER}.denial_share"),
        Line(
            "brought",
            "Brought of the rate, with groups",
            SHARE,
            f"{PAYER}.group_rate_usd_per_unit",
            rare=True,
            usual=1.0,
        ),
        Line("rate", "RATE OF A UNIT", USD),
    ),
}
FOLLOWED: Final = tuple(path for lines in SECTIONS.values() for line in lines for path in line.follows)
PARTS_IN_WORDS: Final = {
    "replacement": "Leaving, hiring, cover of vacant posts",
    "vacancies": "Supervision, direct costs, overhead of vacant posts",
    "newcomers": "Newcomers' ramp-up",
    "certificate": "Hours before the certificate",
    "clients": "Clients that are missing",
    "turnover": "All of turnover",
    "other": "Ladder, steps, absence, leave",
}
STAFFING_IN_WORDS: Final = {  # name → words, unit
    "pay": ("Mean wage over a newcomer's", "ratio"),
    "exits": ("Separations for each post's year of paid hours", "number"),
    "hires": ("Hires", "number"),
    "months_vacant": ("Months vacant", "number"),
    "supported_leave": ("Supported leave that is paid", SHARE),
    "absence": ("Absence", SHARE),
    "ramp_up": ("Newcomers' ramp-up", SHARE),
    "supervising": ("Supervising other peers", SHARE),
    "uncertified": ("Given before certified", SHARE),
    "used": ("Of what clients could have, used", SHARE),
}
Drawn = tuple[float, float | None, float]  # low, middle where it is not the value that is taken, high
SPANS: Final = ("practices.other_supervisors_fte", "practices.peers_per_supervisor")  # stated in place of the standard


def known(line: Line, loaded: Loaded, payer: str) -> Known:
    """Return how a line is known in a scenario.

    Args:
        line: the line.
        loaded: the scenario, as it was before it was made neutral.
        payer: the source whose terms hold.
    """
    if line.path in ("", SIMULATED):
        return Known(line.path, _card(line.also))
    path = next((one for one in SPANS if line.key == "supervision" and _says(loaded.raw, one)), line.path)
    return _stated_or_graded(path.replace(PAYER, f"funding.{payer}"), loaded)


def leans_on(loaded: Loaded, organization: Organization, drawn: Mapping[str, Drawn]) -> Iterator[str]:
    """Yield what the simulated lines lean on, each with its value and how it is known.

    Args:
        loaded: the scenario, as it was before it was made neutral.
        organization: the tables that hold, with the assumptions as taken.
        drawn: what futures draw, by address.
    """
    for path in FOLLOWED:
        value = _value_at(path, organization)
        if value is not None:
            one, given = _stated_or_graded(path, loaded), input_at(path.split("."))
            unit = given.unit if given else ""
            low, middle, high = drawn.get(path, (None, None, None))
            told, between = value_in_words(value if middle is None else middle, unit), ""
            if low is not None and high is not None:
                between = f", drawn from {_between(*(value_in_words(end, unit) for end in (low, high)))}"
            yield f"{name_in_words(path.split('.'))}: {told}{between} ({one.how}, {one.card})"


def drawn_by(unknowns: Iterable[Unknown]) -> dict[str, Drawn]:
    """Return what futures draw of each assumption, by address."""
    found = dict[str, Drawn]()
    for one in unknowns:
        column = column_of([one.path]) if one.posterior else None
        found[one.path] = (one.low, None if column is None else float(f"{column['median']:.3g}"), one.high)
    return found


def _between(low: str, high: str) -> str:
    """Return two amounts in words, their unit once where both have the same behind the number."""
    number, _, unit = low.partition(" ")
    return f"{number if unit and high.endswith(f' {unit}') else low} to {high}"


def _value_at(path: str, organization: Organization) -> float | None:
    """Return an input's value, that of an effect from the table unless it is overridden; None where there is none."""
    table, _, rest = path.partition(".")
    if table == "effects":
        return organization.effects.overrides().get(rest, load_effects()[rest].effect) * organization.effects.scale
    found: Any = organization
    for part in path.split("."):
        found = getattr(found, part, None)
    return found if isinstance(found, int | float) else None


def _stated_or_graded(path: str, loaded: Loaded) -> Known:
    card = _card(path)
    if _says(loaded.raw, path):
        return Known("stated", card)
    grades = {key: one.grade for key, one in load_cards().items()} | {
        key: one.grade for key, one in load_effects().items()
    }
    return Known(f"grade {grades[card]}" if card in grades else "", card)


def _card(path: str) -> str:
    given = input_at(path.split("."), "fee_for_service") if path else None
    return given.evidence if given else ""


def _says(raw: Mapping[str, Any], path: str) -> bool:
    parts = path.split(".")
    value, depth = find(raw, parts)
    return depth == len(parts) and value is not None


def lines_of(section: str, keys: Mapping[str, float]) -> Iterator[Line]:
    """Yield the lines of a section that are told; `keys` has how far each lies from its usual amount, at the most."""
    for line in SECTIONS[section]:
        if line.key in keys and not (line.rare and abs(keys[line.key]) < 5e-7):
            yield line


assert {f"use.{name}" for name in USES} <= {line.key for lines in SECTIONS.values() for line in lines}
