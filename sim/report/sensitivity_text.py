"""Write which inputs move a result most as text, with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.experiment.sensitivity import Portions, Screening, Sensitivity
from sim.experiment.sobol import Index
from sim.report.doubt_numbers import part
from sim.report.layout import bullets, clipped, command_lines, paragraph, section, table
from sim.report.sizes import fine
from sim.report.words import over
from sim.results.measures import label_of
from sim.scenario.files import Loaded

PATH_WIDTH, BAR_WIDTH = 40, 8
MOST = 20


def sensitivity_text(found: Sensitivity, everyone: Sequence[Loaded], command: str) -> str:
    """Return the text of `peerstay sensitivity`."""
    parts = [
        paragraph(_sentence(found, everyone)),
        "" if found.screening is None else _sizes(found.screening),
        "" if found.portions is None else section("Parts of the variance (Sobol' indices)", _portions(found.portions)),
        section("How to read this", _how(found)),
        section("Reproduce this", command_lines(command)),
    ]
    return "\n\n".join(one for one in parts if one)


def _sentence(found: Sensitivity, everyone: Sequence[Loaded]) -> str:
    base = everyone[0].scenario
    of = f'"{base.title or found.names[0]}"'
    what = label_of(found.key)
    if len(everyone) > 1:
        what = f"the difference that {found.names[1]} makes in {what.lower()}"
    frame = f"Projected over {over(base.horizon)}, {of}: {what}"
    if found.screening is None:
        return f"{frame}, its variance parted among {len(found.portions.inputs) if found.portions else 0} inputs."
    seen = [(one, moved) for one, moved in found.screening.inputs if moved.told_apart]
    if not seen:
        return f"{frame}: no input is seen to move it beyond luck."
    first, size = seen[0]
    return (
        f"{frame} is moved most by {first.path}: about {fine(size.size, found.key)} over its range. "
        f"Of {len(found.screening.inputs)} inputs {len(seen)} move it beyond luck."
    )


def _sizes(screening: Screening) -> str:
    largest = max((moved.size for _, moved in screening.inputs), default=0.0)
    seen = [(one, moved) for one, moved in screening.inputs if moved.told_apart]
    rows = [
        (
            clipped(one.path, PATH_WIDTH),
            _bar(moved.size / largest if largest else 0.0),
            f"{fine(moved.size, screening.key)}",
            f"{fine(moved.low, screening.key).removesuffix(' pt')} to {fine(moved.high, screening.key)}",
            {True: "more", False: "less"}[moved.mean > 0] if abs(moved.mean) > moved.size / 2 else "either",
            one.grade,
        )
        for one, moved in seen[:MOST]
    ]
    left = len(screening.inputs) - len(rows)
    rest = paragraph(f"{left} others move it less, or not beyond luck (--json lists all).", "  ") if left else ""
    heading = ("Input moved over its range", "", "about", "95 % range", "higher gives", "grade")
    return "\n".join(one for one in (table(heading, rows, left=2) if rows else "", rest) if one)


def _bar(share: float) -> str:
    return "#" * max(1, round(BAR_WIDTH * share))


def _portions(portions: Portions) -> str:
    rows = [
        (clipped(one.path, PATH_WIDTH), _index(own.first), _index(own.total), one.grade) for one, own in portions.inputs
    ]
    return table(("Input", "alone", "with all it does together", "grade"), rows)


def _index(index: Index) -> str:
    return f"{part(index.value)} ({part(index.low).removesuffix(' %')} to {part(index.high)})"


def _how(found: Sensitivity) -> str:
    return bullets(list(_notes(found)))


def _notes(found: Sensitivity) -> Iterator[str]:
    yield (
        f"Every point has the same {found.replications:,} runs: points differ by the inputs, and by how the same luck "
        "turns out under them. Each point solves the turnover seen anew, so no input changes what was seen."
    )
    if found.screening is not None:
        yield (
            f"About: the mean size (mu*) of {found.trajectories} moves of an input, each elsewhere in the ranges of "
            "the others, as if it went over its whole range. An input whose range of sizes reaches down to what "
            "luck gives is not shown. `peerstay evidence NAME` says where an input's range comes from."
        )
    if found.portions is not None:
        yield (
            "Alone and together are shares of the variance when these inputs go over their ranges and the rest stays "
            f"as taken ({found.portions.samples:,} rows); up to {part(found.portions.luck)} of it is luck turning "
            "out otherwise."
        )
    if found.fitted:
        yield f"At {found.fitted:,} points shares of a whole added to more than 1; those moved were made smaller."
    if found.refused:
        yield f"{found.refused.total():,} points were impossible: {found.refused.most_common(1)[0][0]}."
