"""The inputs that hold for one employer in a month, and what follows from them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.evidence.effects import load_effects
from sim.evidence.variance import noise_sd
from sim.scenario.schema import Effects as EffectsTable
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import Source
from sim.scenario.tables.funding.claims import FeeForService
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.ladder import Rung
from sim.units import MONTHS_PER_YEAR

ENTRY = "entry"


@dataclass(frozen=True)
class Calendar:
    """Months of the scenario as months of the calendar."""

    start: int  # month 0 in months since year 0

    def year(self, k: int) -> int:
        return (self.start + k) // MONTHS_PER_YEAR

    def starts_fiscal_year(self, k: int, first_month: int) -> bool:
        return (self.start + k) % MONTHS_PER_YEAR + 1 == first_month


class Effects:
    """Effects of causes on outcomes: the table's or the override, times the scale (section 5)."""

    def __init__(self, table: EffectsTable) -> None:
        of_the_table = {key: row.effect for key, row in load_effects().items()}
        values = {key: value * table.scale for key, value in (of_the_table | table.overrides()).items()}
        self.months_to_adjust = {**EffectsTable().months_to_adjust, **table.months_to_adjust}
        self.noise_sd = noise_sd(values, self.months_to_adjust)
        self.on: dict[str, dict[str, float]] = {}
        for key, value in values.items():
            cause, outcome = key.split(".")
            self.on.setdefault(outcome, {})[cause] = value

    def of(self, cause: str, outcome: str) -> float:
        return self.on.get(outcome, {}).get(cause, 0.0)

    def total(self, outcome: str, causes: Mapping[str, float], but: str = "") -> float:
        """Σ_c effect(c → outcome) · x_c over the causes given, one of them left out if named."""
        return sum(effect * causes[cause] for cause, effect in self.on.get(outcome, {}).items() if cause != but)


class Terms:
    """An organization's tables from a month on, with what is left out filled from the base's at its start."""

    def __init__(self, since: int, org: Organization, base: Organization, dates: Mapping[str, int]) -> None:
        self.since = since
        self.org = org
        self.dates = dates  # address of a growing amount: month in whose dollars it is; left out, the start's
        self.base = base
        self.effects = Effects(org.effects)
        self.hours = org.posts.paid_hours_per_year / MONTHS_PER_YEAR  # H of section 9
        self.ladder: list[tuple[str, Rung]] = sorted(org.ladder.items(), key=lambda item: item[1].step)
        self.rungs = [ENTRY, *(name for name, _ in self.ladder)]
        self.demand = _demand(org, base)
        self.base_fte = sum(fte_of_post(base, index) for index in range(base.posts.number))

    @property
    def mean_fte(self) -> float:
        """F̄: the mean FTE of the posts, people's own not looked at."""
        return sum(self.fte(index) for index in self.all_posts) / self.org.posts.number

    @property
    def all_posts(self) -> range:
        return range(self.org.posts.number)

    def position(self, post: int) -> str:
        return position_of_post(self.org, post)

    def fte(self, post: int) -> float:
        return fte_of_post(self.org, post)

    def stated_wage(self, post: int) -> float:
        """W₀ of section 10: what the base states at the start for the position that a post has there."""
        position = self.base.positions.get(position_of_post(self.base, post))
        stated = None if position is None else position.wage_usd_per_hour
        return self.base.pay.wage_usd_per_hour if stated is None else stated

    @property
    def span(self) -> float:
        """Peers to a supervisor where the supervisors follow the posts."""
        practices = self.org.practices
        return practices.peers_per_supervisor or practices.peers_per_supervisor_standard

    def supervising_share(self, rung: str) -> float:
        return 0.0 if rung == ENTRY else self.org.ladder[rung].supervising_share

    def step(self, rung: str) -> int:
        return 0 if rung == ENTRY else self.org.ladder[rung].step

    def next_rung(self, rung: str) -> tuple[str, Rung] | None:
        above = self.ladder[self.rungs.index(rung) :]
        return above[0] if above else None

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Yield the funding sources in braiding order, any that are not in it last."""
        braiding = [name for name in self.org.rules.braiding if name in self.org.funding]
        for name in [*braiding, *(name for name in self.org.funding if name not in braiding)]:
            yield name, self.org.funding[name]

    def grant(self, name: str) -> Grant | None:
        source = self.org.funding.get(name)
        return source if isinstance(source, Grant) else None

    def fee_for_service(self, name: str) -> FeeForService | None:
        source = self.org.funding.get(name)
        return source if isinstance(source, FeeForService) else None


def position_of_post(org: Organization, post: int) -> str:
    """The position of a post: groups of posts in the order of the file; "" for the others."""
    end = 0
    for name, position in org.positions.items():
        end += position.number
        if post < min(end, org.posts.number):
            return name
    return ""


def fte_of_post(org: Organization, post: int) -> float:
    position = org.positions.get(position_of_post(org, post))
    return org.posts.fte if position is None or position.fte is None else position.fte


def share_at_work(org: Organization) -> float:
    """Share of paid hours that is neither leave nor absence at average burnout."""
    return 1.0 - org.time_use.leave_share - org.time_use.absence_share


def kept_of_billed(source: FeeForService) -> float:
    """The share of what is billed that is paid in the end."""
    return 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)


def fixed_fringe(org: Organization) -> float:
    """κ of section 10: the share of fringe on wages that a raise does not move."""
    stated = org.benefits.fixed_fringe_share
    if stated is not None:
        return stated
    return 0.0 if flat_benefits(org) > 0 else 0.25


def flat_benefits(org: Organization) -> float:
    """Dollars a month and FTE that no raise moves: the flat amount, and health cover for those who take it."""
    return org.benefits.flat_usd_per_month + org.benefits.health_take_up_share * org.benefits.health_usd_per_month


def moving_fringe(org: Organization) -> float:
    """V of section 10: fringe on a dollar of wages that is added."""
    return org.benefits.fringe_share * (1.0 - fixed_fringe(org))


def client_hours_per_hour(org: Organization) -> float:
    """Client-hours in an hour worked: one-to-one, and each client of a group."""
    return org.time_use.individual + org.time_use.group * org.time_use.group_size


def _demand(org: Organization, base: Organization) -> float:
    """Section 9: demand left out is what the base's full workforce can give."""
    stated = org.services.demand_client_hours_per_month
    if stated is not None:
        return stated
    posts = base.posts
    fte = sum(fte_of_post(base, index) for index in range(posts.number))
    hours = fte * posts.paid_hours_per_year / MONTHS_PER_YEAR
    return hours * share_at_work(base) * client_hours_per_hour(base)
