"""How old a figure is, and whether it has passed its shelf life."""

from dataclasses import dataclass

from sim.evidence.cards import Card

MONEY_YEARS = 1  # wages, rates, rents, costs: they move with every budget
TERMS_YEARS = 2  # what payers, legislatures and employers decide
CONDUCT_YEARS = 10  # how people and organizations behave, as studies find it
DECIDED = frozenset({"place", "posts", "positions", "ladder", "pay", "benefits", "funding", "rules"})


@dataclass(frozen=True, slots=True)
class Age:
    """The year of a figure, how long such a figure holds, and how old it is now."""

    year: int
    shelf_years: int
    years: int

    @property
    def past(self) -> bool:
        """Whether the figure is older than its shelf life."""
        return self.years > self.shelf_years


def age_of_card(card: Card, this_year: int) -> Age | None:
    """Return the age of a card's figure; None where it bears no year."""
    return None if card.year is None else Age(card.year, shelf_years(card), this_year - card.year)


def age_of_study(year: int | None, this_year: int) -> Age | None:
    """Return the age of an effect, whose year is that of its study; None where it bears no year."""
    return None if year is None else Age(year, CONDUCT_YEARS, this_year - year)


def shelf_years(card: Card) -> int:
    """Return after how many years such a figure has to be looked up again."""
    if card.unit.startswith("USD"):
        return MONEY_YEARS
    return TERMS_YEARS if card.key.partition(".")[0] in DECIDED else CONDUCT_YEARS
