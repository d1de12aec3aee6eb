"""Write luck and ignorance as text: the sentence, the bands, what spreads, and what knowing would be worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.experiment.split import WIDE, ignorance_of
from sim.experiment.uncertainty import Band, Choice, Spread, Uncertainty, is_chance
from sim.experiment.unknowns import Unknown
from sim.report.doubt_numbers import band, guessed, part, share, size, worth
from sim.report.layout import bullets, clipped, command_lines, listed, paragraph, section, table
from sim.report.sizes import fine
from sim.report.words import over
from sim.results.measures import label_of, measure_of
from sim.scenario.files import Loaded

NAME_WIDTH, PATH_WIDTH = 24, 42
MOST = 6
LUCK, TOGETHER = "luck", "several together, or in other curves"
ALL, UNKNOWN = 0, 1
COLUMNS = (("of all", ALL), ("of the unknowns", UNKNOWN))
SIDE_BY_SIDE = 1


def uncertainty_text(found: Uncertainty, everyone: Sequence[Loaded], command: str) -> str:
    """Return the text of `peerstay uncertainty`."""
    parts = [
        paragraph(_sentence(found, everyone)),
        _bands(found),
        section(f"What spreads {_looked_at(found)} (shares of variance, 95 % intervals)", _shares(found)),
        section("Assumptions that spread it most", _single(found)),
        section("How sure the choice is", _sure(found)),
        section("What knowing it before choosing would be worth", _worths(found)),
        section("How to read this", _how(found)),
        section("Reproduce this", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def _shown(found: Uncertainty) -> tuple[Spread, ...]:
    """Return what the shares are told of: the differences, or the only scenario there is."""
    return found.differences or found.levels[:1]


def _looked_at(found: Uncertainty) -> str:
    return "the differences from the base" if found.differences else "it"


def _sentence(found: Uncertainty, everyone: Sequence[Loaded]) -> str:
    base, key = found.levels[0], found.key
    label = label_of(key)
    frame = f'Projected over {over(everyone[0].scenario.horizon)}, "{everyone[0].scenario.title or base.name}": {label}'
    taken = f"{frame} {size(base.taken, key)} if every assumption is as taken"
    over_all = f"{size(base.mean, key)} on average over what is not known"
    if base.luck_share is None or base.both is None:
        return f"{taken}, {over_all}; nine times in ten between {_ends(base.ignorance, key)}, by what is not known."
    luck = part(base.luck_share.value)
    return (
        f"{taken}, {over_all}. One run lies between {_ends(base.both, key)} nine times in ten: {luck} of that spread "
        f"is luck, {part(1.0 - base.luck_share.value)} is what is not known."
    )


def _ends(inside: Band, key: str) -> str:
    return f"{size(inside.low, key)} and {size(inside.high, key)}"


def _bands(found: Uncertainty) -> str:
    heading = ("Middle 90 %", "As taken", "Mean", "Both", "Luck alone", "Unknowns alone")
    rows = [_band_row(one, found.key, one.name, signed=False) for one in found.levels]
    base = found.names[0]
    rows += [_band_row(one, found.key, f"{one.name} − {base}", signed=True) for one in found.differences]
    return table(heading, rows)


def _band_row(one: Spread, key: str, name: str, *, signed: bool) -> tuple[str, ...]:
    means = (size(number, key, signed=signed) for number in (one.taken, one.mean))
    return (
        clipped(name, NAME_WIDTH),
        *means,
        *(band(inside, key, signed=signed) for inside in (one.both, one.luck, one.ignorance)),
    )


def _shares(found: Uncertainty) -> str:
    told = [one for one in _shown(found) if one.whole.parts.luck > 0 or ignorance_of(one.whole.parts) > 0]
    if not told:
        return paragraph("There is no spread: nothing that is not known, and no luck, moves it.", "  ")
    if is_chance(measure_of(found.key)):
        return _share_table([(clipped(one.name, NAME_WIDTH), one, UNKNOWN) for one in told])
    if len(told) > SIDE_BY_SIDE:
        return _share_table([(clipped(one.name, NAME_WIDTH), one, ALL) for one in told])
    names = [f"{clipped(one.name, NAME_WIDTH)}: " if len(told) > 1 else "" for one in told]
    pairs = ((f"{name}{title}", one, place) for name, one in zip(names, told, strict=True) for title, place in COLUMNS)
    return _share_table(list(pairs))


def _share_table(columns: Sequence[tuple[str, Spread, int]]) -> str:
    """Return shares, of all or of what is not known as each column says; luck has one of all only."""
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
    largest = sorted(one.single.items(), key=lambda pair: -pair[1].value)
    seen = [(path, guess) for path, guess in largest if guess.low > 0.0][:MOST]
    where = f"{one.name}: " if several else ""
    for path, guess in seen:
        unknown = known[path]
        yield f"{where}{path} ({unknown.title}), grade {unknown.grade}: {share(guess)} of what is not known"


def _sure(found: Uncertainty) -> str:
    choice = found.choice
    if choice is None:
        return _no_choice(found)
    chances = [f"{name} in {part(chance)}" for name, chance in choice.chance_best.items()]
    average = f"On average {choice.best} is best ({choice.prefer} is better){_hardly(found, choice)}."
    draws = f"Over what is not known the best is {listed(chances)} of draws."
    changes = f"In {part(choice.order_changes)} of draws the scenarios come in another order than on average."
    lines = [f"{average} {draws}", changes]
    return bullets(lines)


def _hardly(found: Uncertainty, choice: Choice) -> str:
    """Return that the best cannot be told from the base on average, where it cannot."""
    near = [one for one in found.differences if choice.best in (one.name, found.names[0])]
    unseen = [one for one in near if abs(one.mean) < WIDE * _error(one, found.draws)]
    if not unseen:
        return ""
    other = found.names[0] if choice.best != found.names[0] else listed([one.name for one in unseen])
    return f", with no detectable difference from {other} on average"


def _error(one: Spread, draws: int) -> float:
    """Return the standard error of a mean difference, over runs and over draws."""
    return float((one.luck_error**2 + ignorance_of(one.whole.parts) / draws) ** 0.5)


def _no_choice(found: Uncertainty) -> str:
    if not found.differences:
        return ""
    return paragraph("Neither side of this measure is better by itself: say --prefer less or --prefer more.", "  ")


def _worths(found: Uncertainty) -> str:
    choice = found.choice
    if choice is None:
        return ""
    if choice.everything.value <= 0.0 and not any(one.detectable for one in choice.groups.values()):
        return paragraph(f"Nothing: under all that was drawn {choice.best} stays the best.", "  ")
    rows = [("everything", guessed(choice.everything, found.key), "")]
    rows += [(group, worth(one, found.key), _held(one.held_out, found.key)) for group, one in choice.groups.items()]
    best = sorted(choice.single.items(), key=lambda pair: -pair[1].value.value)
    rows += [
        (clipped(path, PATH_WIDTH), worth(one, found.key), _held(one.held_out, found.key))
        for path, one in best[:MOST]
        if one.detectable
    ]
    return table(("Known before choosing", "Worth", "Seen in draws held out"), rows) + "\n" + _advice(choice)


def _held(gain: float, key: str) -> str:
    return fine(gain, key) if gain > 0 else "nothing"


def _advice(choice: Choice) -> str:
    seen = [(path, one) for path, one in choice.single.items() if one.detectable]
    if not seen:
        return paragraph("No single assumption is seen to change the choice at this number of draws.", "  ")
    path = max(seen, key=lambda pair: pair[1].value.value)[0]
    return paragraph(f"Look {path} up first: it would change the choice most.", "  ")


def _how(found: Uncertainty) -> str:
    lines = list(_notes(found))
    return bullets([*lines, *_counts(found)])


def _notes(found: Uncertainty) -> Iterator[str]:
    luck = fine(1.96 * found.levels[0].luck_error, found.key)
    yield (
        f"{found.draws:,} draws of {len(found.unknowns)} assumptions from their ranges, each apart from the others, "
        f"the value taken the likeliest; {found.replications:,} runs of each, the same luck in every draw and "
        "scenario. What a scenario states is known."
    )
    yield (
        "As taken is what `peerstay compare` shows; the mean differs where ranges reach farther on one side. Other "
        f"luck would move the base's mean by ± {luck} (95 %)."
    )
    yield "Shares below 0 are noise: more draws narrow it."
    if found.choice is not None:
        yield (
            "A worth is in the measure's unit: how much better the choice would come out on average. None seen: "
            "assumptions that do nothing would seem worth as much in one study of 20."
        )


def _counts(found: Uncertainty) -> Iterator[str]:
    if found.undefined:
        yield f"{found.undefined:,} runs are left out: the measure is undefined in them under some draw."
    if found.fitted:
        yield f"In {found.fitted:,} draws shares of a whole added to more than 1; the drawn ones were made smaller."
    if found.refused:
        reason, _ = found.refused.most_common(1)[0]
        yield f"{found.refused.total():,} draws were impossible and drawn again, mostly because {reason}."
