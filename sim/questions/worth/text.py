"""What a served client must avoid for a change to pay for itself, as text and as plain values for JSON.

Break-even comes first; docs/worth.md explains the keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.worth.worth import ALL, AMOUNTS, Case, Finding, Single, Worth, hours_a_year, way
from sim.results.spreads import Spread
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.scenario.timeline import plans
from sim.words.as_json import Shape, made_by
from sim.words.differences import hundredths, on_its_side
from sim.words.futures import OF_100, range_name, ranges_told, runs_told
from sim.words.layout import Told, bullets, clipped, command_lines, counted, paragraph, section, table
from sim.words.numbers import value
from sim.words.ranges import mean_told, span

USD: Final = "USD"
NAMES: Final = {
    ALL: "all payers", "federal": "the federal government", "state": "the state general fund",
    "county": "counties", "other": "other payers",
}  # fmt: skip
EMPLOYER: Final = "the employer"
SPENT: Final = {
    ALL: "Spent, all", "federal": "Spent, federal", "state": "Spent, state", "county": "Spent, county",
    "other": "Spent, other",
}  # fmt: skip
ROWS: Final = ("  payers", "  the employer's own money", "  kept by it, not counted")
NAME_WIDTH: Final = 40
LEFT: Final = "Left over"  # averted less spent; longer headings are cut
SAID: Final[dict[Finding, str]] = {
    "needs": "pays for its {whole} cost to {whom} if a served client avoids {needed} a year or more{span}.",
    "gives up": "costs {whom} less and serves fewer clients: it is a saving only if a served client avoids less than "
    "{needed} a year{span}.",
    "free": "costs {whom} {no_more} and serves {no_fewer} clients: nothing has to be avoided for it.",
    "cannot": "costs {whom} {no_less} and serves {none_more} clients: what clients avoid cannot pay for it.",
    "unclear": "is open: {hidden} told from these {runs}. Best estimates, with intervals of the mean: {spent} and "
    "{served} client-years. Make more runs, or a larger change.",
}
TOGETHER: Final = "say what a served client avoids a year, and where that comes from"
LIMITS: Final = (
    (
        "What clients avoid is spent elsewhere (emergency rooms, hospital days, courts, jails), often by somebody "
        "else. This is no part of a fiscal note, and peerstay fiscal leaves it out."
    ),
    (
        "Every month of a client in care counts the same, whoever the peer is and however often the peer changes. "
        "Studies of what peers avert rarely compare alike groups; a worth from one without a comparison group is "
        "likely too high."
    ),
    "Spending and a typed worth are in dollars of each year and not discounted.",
)


def worth_text(worth: Worth, command: str) -> str:
    """Return the answer as text."""
    parts = [
        paragraph(f"WHAT A SERVED CLIENT MUST AVOID: {worth.answer.base.title}"),
        paragraph(" ".join([*how_told(worth), *_nothing_typed(worth)])),
        section(f"BREAK-EVEN, {counting(worth)}", bullets(sentences(worth))),
        section(f"BEHIND IT, {counting(worth)}", table(*behind_told(worth))),
        section(f"WITH THE WORTH THAT WAS TYPED, {counting(worth)}", _typed(worth)),
        section("READ THIS FIRST", bullets(LIMITS)),
        section("HOW TO MAKE IT AGAIN", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def whom(worth: Worth) -> str:
    """Return whose spending has to come back."""
    return f"{NAMES[ALL]} and {EMPLOYER}" if worth.payer == ALL else NAMES[worth.payer]


def counting(worth: Worth) -> str:
    """Return what is counted, to stand behind a title."""
    return f"by the cost to {whom(worth)}"


def how_told(worth: Worth) -> list[str]:
    """Return how the numbers were found and what their ranges mean."""
    months, answer = worth.answer.base.loaded.scenario.horizon.months, worth.answer
    told = [f"Means of {runs_told(answer)} over {counted(months, 'month')}. Spending is {_spending(worth)}"]
    told.append(
        f"A client-year is as many hours with a peer as a client takes in twelve months{_hours(answer.base.loaded)}: "
        "where no more hours are delivered, no client more is served."
    )
    if answer.alternatives:
        told.append("Alternatives are shown as differences from the base.")
    if answer.alternatives or answer.settings.unknowns:
        told.append(ranges_told(answer, "column"))
    if answer.settings.replications == 1:
        told.append("One run shows one possible future and no range: it supports no conclusion.")
    return told


def _spending(worth: Worth) -> str:
    if worth.payer != ALL:
        return f"what {NAMES[worth.payer]} will owe; what others and {EMPLOYER} pay is left out."
    return (
        f"what {NAMES[ALL]} will owe, and what {EMPLOYER} pays out of its own cash: cost above what payers owe. What "
        "it gains comes back to no payer and is taken off nothing."
    )


def _hours(base: Loaded) -> str:
    """Return how many hours a client takes, where all kinds of employers have it in common."""
    hours = {round(float(hours_a_year(plan.epochs[0][1])), 6) for plan in plans(base.scenario)}
    return f" ({hours.pop():,.0f} in the base as it is written)" if len(hours) == 1 else ""


def _nothing_typed(worth: Worth) -> list[str]:
    told = "No worth was typed, so none is assumed: --averted USD --source TEXT adds one."
    return [told] if worth.typed is None else []


def sentences(worth: Worth, names: Sequence[str] = ()) -> list[str]:
    """Return what a served client must avoid, a sentence for each scenario, under its own name or another."""
    return [_said(worth, case, name) for case, name in enumerate(names or _names(worth))]


def _names(worth: Worth) -> list[str]:
    return [clipped(case.name, NAME_WIDTH) for case in worth.answer.cases]


def _said(worth: Worth, case: int, name: str) -> str:
    own = worth.cases[case]
    spending, clients = way(own.spent), way(own.served)
    words = {
        "whom": whom(worth),
        "whole": "added" if case else "whole",
        "needed": mean_told(own.told.needed, USD),
        "span": "" if own.single is not None else _in_brackets(span(own.needed, USD)),
        "no_more": {"less": "less"}.get(spending, "no more"),
        "no_less": {"more": "more"}.get(spending, "no less"),
        "no_fewer": {"more": "more"}.get(clients, "no fewer"),
        "none_more": {"less": "fewer"}.get(clients, "no more"),
        "hidden": _hidden(worth, own),
        "runs": "futures" if worth.answer.settings.unknowns else "runs",
        "spent": _with_interval(own.spent, USD, case),
        "served": _with_interval(own.served, "client-years", case),
    }
    average = "on average " if own.single is not None and own.finding != "unclear" else ""
    return " ".join((name, f"{average}{SAID[own.finding].format(**words)}", *_in_futures(own)))


def _in_brackets(near: str) -> str:
    return f" ({near})" if near else ""


def _hidden(worth: Worth, own: Case) -> str:
    """Return what cannot be told of spending and clients, behind what can."""
    spending, clients = way(own.spent), way(own.served)
    cost, serve = f"it costs {whom(worth)}", "it serves"
    if spending == clients == "open":
        return f"neither whether {cost} more or less nor whether {serve} more or fewer clients can be"
    if spending == "open":
        return f"{serve} {_OF_CLIENTS.get(clients, '')} clients, but whether {cost} more or less cannot be"
    return f"{cost} {_OF_MONEY.get(spending, '')}, but whether {serve} more or fewer clients cannot be"


_OF_MONEY: Final = {"more": "more", "less": "less", "same": "as much"}
_OF_CLIENTS: Final = {"more": "more", "less": "fewer", "same": "as many"}


def _with_interval(one: Estimate, unit: str, case: int) -> str:
    mean, near = _pair(one, unit, case)
    return f"{mean}{_in_brackets(near)}"


def _in_futures(own: Case) -> list[str]:
    """Return how single futures differ from the mean: where the money comes back, and where no amount brings it."""
    single = own.single
    if single is None:
        return []
    told = []
    if single.needed is not None:
        told.append(f"The middle 90 % of futures {_WAYS[own.finding]} {span(own.told.needed, USD)}.")
    if single.back is not None and not _alike(single):
        told.append(_comes_back(own.finding, single))
    if own.finding in ("needs", "free", "unclear") and single.never:
        told.append(
            f"In {hundredths(single.never)} of 100 futures it costs more and serves no more, and no amount would do."
        )
    return told


_WAYS: Final[dict[Finding, str]] = {"needs": "need", "gives up": "may give up"}


def _alike(single: Single) -> bool:
    """Whether all futures need the same."""
    return single.needed is not None and single.needed.low == single.needed.high


def _comes_back(finding: Finding, single: Single) -> str:
    at = f"At that amount the money comes back in {hundredths(single.back or 0.0)} of 100 futures"
    if finding == "gives up":
        at = f"At that amount it is a saving in {hundredths(single.back or 0.0)} of 100 futures"
    if single.most is None:
        return f"{at}; no amount {'makes it one' if finding == 'gives up' else 'brings it back'} in 90."
    return f"{at}; {'up to' if finding == 'gives up' else 'at'} {value(single.most, USD)}, in 90."


def behind_told(worth: Worth) -> Told:
    """Return the heading and the rows of what is spent and whom peers serve, of alternatives as differences.

    Below a scenario stands who spends it, where the employer loses or gains beside the payers.
    """
    heading, sides = range_name(worth.answer), _has_sides(worth)
    of = (OF_100,) * sides
    heads = ("", SPENT[worth.payer], heading, *of, "Client-years", heading, *of)
    rows = list[tuple[str, ...]]()
    for case, name in enumerate(_names(worth)):
        own = worth.cases[case]
        cells = _cells(own, "spent", case, sides=sides) + _cells(own, "served", case, sides=sides)
        rows.append((name, *cells))
        blank = [""] * (len(heads) - 1 - len(cells) // 2)
        rows += [(part, *_cells(one, key, case, sides=sides), *blank) for part, one, key in _parts(own)]
    return heads, rows


def _parts(own: Case) -> list[tuple[str, Case, str]]:
    """Return what payers spend, and what the employer pays itself or gains, where it does."""
    if not own.own.mean:
        return []
    payers, paid, kept = ROWS
    if own.own_counts:
        return [(payers, own, "payers"), (paid, own, "own")]
    return [(kept, replace(own, own=_negative(own.own), single=own.single and _gained(own.single)), "own")]


def _negative(one: Estimate) -> Estimate:
    """Return an estimate of the opposite."""
    mean, low, high = (None if end is None else -end for end in (one.mean, one.high, one.low))
    return Estimate(mean, low, high, one.n)


def _gained(single: Single) -> Single:
    """Return single futures with what the employer gains in place of what it pays."""
    own = single.own
    if own is None:
        return single
    low, high = (None if end is None else -end for end in (own.high, own.low))
    return replace(single, own=Spread(low, high, own.above, own.below))


def _cells(own: Case, key: str, case: int, *, sides: bool) -> list[str]:
    """Return an amount with its range and, of a difference, in how many futures it holds."""
    one, spread = getattr(own.told, key), None if own.single is None else getattr(own.single, key)
    unit, words = ("client-years", FEWER) if key == "served" else (USD, LESS)
    return [*_pair(one, unit, case), *([_side(one, spread, words, case)] if sides else [])]


LESS: Final = ("more", "less")
FEWER: Final = ("more", "fewer")
BACK: Final = ("above 0", "below 0")


def _has_sides(worth: Worth) -> bool:
    """Whether it is told in how many futures a difference holds."""
    return worth.answer.over_futures and len(worth.cases) > 1


def _side(one: Estimate, spread: Spread | None, words: tuple[str, str], case: int) -> str:
    """Return in how many of 100 futures an amount is on the side of its mean; nothing of the base."""
    return "" if spread is None or not case else on_its_side(spread, one.mean, words)


def _pair(one: Estimate, unit: str, case: int) -> tuple[str, str]:
    return mean_told(one, unit, signed=case > 0, brief=True), span(one, unit, signed=case > 0, brief=True)


def _typed(worth: Worth) -> str:
    return f"{paragraph(typed_told(worth))}\n\n{table(*averted_told(worth))}" if worth.typed is not None else ""


def typed_told(worth: Worth) -> str:
    """Return the worth that was typed, with its source; nothing where none was."""
    if worth.typed is None:
        return ""
    usd = value(worth.typed.usd, USD)
    return f"Typed, not known to the model: a served client avoids {usd} a year. Source: {worth.typed.source}."


def averted_told(worth: Worth, names: Sequence[str] = ()) -> Told:
    """Return the heading and the rows of what the typed worth makes of the client-years."""
    rows = list[tuple[str, ...]]()
    for case, (name, whole) in enumerate(zip(names or _names(worth), worth.cases, strict=True)):
        own, single = whole.told, whole.single
        side = [] if single is None else [_side(own.net, single.net, BACK, 1)]
        rows.append((name, *_pair(own.averted, USD, case), *_pair(own.net, USD, 1), *side))
    of = (OF_100,) * worth.answer.over_futures
    return ("", "Averted", range_name(worth.answer), LEFT, range_name(worth.answer), *of), rows


# as JSON -------------------------------------------------------------------------------------------------------------


def worth_shape(worth: Worth) -> Shape:
    """Return an answer for JSON, the base first among its scenarios."""
    return {
        "replications": worth.answer.settings.replications,
        "seed": worth.answer.settings.seed,
        **made_by(),
        **drawn_shape(worth.answer),
        "months": worth.answer.base.loaded.scenario.horizon.months,
        "within": worth.answer.within,
        "payer": worth.payer,
        "typed": None if worth.typed is None else asdict(worth.typed),
        "scenarios": [
            {"name": named.name, "title": named.title, "from_base": place > 0, **_case_shape(own, place)}
            for place, (named, own) in enumerate(zip(worth.answer.cases, worth.cases, strict=True))
        ],
        "limits": list(LIMITS),
    }


def _case_shape(own: Case, place: int) -> Shape:
    told = {key: one for key, one in asdict(own).items() if key != "single"}
    return told if own.single is None else told | {"futures": _single_shape(own.single, place)}


def _single_shape(single: Single, place: int) -> Shape:
    bands = {name: getattr(single, name) for name in AMOUNTS}
    sided = {name for name in AMOUNTS if place or name == "net"}
    shape: Shape = {name: one and _band(one, sided=name in sided) for name, one in bands.items()}
    return shape | {"back_share": single.back, "needed_in_90": single.most, "never_share": single.never}


def _band(one: Spread, *, sided: bool) -> Shape:
    return spread_shape(one if sided else replace(one, below=None, above=None))
