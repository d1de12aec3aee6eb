"""Sources of money, a file a kind: what it may pay, bills, brings and comes to owe.

Here alone a kind is told from another; elsewhere ask for the sources of a kind, or ask a source.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, TypeVar, get_args

from pydantic import Field

from sim.scenario.fields import Name
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.scenario.tables.funding.source import PayingSource

Source = Annotated[FeeForService | ProspectivePayment | Grant | ScheduledFund, Field(discriminator="kind")]
Funding = dict[Name, Source]
Kind = TypeVar("Kind", bound=PayingSource)
KINDS_OF_MONEY: Final[Mapping[str, type[PayingSource]]] = MappingProxyType(
    {one.model_fields["kind"].default: one for one in get_args(get_args(Source)[0])}
)


def known_as(kind: type[Kind], source: PayingSource) -> Kind:
    """A source that is known to be of a kind."""
    if not isinstance(source, kind):
        raise TypeError(f"{source!r} is not a {kind.__name__}")
    return source


def grants_of(funding: Mapping[str, Source]) -> dict[str, Grant]:
    """Grants among sources of money, by name."""
    return {name: one for name, one in funding.items() if isinstance(one, Grant)}


def claims_of(funding: Mapping[str, Source]) -> dict[str, FeeForService | ProspectivePayment]:
    """Sources that pay for work that is billed, by name."""
    return {name: one for name, one in funding.items() if isinstance(one, FeeForService | ProspectivePayment)}


def paid_by_the_unit(funding: Mapping[str, Source]) -> dict[str, FeeForService]:
    """Sources that pay by the unit of 15 minutes, by name."""
    return {name: one for name, one in funding.items() if isinstance(one, FeeForService)}


def prospective_in(funding: Mapping[str, Source]) -> dict[str, ProspectivePayment]:
    """Sources that pay by the visit-day or the member-month, by name."""
    return {name: one for name, one in funding.items() if isinstance(one, ProspectivePayment)}


def scheduled_in(funding: Mapping[str, Source]) -> dict[str, ScheduledFund]:
    """Funds that pay dated amounts, by name."""
    return {name: one for name, one in funding.items() if isinstance(one, ScheduledFund)}
