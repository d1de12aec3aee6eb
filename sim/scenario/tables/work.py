"""Describe the work: posts, practices, use of time, services."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from sim.scenario.fields import Table, given, mark_of, share
from sim.scenario.tables.positions import RosterEntry
from sim.units import MONTHS_PER_YEAR


class Posts(Table):
    """Describe the budgeted positions."""

    number: int = given(
        20,
        unit="posts",
        evidence="posts.number",
        also="headcount, staff",
        about="Budgeted peer posts",
        ge=1,
        le=100_000,
    )
    fte: float = given(
        1.0,
        unit="FTE per post",
        evidence="posts.fte",
        also="FTE, part-time",
        about="Full-time equivalent of a post",
        ge=0.05,
        le=1.0,
        decided=True,
    )
    paid_hours_per_year: float = given(
        2080.0,
        unit="hours a year per FTE",
        evidence="posts.paid_hours_per_year",
        about="Paid hours",
        ge=100,
        le=3000,
        decided=True,
    )
    overhead_share: float = share(
        0.15,
        of="share of personnel cost",
        evidence="posts.overhead_share",
        also="overhead, indirect rate, administration",
        about="Indirect cost on wages, fringe, supervision and direct cost",
        le=2.0,
    )
    fixed_overhead_share: float = share(
        1.0,
        of="share of overhead",
        evidence="posts.fixed_overhead_share",
        about="Part of the overhead on personnel that a raise does not move (rent, administration)",
    )
    fixed_usd_per_month: float = given(
        0.0,
        unit="USD a month",
        evidence="posts.fixed_usd_per_month",
        about="Direct cost that no vacancy lowers: supplies, travel, client support, program space",
        ge=0.0,
        le=1e8,
    )
    direct_usd_per_peer_month: float = given(
        0.0,
        unit="USD a month per peer",
        evidence="posts.direct_usd_per_peer_month",
        about="Direct cost of each peer in post: mileage, telephone, supplies",
        ge=0.0,
        le=1e5,
    )
    roster: tuple[RosterEntry, ...] = Field(
        (),
        strict=False,
        description="Peers in post at the start; left out, the warm-up makes the opening workforce",
        json_schema_extra={"unit": "list", "evidence": "posts.roster"},
    )

    @property
    def full_time_hours(self) -> float:
        """Paid hours a month of a full-time position."""
        return self.paid_hours_per_year / MONTHS_PER_YEAR


LEVEL: Final = "practices.level"


def _level(about: str) -> float:
    level: float = given(0.0, unit="SD, -2 much weaker to 2 much stronger", evidence=LEVEL, about=about, ge=-3, le=3)
    return level


class Practices(Table):
    """Describe support at work; 0 is the typical employer."""

    supervisor_support: float = _level("Support from the supervisor")
    collaborative_culture: float = _level("Collaboration with other staff")
    autonomy: float = _level("Room to decide how the work is done")
    peer_support_at_work: float = _level("Support from other peers")
    outside_relationships: float = _level("Ties to other organizations")
    training: float = _level("Training")
    stigma: float = _level("Stigma at work (more is worse)")
    benefits: float = _level("Time off, health cover and other benefits")
    recovery_culture: float = _level("Recovery-oriented culture")
    role_clarity_practice: float = _level("Clear role, known to all staff")
    training_usd_per_peer_month: float = given(
        0.0, unit="USD a month per peer", evidence="practices.cost", about="Cost of training and support", ge=0, le=1e4
    )
    other_supervisors_fte: float | None = given(
        None,
        unit="FTE",
        evidence="practices.other_supervisors_fte",
        also="FTE of supervisors",
        about="Supervisors who are not peers of this ladder; left out, just enough for the standard ratio",
        ge=0.0,
        le=10_000.0,
    )
    supervisor_wage_usd_per_hour: float = given(
        28.5,
        unit="USD/hour",
        evidence="practices.supervisor_wage",
        about="Wage of those supervisors",
        ge=0,
        le=500,
        grows=True,
    )
    supervisor_gap_share: float = share(
        0.1875,
        of="share of the entry wage",
        evidence="practices.supervisor_gap",
        about="How far those supervisors stay above the peers' entry wage when it rises",
        le=5.0,
    )
    peers_per_supervisor: float | None = given(
        None,
        unit="peers per supervisor",
        evidence="practices.peers_per_supervisor",
        also="supervision ratio, span of control",
        about="Span the employer staffs to where other_supervisors_fte is left out; left out, the standard",
        ge=1.0,
        le=1000.0,
    )
    peers_per_supervisor_standard: float = given(
        8.0, unit="peers per supervisor", evidence="practices.ratio", about="Span a supervisor can serve", ge=1, le=100
    )
    penalty_sd_per_doubling: float = given(
        1.0,
        unit="SD",
        evidence="practices.penalty",
        about="Supervisor support lost each time the span doubles beyond the standard",
        ge=0.0,
        le=5.0,
    )
    unsupervised_sd: float = given(
        3.0,
        unit="SD",
        evidence="practices.unsupervised",
        about="Supervisor support lost by peers without a supervisor, and the most that any lose",
        ge=0.0,
        le=5.0,
    )
    supported_leave_share: float = share(
        0.5, of="share of returns to use", evidence="practices.leave", about="Met with supported leave, once each job"
    )
    leave_months: float = given(
        2.0, unit="months", evidence="practices.leave.months", about="Mean leave", ge=0.1, le=24.0
    )
    return_share: float = share(
        0.7, of="share of leaves", evidence="practices.leave.return_share", about="Come back from leave"
    )
    leave_paid_share: float = share(
        0.0, of="share of pay", evidence="practices.leave.paid_share", about="Paid during leave", decided=True
    )

    @property
    def span(self) -> float:
        """Peers per supervisor that the employer staffs to: its own span, else the standard."""
        own = self.peers_per_supervisor
        return self.peers_per_supervisor_standard if own is None else own


LEVELS: Final = tuple(  # practices that are causes of the effects table, each under its own name
    name for name, field in Practices.model_fields.items() if mark_of(field, "evidence") == LEVEL
)


class TimeUse(Table):
    """Split the hours worked; what the shares leave over is meetings and other work that nobody pays for."""

    individual: float = share(
        0.42,
        of="share of hours worked",
        evidence="time_use.shares",
        also="billable hours, direct service, productivity",
        about="One-to-one with clients",
    )
    group: float = share(0.06, of="share of hours worked", evidence="time_use.shares.group", about="Leading groups")
    travel: float = share(0.10, of="share of hours worked", evidence="time_use.shares.travel", about="Travel")
    notes: float = share(0.12, of="share of hours worked", evidence="time_use.shares.notes", about="Notes and records")
    no_show: float = share(
        0.08,
        of="share of hours worked",
        evidence="time_use.no_show",
        also="no-show, missed appointments",
        about="Lost to no-shows",
    )
    supervision: float = share(
        0.04, of="share of hours worked", evidence="time_use.shares.supervision", about="Being supervised"
    )
    training: float = share(0.03, of="share of hours worked", evidence="time_use.shares.training", about="Training")
    protected_recovery: float = share(
        0.0,
        of="share of hours worked",
        evidence="time_use.shares.protected_recovery",
        about="Protected time for self-care and recovery",
    )
    outside_role: float = share(0.10, of="share of hours worked", evidence="time_use.outside_role", about="Other tasks")
    leave_share: float = share(
        0.09,
        of="share of paid hours",
        evidence="time_use.leave_share",
        also="PTO, vacation, sick leave",
        about="Paid time off",
    )
    absence_share: float = share(
        0.03, of="share of paid hours", evidence="time_use.absence_share", about="Absence at average burnout", le=0.5
    )
    group_size: float = given(
        6.0, unit="clients", evidence="time_use.group_size", about="Clients in a group", ge=1.0, le=50.0
    )

    @property
    def worked_share(self) -> float:
        """Share of paid hours that are worked, at average burnout."""
        return 1.0 - self.leave_share - self.absence_share


class Services(Table):
    """Describe demand and what a vacancy does to clients."""

    demand_client_hours_per_month: float | None = given(
        None,
        unit="client-hours a month",
        evidence="services.demand",
        also="demand, waiting list",
        about="Hours clients want; left out, what the base's full, experienced workforce can give",
        ge=0.0,
        le=1e8,
    )
    standard_load: float = given(
        1.1,
        unit="client-hours wanted per hour of capacity",
        evidence="services.standard_load",
        about="Load of the typical employer, at which workload is 0 SD",
        ge=0.05,
        le=10.0,
    )
    caseload_per_peer: float = given(
        15.0,
        unit="clients per peer",
        evidence="services.caseload",
        also="caseload, panel size",
        about="Clients of a full caseload",
        ge=1,
        le=500,
    )
    leave_care_share: float = share(
        0.25, of="share of broken relationships", evidence="services.leave_care", about="Clients who leave care"
    )
    months_to_regain_demand: float = given(
        6.0, unit="months", evidence="services.regain", about="Time constant for new clients to come", ge=0.1, le=120
    )
    backlog_dropout_share: float = share(
        0.3, of="share a month", evidence="services.dropout", about="Unserved hours that are given up each month"
    )
