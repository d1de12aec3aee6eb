"""What a served client must avoid for a change to pay for itself, as text and as plain values for JSON.

Break-even comes first; docs/worth.md explains the keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.worth.worth import ALL, AMOUNTS, Case, Finding, Single, Worth
from sim.results.spreads import Spread
from sim.results.summary import Estimate
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
NAME_WIDTH: Final = 40
LEFT: Final = "Left over"  # averted less spent; longer headings are cut
SAID: Final[dict[Finding, str]] = {
    "needs": "pays for itself if a served client avoids {needed} a year or more{span}.",
    "gives up": "spends less and serves fewer: it is a saving only if a served client avoids less than {needed} a year"
    "{span}.",
    "free": "spends no more, as far as these runs tell, and serves no fewer: nothing has to be avoided for it.",
    "cannot": "spends more and serves no more clients, as far as these runs tell: what clients avoid cannot pay for "
    "it.",
    "unclear": "is open: random variation hides whether spending or clients differ. Make more runs, or more change.",
}
OVER_FUTURES: Final[dict[Finding, str]] = {
    "needs": "pays for itself on average if a served client avoids {needed} a year or more.",
    "gives up": "spends less and serves fewer: on average it is a saving only if a served client avoids less than "
    "{needed} a year.",
    "free": "spends no more on average, as far as these futures tell, and serves no fewer: nothing has to be avoided "
    "for it.",
    "cannot": "spends more on average and serves no more clients, as far as these futures tell: what clients avoid "
    "cannot pay for it.",
    "unclear": "leaves open, on average over these futures, whether spending or clients differ: make more runs, or a "
    "larger change.",
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
        section("BREAK-EVEN", bullets(sentences(worth))),
        section("BEHIND IT", table(*behind_told(worth))),
        section("WITH THE WORTH THAT WAS TYPED", _typed(worth)),
        section("READ THIS FIRST", bullets(LIMITS)),
        section("HOW TO MAKE IT AGAIN", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def how_told(worth: Worth) -> list[str]:
    """Return how the numbers were found and what their ranges mean."""
    months, answer = worth.answer.base.loaded.scenario.horizon.months, worth.answer
    told = [
        (
            f"Means of {runs_told(answer)} over {counted(months, 'month')}. Spending is what {NAMES[worth.payer]} "
            "will owe; a client-year is twelve months of one client in a peer's care."
        ),
    ]
    if answer.alternatives:
        told.append("Alternatives are shown as differences from the base.")
    if answer.alternatives or answer.settings.unknowns:
        told.append(ranges_told(answer, "column"))
    if answer.settings.replications == 1:
        told.append("One run shows one possible future and no range: it supports no conclusion.")
    return told


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
    whole = " (all that is spent)" if not case else ""
    needed = mean_told(own.told.needed, USD)
    if own.single is not None:
        return " ".join((f"{name}{whole}", OVER_FUTURES[own.finding].format(needed=needed), *_in_futures(own)))
    near = span(own.needed, USD)
    return f"{name}{whole} {SAID[own.finding].format(needed=needed, span=f' ({near})' if near else '')}"


def _in_futures(own: Case) -> list[str]:
    """Return how single futures differ from the mean: where the money comes back, and where no amount brings it."""
    single = own.single
    assert single is not None
    told = []
    if single.needed is not None:
        told.append(f"The middle 90 % of futures {_WAYS[own.finding]} {span(own.told.needed, USD)}.")
    if single.back is not None and not _alike(single):
        told.append(_comes_back(own.finding, single))
    if own.finding in ("needs", "free", "unclear") and single.never:
        told.append(
            f"In {hundredths(single.never)} of 100 futures it spends more and serves no more, and no amount would do."
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
    """Return the heading and the rows of what is spent and whom peers serve, of alternatives as differences."""
    heading, sides = range_name(worth.answer), _has_sides(worth)
    of = (OF_100,) * sides
    heads = ("", "Spent", heading, *of, "Client-years", heading, *of)
    rows = list[tuple[str, ...]]()
    for case, name in enumerate(_names(worth)):
        own, single = worth.cases[case].told, worth.cases[case].single
        spent, served = (None, None) if single is None else (single.spent, single.served)
        cells = [*_pair(own.spent, USD, case)] + ([_side(own.spent, spent, LESS, case)] if sides else [])
        cells += _pair(own.served, "client-years", case)
        cells += [_side(own.served, served, FEWER, case)] if sides else []
        rows.append((name, *cells))
    return heads, rows


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
