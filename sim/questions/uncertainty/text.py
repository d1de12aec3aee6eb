"""Write uncertainty as text: the sentence, the bands, what spreads, and what knowing would be worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.questions.uncertainty.numbers import band, guessed, part, share, size, worth
from sim.questions.uncertainty.uncertainty import Spread, Uncertainty
from sim.questions.uncertainty.words import (
    choice_lines,
    doubt_sentence,
    has_spread,
    notes,
    standing_out,
    worth_knowing,
    worth_words,
    worths_seen,
)
from sim.results.measures.table import measure_of
from sim.runs.futures.unknowns import Unknown
from sim.scenario.files import Loaded
from sim.words.audience import COMMANDS
from sim.words.layout import bullets, command_lines, paragraph, section, table
from sim.words.ranges import fine
from sim.words.sentences import over

BANDS = ("Point values", "Mean", "Both", "Random variation", "Assumptions")
LUCK, TOGETHER = "random variation", "interactions and curved effects"
ALL, UNKNOWN = 0, 1
COLUMNS = (("of the total", ALL), ("of the assumptions", UNKNOWN))
SIDE_BY_SIDE = 1


def uncertainty_text(found: Uncertainty, everyone: Sequence[Loaded], command: str) -> str:
    """Return the text of `peerstay uncertainty`."""
    parts = [
        paragraph(f"{_frame(found, everyone)}: {doubt_sentence(found)}"),
        _bands(found),
        section(f"Sources of uncertainty in {_looked_at(found)} (shares of variance, 95 % intervals)", _shares(found)),
        section("Assumptions that matter most", _single(found)),
        section("How sure the choice is", bullets(choice_lines(found, COMMANDS))),
        section("Value of knowing an assumption before choosing", _worths(found)),
        section("How to read this", bullets(list(notes(found, COMMANDS)))),
        section("Reproduce this", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def _shown(found: Uncertainty) -> tuple[Spread, ...]:
    """Return what the shares are told of: the differences, or the only scenario there is."""
    return found.differences or found.levels[:1]


def _looked_at(found: Uncertainty) -> str:
    return "the differences from the base" if found.differences else "the result"


def _frame(found: Uncertainty, everyone: Sequence[Loaded]) -> str:
    base = everyone[0].scenario
    return f'Projected over {over(base.horizon)}, "{base.title or found.names[0]}"'


def _bands(found: Uncertainty) -> str:
    heading = ("Middle 90 %", *BANDS)
    rows = [_band_row(one, found.key, one.name, signed=False) for one in found.levels]
    base = found.names[0]
    rows += [_band_row(one, found.key, f"{one.name} − {base}", signed=True) for one in found.differences]
    return table(heading, rows)


def _band_row(one: Spread, key: str, name: str, *, signed: bool) -> tuple[str, ...]:
    return name, *band_cells(one, key, signed=signed)


def band_cells(one: Spread, key: str, *, signed: bool) -> tuple[str, ...]:
    """Return the result at point values, the mean, and the middle 90 %: both, random variation, assumptions."""
    means = (size(number, key, signed=signed) for number in (one.taken, one.mean))
    return *means, *(band(inside, key, signed=signed) for inside in (one.both, one.luck, one.ignorance))


def _shares(found: Uncertainty) -> str:
    told = [one for one in _shown(found) if has_spread(one)]
    if not told:
        return paragraph("There is no uncertainty: neither assumptions nor random variation move it.", "  ")
    if measure_of(found.key).is_chance:
        return _share_table([(one.name, one, UNKNOWN) for one in told])
    return _shares_of_runs(told)


def _shares_of_runs(told: Sequence[Spread]) -> str:
    """Columns side by side where there is room for them."""
    if len(told) > SIDE_BY_SIDE:
        return _share_table([(one.name, one, ALL) for one in told])
    if len(told) == 1:
        return _share_table([(title, told[0], place) for title, place in COLUMNS])
    return _share_table([(f"{one.name}: {title}", one, place) for one in told for title, place in COLUMNS])


def _share_table(columns: Sequence[tuple[str, Spread, int]]) -> str:
    """Return shares, of all or of the assumptions by column; random variation has one of all only."""
    rows = [(LUCK, *(share(one.luck_share) if place == ALL else "" for _, one, place in columns))]
    rows += [(group, *(share(one.groups[group][place]) for _, one, place in columns)) for group in columns[0][1].groups]
    rows.append((TOGETHER, *(part(one.together[place]) for _, one, place in columns)))
    heading = ("", *(title for title, _, _ in columns))
    return table(heading, rows if any(place == ALL for _, _, place in columns) else rows[1:])


def _single(found: Uncertainty) -> str:
    known = {one.path: one for one in found.unknowns}
    lines = [line for one in _shown(found) for line in _single_lines(one, known, several=len(found.differences) > 1)]
    return bullets(lines) if lines else paragraph("None stands out from noise at this number of draws.", "  ")


def _single_lines(one: Spread, known: dict[str, Unknown], *, several: bool) -> Iterator[str]:
    where = f"{one.name}: " if several else ""
    for path, guess in standing_out(one):
        unknown = known[path]
        yield f"{where}{path} ({unknown.title}), grade {unknown.grade}: {share(guess)} of the assumptions' share"


def _worths(found: Uncertainty) -> str:
    choice = found.choice
    if choice is None:
        return ""
    told = paragraph(worth_words(found, choice, COMMANDS), "  ")
    if not worth_knowing(choice):
        return told
    rows = [("everything", guessed(choice.everything, found.key), "")]
    rows += [(group, worth(one, found.key), _held(one.held_out, found.key)) for group, one in choice.groups.items()]
    rows += [(path, worth(one, found.key), _held(one.held_out, found.key)) for path, one in worths_seen(choice)]
    return table(("Known before choosing", "Value", "Value in held-out draws"), rows) + "\n" + told


def _held(gain: float, key: str) -> str:
    return fine(gain, key) if gain > 0 else "nothing"
