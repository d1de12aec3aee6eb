"""What a served client must avoid for a change to pay for itself, as text for a terminal; break-even comes first."""

from __future__ import annotations

from typing import Final

from sim.questions.worth.worth import ALL, Finding, Worth
from sim.results.summary import Estimate
from sim.words.layout import bullets, clipped, command_lines, counted, paragraph, section, table
from sim.words.numbers import value
from sim.words.ranges import mean_told, span

USD: Final = "USD"
NAMES: Final = {
    ALL: "all payers", "federal": "the federal government", "state": "the state general fund",
    "county": "counties", "other": "other payers",
}  # fmt: skip
NAME_WIDTH: Final = 40
SAID: Final[dict[Finding, str]] = {
    "needs": "pays for itself if a served client avoids {needed} a year or more{span}.",
    "gives up": "spends less and serves fewer: it is a saving only if a served client avoids less than {needed} a year"
    "{span}.",
    "free": "spends no more, as far as these runs tell, and serves no fewer: nothing has to be avoided for it.",
    "cannot": "spends more and serves no more clients, as far as these runs tell: what clients avoid cannot pay for "
    "it.",
    "unclear": "random variation leaves open whether spending or clients differ: make more runs, or a larger change.",
}
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
        f"WHAT A SERVED CLIENT MUST AVOID: {worth.answer.base.title}",
        paragraph(" ".join(_how(worth))),
        section("BREAK-EVEN", bullets([_said(worth, case) for case in range(len(worth.cases))])),
        section("BEHIND IT", table(("", "Spent", "95 % range", "Client-years", "95 % range"), _rows(worth))),
        section("WITH THE WORTH THAT WAS TYPED", _typed(worth)),
        section("READ THIS FIRST", bullets(LIMITS)),
        section("HOW TO MAKE IT AGAIN", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def _how(worth: Worth) -> list[str]:
    months, runs = worth.answer.base.loaded.scenario.horizon.months, worth.answer.settings.replications
    told = [
        (
            f"Means of {counted(runs, 'run')} over {counted(months, 'month')}. Spending is what {NAMES[worth.payer]} "
            "will owe; a client-year is twelve months of one client in a peer's care."
        ),
    ]
    if worth.answer.alternatives:
        told.append(
            "Alternatives are shown as differences from the base. Ranges are for random variation only; in each column "
            "those of all alternatives hold together with 95 %."
        )
    if runs == 1:
        told.append("One run shows one possible future and no range: it supports no conclusion.")
    if worth.typed is None:
        told.append("No worth was typed, so none is assumed: --averted USD --source TEXT adds one.")
    return told


def _said(worth: Worth, case: int) -> str:
    own, name = worth.cases[case], clipped(worth.answer.cases[case].name, NAME_WIDTH)
    whole = " (all that is spent)" if not case else ""
    near = span(own.needed, USD)
    told = SAID[own.finding].format(needed=mean_told(own.needed, USD), span=f" ({near})" if near else "")
    return f"{name}{whole} {told}"


def _rows(worth: Worth) -> list[tuple[str, ...]]:
    return [
        (clipped(one.name, NAME_WIDTH), *_pair(own.spent, USD, case), *_pair(own.served, "client-years", case))
        for case, (one, own) in enumerate(zip(worth.answer.cases, worth.cases, strict=True))
    ]


def _pair(one: Estimate, unit: str, case: int) -> tuple[str, str]:
    return mean_told(one, unit, signed=case > 0, brief=True), span(one, unit, signed=case > 0, brief=True)


def _typed(worth: Worth) -> str:
    if worth.typed is None:
        return ""
    told = paragraph(
        f"Typed, not known to the model: a served client avoids {value(worth.typed.usd, USD)} a year. Source: "
        f"{worth.typed.source}."
    )
    rows = [
        (clipped(one.name, NAME_WIDTH), *_pair(own.averted, USD, case), *_pair(own.net, USD, 1))
        for case, (one, own) in enumerate(zip(worth.answer.cases, worth.cases, strict=True))
    ]
    heading = ("", "Averted", "95 % range", "Averted less spent", "95 % range")
    return f"{told}\n\n{table(heading, rows)}"
