"""The ladder: its rungs, what they pay, and who is promoted to them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import LOWEST_WAGE, Name, Table, given, share


class RaiseOverBelow(Table):
    """Set a rung's wage as a raise over the rung below."""

    kind: Literal["raise"] = "raise"
    share: float = share(0.19, of="share of the wage below", evidence="ladder.pay", about="Raise", le=5.0, decided=True)


class WageAmount(Table):
    """Set a rung's wage as an amount."""

    kind: Literal["amount"] = "amount"
    usd_per_hour: float = given(
        unit="USD/hour", evidence="ladder.pay.amount", about="Wage", ge=LOWEST_WAGE, le=500.0, grows=True
    )


class OpenSlots(Table):
    """Everyone who qualifies is promoted."""

    kind: Literal["open"] = "open"


class NumberOfSlots(Table):
    """Fund a number of slots."""

    kind: Literal["number"] = "number"
    number: int = given(unit="slots", evidence="ladder.slots", about="Funded slots", ge=0, le=100_000)


class ShareOfPosts(Table):
    """Fund slots as a share of the funded posts."""

    kind: Literal["share"] = "share"
    share: float = share(of="share of funded posts", evidence="ladder.slots", about="Slots over funded posts")


class OnePerPeers(Table):
    """Fund one slot for each so many peers."""

    kind: Literal["per_peers"] = "per_peers"
    peers: float = given(
        unit="peers per slot", evidence="ladder.slots", about="Peers in post per slot", ge=1.0, le=1000
    )


class ChanceOfPromotion(Table):
    """Promote by chance instead of by slots: so many of those who qualify, each month."""

    kind: Literal["chance"] = "chance"
    per_month: float = share(
        of="chance a month", evidence="ladder.slots", about="Chance of those who qualify to be promoted at a close"
    )


Slots = OpenSlots | NumberOfSlots | ShareOfPosts | OnePerPeers | ChanceOfPromotion


class Rung(Table):
    """Describe a rung above the entry rung."""

    step: int = given(
        unit="order", evidence="ladder.step", about="Place in the ladder: 1 is next above entry", ge=1, le=5
    )
    title: str = given("", unit="text", evidence="ladder.step", about="Title in words")
    pay: Annotated[RaiseOverBelow | WageAmount, Field(discriminator="kind")] = given(
        RaiseOverBelow(), unit="kind", evidence="ladder.pay.kind", about="How the wage is set: raise or amount"
    )
    slots: Annotated[Slots, Field(discriminator="kind")] = given(
        OpenSlots(),
        unit="kind",
        evidence="ladder.slots",
        about="Funded slots: open, number, share, per_peers or chance",
    )
    months_in_rung_below: float = given(
        12.0,
        unit="months",
        evidence="ladder.months_in_rung_below",
        also="time to promotion",
        about="Time needed in the rung below",
        ge=0,
        le=240,
        decided=True,
    )
    certificate_required: bool = given(
        True, unit="yes/no", evidence="ladder.certificate_required", about="Whether the certificate is needed"
    )
    supervising_share: float = share(
        0.0, of="share of hours", evidence="ladder.supervising_share", about="Share of time spent supervising peers"
    )


Ladder = dict[Name, Rung]


class Prospects(Table):
    """What peers see in a ladder, and how hope fades where nothing comes of it (docs/model.md, section 5)."""

    good_raise_share: float = given(
        0.2,
        unit="share of the wage",
        evidence="prospects.good_raise",
        about="Raise to the next rung that lifts prospects by 1 SD",
        ge=0.01,
        le=2.0,
    )
    most_reach_sd: float = given(
        1.5, unit="SD", evidence="prospects.most_reach", about="Most that a next rung lifts prospects", ge=0.0, le=5.0
    )
    patience_months: float = given(
        24.0,
        unit="months",
        evidence="prospects.patience",
        about="Patience for a next rung",
        ge=1.0,
        le=240.0,
    )
    no_slot_months: float = given(
        24.0,
        unit="months",
        evidence="prospects.no_slot",
        about="Wait expected where no slot is free",
        ge=0.0,
        le=240.0,
    )
    fade_sd: float = given(
        0.4,
        unit="SD",
        evidence="prospects.fade",
        about="Prospects lost where nothing lies ahead",
        ge=0,
        le=3,
    )
    fade_months: float = given(
        12.0,
        unit="months",
        evidence="prospects.fade_months",
        about="Time in a rung until prospects are lost",
        ge=1,
        le=120,
    )
