"""Write which inputs move a result most as text, with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.questions.sensitivity.morris import Moved
from sim.questions.sensitivity.sensitivity import Portions, Screening, Sensitivity
from sim.questions.sensitivity.sobol import Index
from sim.questions.uncertainty.numbers import part
from sim.runs.futures.unknowns import Unknown
from sim.scenario.files import Loaded
from sim.words.audience import COMMANDS, PAGE, Ways
from sim.words.layout import bullets, command_lines, counted, paragraph, section, table
from sim.words.ranges import fine, fine_digits
from sim.words.sentences import over

PATH_WIDTH, BAR_WIDTH = 40, 8
MOST = 20


def sensitivity_text(found: Sensitivity, everyone: Sequence[Loaded], command: str) -> str:
    """Return the text of `peerstay sensitivity`."""
    parts = [
        paragraph(_sentence(found, everyone)),
        "" if found.screening is None else _sizes(found.screening),
        "" if found.portions is None else section("Shares of the variance (Sobol' indices)", _portions(found.portions)),
        section("How to read this", _how(found)),
        section("Reproduce this", command_lines(command)),
    ]
    return "\n\n".join(one for one in parts if one)


def _sentence(found: Sensitivity, everyone: Sequence[Loaded]) -> str:
    base = everyone[0].scenario
    of = f'"{base.title or found.names[0]}"'
    return f"Projected over {over(base.horizon)}, {of}: {moved_sentence(found, COMMANDS)}"


def moved_sentence(found: Sensitivity, ways: Ways = PAGE) -> str:
    """Return what moves a result most."""
    frame = what_moves(found, ways)
    if found.screening is None:
        inputs = counted(len(found.portions.inputs) if found.portions else 0, "input")
        return f"{frame}, its variance divided among {inputs}."
    seen = told_apart(found.screening)
    if not seen:
        return f"{frame}: no input moves it detectably more than random variation does."
    first, size = seen[0]
    return (
        f"{frame} is moved most by {ways.unknown(first)}: about {size_words(size, found.key)} over its range. "
        f"Of {counted(len(found.screening.inputs), 'input')} {len(seen)} move{'s' * (len(seen) == 1)} it more than "
        "random variation does."
    )


def what_moves(found: Sensitivity, ways: Ways = PAGE) -> str:
    """Return the result that is looked at: a measure, or the difference that an alternative makes in it."""
    label = found.label
    return (
        f"the difference that {ways.scenario(found.names[1])} makes in {label.lower()}"
        if len(found.names) > 1
        else label
    )


def _sizes(screening: Screening) -> str:
    largest = max((moved.size for _, moved in screening.inputs), default=0.0)
    seen = told_apart(screening)
    rows = [
        (
            one.path,
            _bar(moved.size / largest if largest else 0.0),
            size_words(moved, screening.key),
            size_range(moved, screening.key),
            toward(moved),
            one.grade,
        )
        for one, moved in seen[:MOST]
    ]
    left = len(screening.inputs) - len(rows)
    rest = paragraph(f"{others_words(left)} (--json lists all).", "  ") if left else ""
    heading = ("Input moved over its range", "", "about", "95 % range", "higher gives", "grade")
    return "\n".join(
        one for one in (table(heading, rows, left=2, kept=(PATH_WIDTH, BAR_WIDTH)) if rows else "", rest) if one
    )


def told_apart(screening: Screening) -> list[tuple[Unknown, Moved]]:
    """Return the inputs that move the result more than random variation does, the largest first."""
    return [(one, moved) for one, moved in screening.inputs if moved.told_apart]


def others_words(number: int) -> str:
    """Return how many inputs are not shown, and why."""
    return f"{counted(number, 'other')} move{'s' * (number == 1)} it less, or no more than random variation does"


def size_range(moved: Moved, key: str) -> str:
    """Return the 95 % range of a size."""
    extra = _digits(moved, key)
    return f"{fine(moved.low, key, extra).removesuffix(' pt')} to {fine(moved.high, key, extra)}"


def size_words(moved: Moved, key: str) -> str:
    """Return a size in the digits of its range."""
    return fine(moved.size, key, _digits(moved, key))


def _digits(moved: Moved, key: str) -> int:
    return fine_digits(moved.size, moved.low, moved.high, key)


def toward(moved: Moved) -> str:
    """Return where a higher input leads: to more, to less, or either."""
    if abs(moved.mean) <= moved.size / 2:
        return "either"
    return "more" if moved.mean > 0 else "less"


def _bar(share: float) -> str:
    return "#" * max(1, round(BAR_WIDTH * share))


def _portions(portions: Portions) -> str:
    rows = [(one.path, index_words(own.first), index_words(own.total), one.grade) for one, own in portions.inputs]
    return table(("Input", "alone", "with interactions", "grade"), rows)


def index_words(index: Index) -> str:
    """Return a share of the variance with its range."""
    return f"{part(index.value)} ({part(index.low).removesuffix(' %')} to {part(index.high)})"


def _how(found: Sensitivity) -> str:
    return bullets(list(notes(found)))


def notes(found: Sensitivity) -> Iterator[str]:
    """Yield what a careful reader has to know besides."""
    runs = counted(found.replications, "run")
    yield (
        f"Every point uses the same {runs} and the same random numbers. Each point is solved again for the turnover "
        "that was stated, so no input changes that."
    )
    if found.screening is not None:
        yield (
            f"About: the mean size (mu*) of {counted(found.trajectories, 'move')} of an input, each from another point "
            "in the ranges of the others, scaled to its whole range. An input is not shown when its range of sizes "
            "reaches down to what random variation gives. `peerstay evidence NAME` shows where a range comes from."
        )
    if found.portions is not None:
        yield (
            "Alone and together are shares of the variance when these inputs go over their ranges and the rest stays "
            f"at its point value ({found.portions.samples:,} rows); up to {part(found.portions.luck)} of it is random "
            "variation."
        )
    if found.fitted:
        fitted = counted(found.fitted, "point")
        yield f"At {fitted} shares that add up to 100 % came to more; those that were moved were reduced to fit."
    if found.refused:
        refused = counted(found.refused.total(), "point")
        yield f"Impossible combinations, left out: {refused}, because {found.refused.most_common(1)[0][0]}."
