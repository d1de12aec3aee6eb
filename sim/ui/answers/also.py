"""What a visitor has asked on other pages about the same scenarios, for the brief to tell too."""

from __future__ import annotations

from typing import Any, Final

from sim.questions.worth.worth import ALL, Typed, worth_in
from sim.scenario.read.clean_text import clean
from sim.takeaway.also import Also
from sim.ui import state
from sim.ui.reading import Read
from sim.ui.server import shared as server

PAYER, AVERTED, SOURCE = "payers.payer", "payers.averted", "payers.source"
RATE, NOTE = "payers.rate", "payers.note"  # what is kept as asked, and of which scenarios
WORTH, FAIR = "payers.worth", "people.fair"
NAMES: Final = {RATE: "rate", WORTH: "worth", FAIR: "fair"}


def key_of(found: Read, asked: str) -> str:
    """Return the name that the answer to a question is kept under."""
    return f"{found.text} {NAMES[asked]}"


def note_key(asked: tuple[str, int, int | None]) -> str:
    """Return the name that a fiscal note is kept under, by scenarios, first month and members."""
    return f"{asked!r} note"


def payer() -> str:
    """Return whose spending must come back."""
    return str(state.kept(PAYER, ALL))


def source() -> str:
    """Return where a visitor says that the worth of a served client comes from."""
    return " ".join(clean(state.kept(SOURCE, "") or "").split())


def typed() -> Typed | None:
    """Return what a visitor says a served client avoids, once its source is said too."""
    usd = state.kept(AVERTED, None)
    return Typed(usd, source()) if usd is not None and source() else None


def asked_also(found: Read) -> Also:
    """Return what has been asked of the same scenarios and is answered in full."""
    note = state.kept(NOTE, None)
    fiscal = server.searches().found(note_key(note)) if note is not None and note[0] == found.text else None
    worth, fair, rate = (_answered(found, asked) for asked in (WORTH, FAIR, RATE))
    return Also(
        None if worth is None else worth_in(worth, payer(), typed()),
        fair,
        rate,
        fiscal.latest if fiscal is not None and fiscal.whole else None,
    )


def _answered(found: Read, asked: str) -> Any:
    """Return the whole answer to a question that was asked of these scenarios; None while there is none."""
    answer = server.searches().found(key_of(found, asked))
    return answer.latest if answer.whole and state.kept(asked, None) == found.text else None
