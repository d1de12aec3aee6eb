"""What a household keeps of a changed entry wage, after taxes and benefits that phase out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sim.evidence.net_income import HOURS_PER_YEAR, NET, WITH_HEALTH, NetIncome, load_net_income
from sim.evidence.places import NATION, load_places
from sim.evidence.raises import Cliff, Raise, cliffs, raise_of
from sim.results.on_paper.wages_used import WagesUsed, wages_by_month
from sim.runs.answer import Alternative, Answer
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import month_number, month_text
from sim.words.layout import bullets, listed, paragraph, table
from sim.words.numbers import NONE, value
from sim.words.sentences import month_name

TITLE: Final = "What reaches the household"
NAMES: Final = {
    "one_adult": "one adult",
    "one_adult_one_child": "a single parent with one child",
    "one_adult_two_children": "a single parent with two children",
    "two_adults": "a couple with one paycheck",
    "two_adults_two_children": "a couple with two children and one paycheck",
}
TAKES: Final = {
    "taxes": "taxes",
    "credits": "tax credits",
    "food": "food help",
    "other": "other cash help",
    "public_cover": "Medicaid, CHIP or the like",
    "marketplace_help": "help with marketplace premiums",
}
HEADING: Final = ("Household", "Net income", "Kept", "With health cover", "Of it kept")
IN_BRIEF: Final = ("one_adult_one_child", "one_adult", "two_adults_two_children")
MOST_KINDS: Final = 3
MOST_FALLS: Final = 6
SAME: Final = 1e-6  # of a wage: below it two wages are one


@dataclass(frozen=True)
class Reached:
    """What a change of one employer's entry wage leaves in households; `raises` is empty where none is known."""

    kind: str  # empty where there is one kind of employer
    state: str
    month: str
    before: float
    after: float
    raises: tuple[Raise, ...]
    falls: tuple[tuple[str, Cliff], ...]  # between the two wages, with health cover, by household
    why_not: str

    @property
    def gross(self) -> float:
        """Return what the change is of gross pay, USD a year at full time."""
        return HOURS_PER_YEAR * (self.after - self.before)


def reached(one: Alternative, answer: Answer) -> list[Reached]:
    """Return, for each kind of employer whose entry wage an alternative changes, what of it reaches households."""
    horizon = answer.base.loaded.scenario.horizon
    start, before = month_number(horizon.start), plans(answer.base.loaded.scenario)
    own = {plan.name: plan for plan in plans(one.case.loaded.scenario)}
    found = []
    for plan in before:
        moved = _moved(plan, own[plan.name], (start, horizon.months)) if plan.name in own else None
        if moved is not None:
            first, then = moved
            kind = plan.name.replace("_", " ") if len(before) > 1 else ""
            state, month = own[plan.name].epochs[0][1].place.state, month_text(start + then.month)
            found.append(_reached((kind, state, month), first.entry, then.entry))
    return found


def _moved(before: EmployerPlan, after: EmployerPlan, when: tuple[int, int]) -> tuple[WagesUsed, WagesUsed] | None:
    """Return the wages of the first month in which they differ most, of the base and the alternative, if they do."""
    pairs = zip(wages_by_month(before, *when), wages_by_month(after, *when), strict=True)
    differing = [pair for pair in pairs if abs(_ratio(pair) - 1.0) > SAME]
    return max(differing, key=lambda pair: (round(abs(_ratio(pair) - 1.0), 6), -pair[0].month), default=None)


def _ratio(pair: tuple[WagesUsed, WagesUsed]) -> float:
    return pair[1].entry / pair[0].entry


def _reached(who: tuple[str, str, str], before: float, after: float) -> Reached:
    state = who[1]
    curves = () if state == NATION else load_net_income().of(state)
    raises = tuple(found for curve in curves if (found := raise_of(curve, before, after)) is not None)
    low, high = sorted((before, after))
    falls = tuple(
        (curve.household, one)
        for curve in curves
        for one in cliffs(curve, WITH_HEALTH)
        if low < one.high and one.low < high
    )
    return Reached(*who, before, after, raises, falls, "" if raises else why_not(state, (before, after)))


def why_not(state: str, wages: Sequence[float]) -> str:
    """Return why nothing is known of a state and wages; nothing where something is."""
    if state == NATION:
        return "Taxes and benefits are a state's: name it (place.state) to see what reaches the household."
    known = load_net_income()
    if not known.of(state):
        return f"There is no table of net income for {state}: it has the 50 states and DC, each by two letters, as PA."
    low, high = known.range()
    if any(not low <= wage <= high for wage in wages):
        return f"The table of net income holds wages from {hourly(low)} to {hourly(high)} an hour; this is outside."
    return ""


# words -------------------------------------------------------------------------------------------------------------


def household_text(answer: Answer) -> str:
    """Return what of each alternative's changed entry wage reaches households; nothing where none is changed."""
    parts: list[str] = []
    known = False
    for one in answer.alternatives:
        found = reached(one, answer)
        name = f"{one.case.name}: " if found and len(answer.alternatives) > 1 else ""
        parts += [_block(own, name) for own in found[:MOST_KINDS]]
        if len(found) > MOST_KINDS:
            parts.append(f"  and {len(found) - MOST_KINDS} more kinds of employers (--json lists all)")
        known = known or any(own.raises for own in found)
    return "\n\n".join([*parts, paragraph(how_to_read(load_net_income()), "  ")] if known else parts)


def _block(one: Reached, name: str) -> str:
    head = paragraph(f"{name}{change_in_words(one)}, {gross_in_words(one)}. {one.why_not}".rstrip(), "  ")
    if not one.raises:
        return head
    lead = paragraph("With health cover counted, a household has less at the higher wage in between:", "  ")
    falls = falls_in_words(one.falls)
    return f"{head}\n{raise_table(one.raises)}" + (f"\n{lead}\n{bullets(falls, MOST_FALLS)}" if falls else "")


def change_in_words(one: Reached) -> str:
    """Return which wage changes, where and when: `Entry wage from $24.00 to $29.00 an hour (Ohio, July 2027)`."""
    known = load_places().get(one.state)
    where = "" if one.state == NATION else f"{one.state if known is None else known.name}, "
    who = f" of {one.kind}" if one.kind else ""
    return f"Entry wage{who} from {hourly(one.before)} to {hourly(one.after)} an hour ({where}{month_name(one.month)})"


def gross_in_words(one: Reached) -> str:
    """Return what the change is of gross pay: `$10,400 more gross a year, full time`."""
    return f"{gross_told(one.gross)}, full time"


def gross_told(gross: float) -> str:
    """Return gross pay to the dollar, which is arithmetic: `$12,480 more gross a year`."""
    return f"${abs(gross):,.0f} {'more' if gross >= 0 else 'less'} gross a year"


def raise_table(raises: Sequence[Raise]) -> str:
    """Return what of a raise is kept by each household, with and without health cover, as text."""
    return table((f"  {HEADING[0]}", *HEADING[1:]), [(f"  {who}", *cells) for who, *cells in raise_rows(raises)])


def raise_rows(raises: Sequence[Raise]) -> list[tuple[str, ...]]:
    """Return the rows under HEADING."""
    return [
        (
            NAMES[one.household],
            usd(one.moved[NET], signed=True),
            _share(one.kept(NET)),
            usd(one.moved[WITH_HEALTH], signed=True),
            _share(one.kept(WITH_HEALTH)),
        )
        for one in raises
    ]


def falls_in_words(falls: Sequence[tuple[str, Cliff]]) -> list[str]:
    """Return cliffs in a line each, by household: where it falls, by how much, what takes it, when it is made good."""
    return [f"{NAMES[household]}: {cliff_in_words(one)}" for household, one in falls]


def cliff_in_words(one: Cliff) -> str:
    """Return a cliff: `from $18.00 to $18.50 an hour $8,340 a year less (mostly …), made good at $24.90`."""
    where = f"from {hourly(one.low)} to {hourly(one.high)} an hour"
    made_good = "not made good up to the highest wage here"
    if one.regained is not None:
        made_good = f"made good at {hourly(one.regained)}"
    return f"{where} {usd(one.lost)} a year less (mostly {TAKES[one.takes]}), {made_good}"


def how_to_read(known: NetIncome) -> str:
    """Return what the numbers hold and what they do not."""
    return (
        f"Worked out once by PolicyEngine ({known.program} {known.version}) for the tax and benefit rules of "
        f"{known.year}: {HOURS_PER_YEAR:,} paid hours, no other income, no rent, child care or savings stated, all "
        "help taken up to which there is a right. With health cover counted, Medicaid is worth a share by age of all "
        "that the state's Medicaid spends, on old and disabled people too: more than a working family's cover costs, "
        "so falls where it ends are too deep. Who has cover from an employer has no help with marketplace premiums to "
        "lose. Assumptions and limits: docs/household.md."
    )


def in_short() -> str:
    """Return what the numbers rest on in a sentence."""
    known = load_net_income()
    return (
        f"After taxes and benefits at the rules of {known.year} (PolicyEngine); falls where Medicaid ends are too deep "
        "(`peerstay household`)."
    )


def brief_sentences(one: Alternative, answer: Answer) -> Iterator[str]:
    """Yield a sentence for each changed entry wage: what a single parent keeps, and of one alternative two others."""
    named = IN_BRIEF if len(answer.alternatives) == 1 else IN_BRIEF[:1]
    for own in reached(one, answer):
        by_name = {found.household: found for found in own.raises}
        told = [kept_in_words(by_name[name]) for name in named if name in by_name]
        if told:
            yield f"{change_in_words(own)}: of {gross_in_words(own)}, {listed(told)}."


def kept_in_words(one: Raise) -> str:
    """Return `one adult keeps $7,730 (with health cover counted $5,950)`; of a cut, what is lost.

    An amount of the other sign is told by its own verb: `one adult keeps $380 (with health cover counted it loses $9)`.
    """
    sign, verb, other = (1.0, "keeps", "loses") if one.gross >= 0 else (-1.0, "loses", "gains")
    net, health = (sign * one.moved[name] for name in (NET, WITH_HEALTH))
    first = f"{other if net < 0 else verb} {usd(abs(net))}"
    second = usd(abs(health)) if (health < 0) == (net < 0) else f"it {other if health < 0 else verb} {usd(abs(health))}"
    return f"{NAMES[one.household]} {first} (with health cover counted {second})"


def _share(kept: float | None) -> str:
    return NONE if kept is None else value(kept, "share")


def hourly(usd_per_hour: float) -> str:
    """Return a wage in dollars and cents."""
    return value(usd_per_hour, "USD/hour")


def usd(amount: float, *, signed: bool = False) -> str:
    """Return dollars a year in three digits."""
    return value(amount, "USD", signed=signed)
