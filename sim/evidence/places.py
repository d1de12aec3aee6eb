"""What work pays and living costs in a state: neighboring wages, minimum wage, rents, prices, Medicaid's match."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from statistics import median
from types import MappingProxyType

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, Row, read_rows

NATION = "US"
FEDERAL_MINIMUM_WAGE_USD_PER_HOUR = 7.25
RENT_SHARE_OF_INCOME = 0.30
MONTHS_PER_YEAR = 12
HOURS_PER_YEAR = 2080
ONE_ADULT_BEDROOMS = 1
WAGES_OF = "2023-05"  # the month of the wages in data/places.csv (OEWS, May 2023)
RENTS_OF = "2026-04"  # the middle of fiscal year 2026, of its rents (HUD, October 2025 to September 2026)

OCCUPATIONS = MappingProxyType(
    {
        "21_1093": "Social and human service assistants",
        "21_1094": "Community health workers",
        "21_1018": "Substance use, behavioral disorder and mental health counselors",
        "41_2031": "Retail salespersons",
        "53_7065": "Stockers and order fillers",
        "31_1120": "Home health and personal care aides",
        "11_9151": "Social and community service managers",
    }
)
NEIGHBOURING = ("21_1093", "21_1094")
ELSEWHERE = ("41_2031", "53_7065", "31_1120")
WAGES = tuple(f"wage_{code}_usd_per_hour" for code in OCCUPATIONS)
RENTS = tuple(f"fmr_{bedrooms}br_usd_per_month" for bedrooms in range(3))
QUARTERS = ("fmr_1br_lower_usd_per_month", "fmr_1br_upper_usd_per_month")  # a quarter of the people live below, above
OTHERS = ("minimum_wage_usd_per_hour", "rpp_all_items", "rpp_housing")
FEDERAL_SHARE = "medicaid_federal_share"
LEAST_FEDERAL_SHARE = 0.50  # of Medicaid in any state
NUMBERS = (*WAGES, *OTHERS, *RENTS, FEDERAL_SHARE, *QUARTERS)
COLUMNS = ("state", "name", *NUMBERS)


@dataclass(frozen=True, slots=True)
class Place:
    """One state, the District of Columbia, or the nation.

    wages_usd_per_hour: mean wage May 2023 by occupation code; no code holds peers alone.
    fair_market_rents_usd_per_month: FY2026 by number of bedrooms, where the middle one of the state's people lives.
    one_bedroom_quarters: USD a month, of one bedroom, the rents below and above which a quarter of the people live.
    price_parity: all items 2023, US = 100; housing_price_parity likewise.
    medicaid_federal_share: regular federal share of Medicaid, FY2026; of the nation the least that any state gets.
    """

    state: str
    name: str
    wages_usd_per_hour: Mapping[str, float]
    minimum_wage_usd_per_hour: float
    fair_market_rents_usd_per_month: tuple[float, ...]
    one_bedroom_quarters: tuple[float, ...]
    price_parity: float
    housing_price_parity: float
    medicaid_federal_share: float

    @property
    def neighboring_wage_usd_per_hour(self) -> float:
        """Return the mean of the two occupations nearest to peers."""
        return self._mean(NEIGHBOURING)

    @property
    def elsewhere_wage_usd_per_hour(self) -> float:
        """Return the mean of what is open to anyone: sales, stocking, home care."""
        return self._mean(ELSEWHERE)

    @property
    def housing_wage_usd_per_hour(self) -> float:
        """Return the housing wage of the state's one-bedroom rent."""
        return housing_wage_usd_per_hour(self.fair_market_rents_usd_per_month[ONE_ADULT_BEDROOMS])

    def rent_over_one_adult(self, bedrooms: int) -> float:
        """Return the state's rent for so many bedrooms over its rent for the one of one adult."""
        return self.fair_market_rents_usd_per_month[bedrooms] / self.fair_market_rents_usd_per_month[ONE_ADULT_BEDROOMS]

    def _mean(self, codes: tuple[str, ...]) -> float:
        return sum(self.wages_usd_per_hour[code] for code in codes) / len(codes)


def housing_wage_usd_per_hour(fmr_usd_per_month: float) -> float:
    """Return the full-time wage at which a rent takes 30 % of pay before tax."""
    return fmr_usd_per_month / RENT_SHARE_OF_INCOME * MONTHS_PER_YEAR / HOURS_PER_YEAR


def place(state: str) -> Place:
    """Return a place by two-letter code, or the nation for US; raise EvidenceError for an unknown one."""
    places = load_places()
    if state not in places:
        raise EvidenceError(f"no place {state!r} in {shown(DATA / 'places.csv')}{_hint(state, places)}")
    return places[state]


@cache
def load_places() -> Mapping[str, Place]:
    """Return the 51 areas of data/places.csv and the nation by code."""
    rows = list(read_rows(DATA / "places.csv", COLUMNS))
    numbers = [{column: row.number(column) for column in NUMBERS} for row in rows]
    places = {row.text("state"): _place(row, given) for row, given in zip(rows, numbers, strict=True)}
    return MappingProxyType(places | {NATION: _nation(numbers)})


def _place(row: Row, numbers: Mapping[str, float]) -> Place:
    return _built(row.text("state"), row.text("name"), numbers)


def _nation(areas: list[dict[str, float]]) -> Place:
    """Return the median area, with the federal minimum wage, the least match and prices of 100 by definition."""
    middle = {column: median(area[column] for area in areas) for column in NUMBERS}
    known = {
        "minimum_wage_usd_per_hour": FEDERAL_MINIMUM_WAGE_USD_PER_HOUR,
        FEDERAL_SHARE: LEAST_FEDERAL_SHARE,
    }
    return _built(NATION, "United States", middle | known | {"rpp_all_items": 100.0, "rpp_housing": 100.0})


def _built(state: str, name: str, numbers: Mapping[str, float]) -> Place:
    wages = {code: numbers[column] for code, column in zip(OCCUPATIONS, WAGES, strict=True)}
    return Place(
        state=state,
        name=name,
        wages_usd_per_hour=MappingProxyType(wages),
        minimum_wage_usd_per_hour=numbers["minimum_wage_usd_per_hour"],
        fair_market_rents_usd_per_month=tuple(numbers[column] for column in RENTS),
        one_bedroom_quarters=tuple(numbers[column] for column in QUARTERS),
        price_parity=numbers["rpp_all_items"],
        housing_price_parity=numbers["rpp_housing"],
        medicaid_federal_share=numbers[FEDERAL_SHARE],
    )


def _hint(state: str, places: Mapping[str, Place]) -> str:
    codes = {name.casefold(): code for code, known in places.items() for name in (code, known.name)}
    near = get_close_matches(state.strip().casefold(), codes, n=1, cutoff=0.8)
    return f"; did you mean {codes[near[0]]!r}?" if near else "; use a two-letter code such as 'MD', or 'US'"
