"""What a visitor has asked on other pages about the same scenarios, for the brief to tell too."""

from __future__ import annotations

from typing import Final

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
    searches, note = server.searches(), state.kept(NOTE, None)
    rate, worth, fair = (searches.found(key_of(found, asked)) for asked in (RATE, WORTH, FAIR))
    fiscal = searches.found(note_key(note)) if note is not None and note[0] == found.text else None
    return Also(
        worth_in(worth.latest, payer(), typed()) if worth.whole and state.kept(WORTH, None) == found.text else None,
        fair.latest if fair.whole and state.kept(FAIR, None) == found.text else None,
        rate.latest if rate.whole and state.kept(RATE, None) == found.text else None,
        fiscal.latest if fiscal is not None and fiscal.whole else None,
    )
