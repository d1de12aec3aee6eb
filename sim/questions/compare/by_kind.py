"""Tell who gains and who loses: what an alternative does to each kind of employer of a portfolio."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from sim.questions.compare.decision import Group, line_of
from sim.results.kinds.sums import NET
from sim.runs.answer import Alternative, Answer
from sim.runs.paired import Paired
from sim.words.keeping import AT_SAME_TENURE
from sim.words.layout import capitalized, counted

TITLE: Final = "Who gains and who loses, by kind of employer"
HEADING: Final = "By kind of employer"
LABELS: Final = {
    AT_SAME_TENURE: "Leavers per 100, same tenure",
    "vacancy_rate": "Vacancy rate",
    "headcount": "Peers in post",
    "lost_to_others_per_year": "Lost to other employers a year",
    NET: "Won from others less lost, a year",
}
MOST_NAMED: Final = 4


def kinds_told(answer: Answer) -> bool:
    """Whether there are several kinds, and an alternative changes anything."""
    return any(one.kinds and not one.changes_nothing for one in answer.alternatives)


def groups_by_kind(answer: Answer) -> list[Group]:
    """Return the rows of each measure, one a kind of employer; nothing where there is one kind."""
    names = list(answer.alternatives[0].kinds) if answer.alternatives else []
    return [
        Group(
            label,
            tuple(
                line_of(answer, key, words(name), [one.kinds[name][key] for one in answer.alternatives])
                for name in names
            ),
        )
        for key, label in LABELS.items()
        if names and _shown(answer, key)
    ]


def _shown(answer: Answer, key: str) -> bool:
    """Whether a measure is told of kinds; who wins people of whom only where an alternative moves it."""
    everyone = [kind[key] for one in answer.alternatives for kind in one.kinds.values() if key in kind]
    return bool(everyone) and (key != NET or any(compared.detectable for compared in everyone))


def words(name: str) -> str:
    """Return the name of a kind in words."""
    return name.replace("_", " ")


def sentences(answer: Answer) -> Iterator[str]:
    """Yield for each alternative with which kinds leaving and vacancies fall and rise, and who wins whose people."""
    for one in answer.alternatives:
        if one.kinds and not one.changes_nothing:
            whose = f"{one.case.name}: " if len(answer.alternatives) > 1 else ""
            yield f"{whose}{' '.join(filter(None, (_leaving(one), _vacancies(one), _moves(one))))}"


def _leaving(one: Alternative) -> str:
    leaving = _measure(one, AT_SAME_TENURE)
    fewer, more = (_where(leaving, verdict) for verdict in ("better", "worse"))
    same = sum(one.same for one in leaving.values())
    rest = len(leaving) - len(fewer) - len(more) - same
    told = [f"{how} leave {_named(names, leaving)}" for how, names in (("fewer", fewer), ("more", more)) if names]
    leave = f"at the same tenure {', '.join(told)}" if told else ""
    others = [
        _with_kinds(*told) for told in (("no difference in leaving is seen", rest), ("leaving is the same", same))
    ]
    text = "; ".join(filter(None, (leave, *others)))
    return f"{capitalized(text)}."


def _with_kinds(told: str, number: int) -> str:
    return f"{told} with {counted(number, 'kind')} of employer" if number else ""


def _vacancies(one: Alternative) -> str:
    """Return with which kinds fewer posts are empty, and with which more; nothing where no difference is seen."""
    empty = _measure(one, "vacancy_rate")
    sides = (("fewer", _where(empty, "better")), ("more", _where(empty, "worse")))
    told = [f"{how} posts are empty with {_named(names, empty)}" for how, names in sides if names]
    text = ", ".join(told)
    return f"{text[0].upper()}{text[1:]}." if told else ""


def _moves(one: Alternative) -> str:
    """Return which kinds win people of the others and which lose them; nothing where no difference is seen."""
    seen = {name: own.difference.mean or 0.0 for name, own in _measure(one, NET).items() if own.detectable}
    won, lost = ([name for name, mean in seen.items() if mean * side > 0] for side in (1.0, -1.0))
    told = [f"{_named(names)} {how}" for names, how in ((won, "win more"), (lost, "lose more")) if names]
    return f"Of those who change employers, {' and '.join(told)} than in the base." if told else ""


def _measure(one: Alternative, key: str) -> dict[str, Paired]:
    """Return a measure by kind of employer, in words; nothing where it is not told."""
    return {words(name): measures[key] for name, measures in one.kinds.items() if key in measures}


def _where(leaving: dict[str, Paired], verdict: str) -> list[str]:
    return [name for name, compared in leaving.items() if compared.verdict == verdict]


def _named(names: Sequence[str], among: Collection[str] = ()) -> str:
    """Return names in a row; of all kinds there are, that it is all of them."""
    if len(names) == len(among) > 1:
        return f"all {counted(len(names), 'kind')} of employer"
    told, left = list(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if left > 0:
        return f"{', '.join(told)} and {left} more"
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
