"""Assemble a scenario from its tables. This file and `tables/` are the whole list of inputs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from sim.scenario.fields import Month, Name, Table, given
from sim.scenario.tables.frame import Experiment, Horizon, Market, Place
from sim.scenario.tables.funding import Funding
from sim.scenario.tables.ladder import Ladder, Prospects
from sim.scenario.tables.pay import Benefits, Pay
from sim.scenario.tables.people import Recruitment, Turnover
from sim.scenario.tables.positions import Position
from sim.scenario.tables.rules import Rules
from sim.scenario.tables.work import Posts, Practices, Services, TimeUse


class Effects(Table):
    """Override rows of the effects table: `effects.<cause>.<outcome> = value`, or scale all of them."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False, strict=True)
    __pydantic_extra__: dict[str, dict[str, float]] = Field(init=False)

    scale: float = given(1.0, unit="factor", evidence="effects.scale", about="Multiplies every effect", ge=0.0, le=3.0)
    months_to_adjust: dict[str, Annotated[float, Field(ge=0.1, le=240.0)]] = given(
        {"burnout": 8.0, "satisfaction": 6.0, "role_clarity": 4.0, "recovery": 12.0},
        unit="months",
        evidence="effects.months_to_adjust",
        about="Time constants of the four states",
    )
    onboarding_peak_months: float = given(
        3.5,
        unit="months",
        evidence="effects.onboarding_peak_months",
        about="Tenure at which the strain of the first months is greatest",
        ge=0.5,
        le=24.0,
    )
    absence_log_per_sd: float = given(
        0.23,
        unit="log share per SD",
        evidence="effects.absence_log_per_sd",
        about="How absence rises with burnout",
        ge=0.0,
        le=2.0,
    )

    def overrides(self) -> dict[str, float]:
        """Return overridden rows as `{"cause.outcome": effect}`."""
        rows = self.__pydantic_extra__ or {}
        return {f"{cause}.{outcome}": value for cause, row in rows.items() for outcome, value in row.items()}


class Change(Table):
    """Set inputs from a date on."""

    at: Month = given(unit="month", evidence="change.at", about="First month in which the change holds")
    set: dict[str, Any] = given(unit="paths", evidence="change.set", about="Dotted paths and their new values")


class Organization(Table):
    """What one kind of employer is, decides and gets."""

    place: Place = Place()
    posts: Posts = Posts()
    positions: dict[Name, Position] = Field(default_factory=dict)
    ladder: Ladder = Field(default_factory=dict)
    pay: Pay
    benefits: Benefits = Benefits()
    practices: Practices = Practices()
    time_use: TimeUse = TimeUse()
    services: Services = Services()
    funding: Funding = Field(default_factory=dict)
    rules: Rules = Rules()
    turnover: Turnover = Turnover()
    recruitment: Recruitment = Recruitment()
    prospects: Prospects = Prospects()
    market: Market = Market()
    effects: Effects = Effects()


class EmployerKind(Table):
    """Describe one kind of employer of a portfolio: how many, and what differs from the tables above."""

    name: Name
    count: int = given(1, unit="employers", evidence="employer.count", about="Employers of this kind", ge=1, le=100_000)
    differs: dict[str, Any] = Field(default_factory=dict, description="Tables that differ")


class Scenario(Organization):
    """One complete scenario."""

    title: str = Field("", description="Name in words")
    question: str = Field("", description="The question this scenario asks")
    notes: str = Field("", description="Sources and remarks")
    horizon: Horizon = Horizon()
    experiment: Experiment = Experiment()
    change: tuple[Change, ...] = Field((), strict=False)
    employer: tuple[EmployerKind, ...] = Field((), strict=False)
    ranges: dict[str, Any] = Field(default_factory=dict, description="Stated inputs that are uncertain: [low, high]")
