"""Describe when, how often and where: horizon, experiment, place and the market that employers make."""

from __future__ import annotations

from types import MappingProxyType

from sim.scenario.fields import LOWEST_WAGE, Month, Name, Table, given, share

NO_SOURCE = ""


class Horizon(Table):
    """When the projection starts and how long it runs."""

    start: Month = given("2027-01", unit="month", evidence="horizon.start", about="First month of the projection")
    months: int = given(60, unit="months", evidence="horizon.months", about="Length of the projection", ge=1, le=600)
    warm_up_months: int = given(
        60,
        unit="months",
        evidence="horizon.warm_up_months",
        about="Months lived before the start, with cash rules off, so that the opening workforce is lived-in",
        ge=0,
        le=240,
    )


class Experiment(Table):
    """How often the projection is repeated, and with which random seed."""

    replications: int = given(
        200, unit="replications", evidence="experiment.replications", about="Repetitions", ge=1, le=1_000_000
    )
    seed: int = given(1, unit="seed", evidence="experiment.seed", about="Random seed", ge=0, lt=2**63)
    feedback: bool = given(
        True,
        unit="yes/no",
        evidence="experiment.feedback",
        about="Let vacancies, colleagues' exits, empty supervisor posts and funding ends act back on the peers",
    )


class Household(Table):
    """Describe one household type among the workforce, and what its living wage is.

    Its own figure comes first, then its own ratio, then what the bedrooms it needs cost.
    """

    share: float = share(of="share of peers", evidence="place.households.share", about="Share of peers who live so")
    bedrooms: int = given(
        1,
        unit="bedrooms",
        evidence="place.households.bedrooms",
        about="Bedrooms this household needs: its living wage is that of one adult, times the state's rent for so many "
        "bedrooms over its rent for one",
        ge=0,
        le=2,
        decided=True,
    )
    living_wage_ratio: float | None = given(
        None,
        unit="ratio",
        evidence="place.households.living_wage_ratio",
        about="This household's living wage over that of one adult; left out, the bedrooms decide",
        ge=0.1,
        le=10.0,
    )
    living_wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="place.households.own_living_wage",
        about="This household's own living wage at the start; left out, ratio or bedrooms decide",
        ge=LOWEST_WAGE,
        le=500.0,
    )
    living_wage_source: str = given(
        NO_SOURCE,
        unit="text",
        evidence="place.households.own_living_wage",
        about="Source and year of this household's living wage or ratio",
    )


DEFAULT_HOUSEHOLDS = MappingProxyType({"one_adult": Household(share=1.0)})


class Place(Table):
    """Describe the labor market and the cost of living around the employer."""

    state: str = given(
        "US", unit="code", evidence="place.state", about="State; a two-letter code, or US", pattern=r"^[A-Z]{2}$"
    )
    area: str = given("", unit="text", evidence="place.area", about="County, city or region, in words")
    living_wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="place.living_wage_usd_per_hour",
        about="Living wage of one adult; left out, the housing wage of the state's one-bedroom rent is used",
        ge=LOWEST_WAGE,
        le=200.0,
        grows=True,
    )
    living_wage_source: str = given(
        NO_SOURCE,
        unit="text",
        evidence="place.living_wage_usd_per_hour",
        about="Source and year of the living wage that was typed in",
    )
    living_wage_growth_per_year: float = given(
        0.03, unit="share a year", evidence="place.growth", about="Yearly growth of the living wage", ge=-0.1, le=0.25
    )
    outside_wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="place.outside_wage_usd_per_hour",
        also="competing wage, market wage",
        about="Wage a peer could earn elsewhere; left out, the state's mean of retail sales, stocking, home care",
        ge=LOWEST_WAGE,
        le=200.0,
        grows=True,
    )
    outside_wage_growth_per_year: float = given(
        0.03, unit="share a year", evidence="place.growth", about="Yearly growth of the outside wage", ge=-0.1, le=0.25
    )
    minimum_wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="place.minimum_wage_usd_per_hour",
        about="Legal minimum wage; left out, the state's is used",
        ge=0.0,
        le=100.0,
        grows=True,
    )
    minimum_wage_growth_per_year: float = given(
        0.0,
        unit="share a year",
        evidence="place.growth.minimum_wage",
        about="Yearly growth of the minimum wage",
        ge=-0.1,
        le=0.25,
    )
    rural: bool = given(False, unit="yes/no", evidence="place.rural", about="Whether the employer is rural")
    non_white_share: float = share(
        0.4, of="share of peers", evidence="place.groups", about="Share of peers who are not White", decided=True
    )
    black_share: float = share(
        0.2,
        of="share of peers",
        evidence="place.groups.black",
        about="Share of peers who are Black (part of the above)",
        decided=True,
    )
    households: dict[Name, Household] = given(
        dict(DEFAULT_HOUSEHOLDS),
        unit="table",
        evidence="place.households.share",
        about="Household types of the workforce; their shares add to 1",
    )


class Market(Table):
    """Whether employers of a portfolio compete: for wages' sake alone, or for people of whom there are so many."""

    employers_meet: bool = given(
        False,
        unit="yes/no",
        evidence="market.employers_meet",
        about="Let what the other employers of the portfolio pay be part of an employer's outside wage; the outside "
        "wage typed for the place then stands for other fields",
    )
    reach_share: float = share(
        0.27,
        of="share of quitters who take another peer job",
        evidence="market.reach",
        about="Who look for another peer job in every area of the portfolio, not in their own (place.area) alone",
    )
    people_move: bool = given(
        False,
        unit="yes/no",
        evidence="market.people_move",
        about="Let employers that meet hire one another's leavers, and fill their other vacancies from a pool with so "
        "many people and no more",
    )
    pool_per_post: float = given(
        0.82,
        unit="people per budgeted post",
        evidence="market.pool",
        about="People of an area who could take a peer job and have none, at the start",
        ge=0.0,
        le=100.0,
    )
    trained_share_per_year: float = given(
        0.25,
        unit="share of the pool at the start a year",
        evidence="market.trained",
        about="People newly trained, who join the pool through the year",
        ge=0.0,
        le=10.0,
    )
    leave_field_share_per_year: float = share(
        0.25,
        of="share of the pool a year",
        evidence="market.leave_field",
        about="People of the pool who leave the field for good",
    )
    pool_elasticity: float = given(
        0.5,
        unit="elasticity",
        evidence="market.pool_elasticity",
        about="Of time to fill to the pool at the start over the pool there is",
        ge=0.0,
        le=3.0,
    )
