"""Name the assumptions of grade C or D that a comparison leans on."""

from __future__ import annotations

from collections.abc import Iterable

from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import Effect, load_effects
from sim.scenario.describe import inputs
from sim.scenario.differences import Difference

WEAK = frozenset("CD")
WAGE = ("pay_adequacy", "log_wage_over_outside_wage")
LOAD = ("workload", "team_exits_3_months")
CAUSES_OF = {  # table of a changed input → causes that it moves
    "pay": (*WAGE, "prospects"),
    "place": (*WAGE, "rural"),
    "posts": (*LOAD, "full_time"),
    "ladder": ("prospects", "peer_background_of_supervisor", "supervisor_support", *WAGE),
    "benefits": ("benefits",),
    "time_use": ("out_of_role_work", *LOAD),
    "services": LOAD,
    "funding": ("funding_certainty", *LOAD),
    "rules": ("funding_certainty", *LOAD),
    "recruitment": LOAD,
}
ACTS_THROUGH = {  # table of a changed input → evidence keys of what carries the change on
    "pay": ("turnover.wage_response", "recruitment.wage_elasticity", "pay.adequacy"),
    "place": ("turnover.wage_response", "pay.adequacy"),
    "ladder": ("ladder.pay", "ladder.months_in_rung_below"),
    "time_use": ("time_use.shares", "services.standard_load"),
    "practices": ("practices.level", "practices.penalty"),
    "funding": ("rules.yearly_budget.productivity", "rules.freeze", "rules.layoffs", "services.standard_load"),
    "rules": ("rules.yearly_budget.productivity", "rules.freeze", "rules.layoffs"),
    "services": ("services.standard_load", "services.dropout", "services.leave_care"),
    "recruitment": ("recruitment.wage_elasticity", "recruitment.ramp_up_months"),
    "turnover": ("turnover.wage_response", "turnover.tenure_shape"),
}
SUPERVISION = ("other_supervisors_fte", "peers_per_supervisor_standard", "penalty_sd_per_doubling")


def effects_at_work(changes: Iterable[Difference]) -> list[Effect]:
    """Return the weak effects of causes that the changed inputs move, the weakest and largest first."""
    moved = {cause for change in changes for cause in _causes(_address(change.path))}
    return _ordered(effect for effect in load_effects().values() if effect.cause in moved)


def all_effects() -> list[Effect]:
    """Return all weak effects, the weakest and largest first."""
    return _ordered(load_effects().values())


def _ordered(effects: Iterable[Effect]) -> list[Effect]:
    weak = [effect for effect in effects if effect.grade in WEAK and effect.effect != 0]
    return sorted(weak, key=lambda effect: (effect.grade != "D", -abs(effect.effect)))


def _causes(address: tuple[str, ...]) -> tuple[str, ...]:
    if address[0] == "practices":
        return ("supervisor_support",) if address[-1] in SUPERVISION else address[1:2]
    if address[0] == "effects":
        return address[1:2]
    return CAUSES_OF.get(address[0], ())


def _address(path: str) -> tuple[str, ...]:
    """Return the parts of an address inside the tables of an employer."""
    parts = tuple(path.split("."))
    return parts[2:] if parts[0] == "employer" and len(parts) > 2 else parts


def cards_at_work(changes: Iterable[Difference]) -> list[Card]:
    """Return the weak cards of what a comparison takes as given.

    What an alternative states is its own decision. Behind it stand the inputs that a new table leaves at their
    default, and those through which a change of its table acts.
    """
    keys: set[str] = set()
    for change in changes:
        address = _address(change.path)
        keys |= {*ACTS_THROUGH.get(address[0], ()), *_left_at_default(address, change.to)}
    return _weak_cards(keys)


def all_cards() -> list[Card]:
    """Return the weak cards of all inputs that are estimates."""
    return _weak_cards(set(load_cards()))


def _weak_cards(keys: set[str]) -> list[Card]:
    known = load_cards()
    cards = [known[key] for key in sorted(keys) if key in known]
    weak = [card for card in cards if card.grade in WEAK and card.kind == "estimate"]
    return sorted(weak, key=lambda card: card.grade != "D")


def _left_at_default(address: tuple[str, ...], value: object) -> set[str]:
    """Return the evidence keys of the inputs of a new table that it does not state itself."""
    if not isinstance(value, dict):
        return set()
    found = set()
    for given in inputs():
        pattern = tuple(given.path.replace("[]", "").split("."))
        inside = pattern[len(address) :]
        own_kind = given.kind in ("", value.get("kind", ""))
        if _matches(pattern[: len(address)], address) and own_kind and inside and inside[0] not in value:
            found.add(given.evidence)
    return found


def _matches(pattern: tuple[str, ...], address: tuple[str, ...]) -> bool:
    same = len(pattern) == len(address)
    return same and all(wanted.startswith("<") or wanted == part for wanted, part in zip(pattern, address, strict=True))


def effect_in_words(effect: Effect) -> str:
    """Return an effect with its range and grade."""
    to_exit = effect.outcome in OUTCOMES
    unit = "in log hazard per SD" if to_exit else "SD per SD"
    cause, outcome = effect.cause.replace("_", " "), OUTCOMES.get(effect.outcome, effect.outcome.replace("_", " "))
    low, value, high = (signed(number) for number in (effect.low, effect.effect, effect.high))
    return f"{cause} → {outcome}: {value} ({low} to {high}) {unit}, grade {effect.grade}"


def card_in_words(card: Card) -> str:
    """Return an input's value as far as it is one, with its range and grade."""
    if card.value is None or card.low is None or card.high is None:
        return f"{card.title}: grade {card.grade}"
    scale, sign, unit = _shown_in(card.unit)
    low, value, high = (_amount(scale * number, sign) for number in (card.low, card.value, card.high))
    return f"{card.title}: {value} ({low} to {high}) {unit}".rstrip() + f", grade {card.grade}"


def _amount(number: float, sign: str) -> str:
    cents = sign and number != round(number)
    return f"{'−' if number < 0 else ''}{sign}{format(abs(number), ',.2f' if cents else ',g')}"


def _shown_in(unit: str) -> tuple[float, str, str]:
    """Return what a number is multiplied by, what stands before it and behind it: shares in per cent, dollars as $."""
    first, _, rest = unit.partition(" ")
    if first in ("share", "chance") and unit != "share above":
        return 100.0, "", f"% {rest}".strip()
    if first.startswith("USD"):
        return 1.0, "$", f"{first.removeprefix('USD').replace('/hour', 'an hour')} {rest}".strip()
    return 1.0, "", unit


def signed(number: float) -> str:
    """Return a number with two decimals and its sign."""
    return f"{number:+.2f}".replace("-", "−") if number else "0"


OUTCOMES = {"exit_voluntary": "leaving by choice", "return_to_use": "return to use"}
