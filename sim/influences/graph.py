"""Answer questions of the graph: what an input reaches, under which conditions, and what stands next to a measure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from sim.evidence.effects import load_effects
from sim.influences.factors import FACTORS, LOOPS, WHOLE
from sim.influences.inputs import INPUTS
from sim.influences.lines import Edge, Factor, Given
from sim.influences.measures import COLUMNS, MEASURES

Holds = Callable[[str], bool]  # says whether a condition holds
EFFECT = "effects"
HAZARDS = ("exit_voluntary", "return_to_use")
STATES = ("burnout", "satisfaction", "role_clarity", "recovery")


def never(_: str) -> bool:
    """No condition holds: every edge is open."""
    return False


# inputs ----------------------------------------------------------------------------------------------------------


@cache
def given_at(pattern: str, kind: str = "") -> Given:
    """Return the declaration of an input by its pattern, `*` or `<name>` for names; KeyError when there is none."""
    path = ".".join("*" if part.startswith("<") else part for part in pattern.split("."))
    if path.startswith(f"{EFFECT}.") and path not in _PLAIN_EFFECTS:
        return _of_effect(path)
    found = INPUTS.get((path, kind)) or INPUTS.get((path, ""))
    if found is None:
        raise KeyError(f"{path}[{kind}]" if kind else path)
    return found


_PLAIN_EFFECTS = ("effects.scale", "effects.months_to_adjust.*")


@cache
def _of_effect(path: str) -> Given:
    """Return a row of the effects table as an input: it enters its outcome, and the noise that keeps states' spread."""
    outcome = path.rpartition(".")[2]
    if outcome in HAZARDS:
        entered = (outcome,)
    else:
        entered = (*STATES, *((outcome,) if outcome in FACTORS and outcome not in STATES else ()))
    return Given(path, "", tuple(map(Edge, entered)), ("effects.scale is 0",))


def entered(given: Given, holds: Holds = never) -> tuple[str, ...]:
    """Return the factors that an input enters while conditions hold; none where it cannot matter."""
    if any(map(holds, given.unless)):
        return ()
    open_edges = (one.factor for one in given.acts if not any(map(holds, one.unless)))
    return tuple(name for name in open_edges if not any(map(holds, FACTORS[name].unless)))


# forwards --------------------------------------------------------------------------------------------------------


@cache
def onwards() -> Mapping[str, tuple[Edge, ...]]:
    """Return what each factor enters; an edge is closed by its own conditions and by those of what it enters."""
    found: dict[str, list[Edge]] = {name: [] for name in FACTORS}
    for factor in FACTORS.values():
        for edge in factor.reads:
            found[edge.factor].append(Edge(factor.name, (*edge.unless, *factor.unless)))
    for key, effect in load_effects().items():
        found[effect.cause].append(Edge(effect.outcome, (f"{EFFECT}.{key} is 0", "effects.scale is 0")))
    return {name: tuple(edges) for name, edges in found.items()}


def steps(start: Iterable[str], holds: Holds = never) -> dict[str, int]:
    """Return how many steps away each factor is that some factors reach while conditions hold; themselves 0."""
    found = dict.fromkeys(start, 0)
    if WHOLE & found.keys():
        return dict.fromkeys(FACTORS, 0)
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        for edge in onwards()[name]:
            if edge.factor not in found and not any(map(holds, edge.unless)):
                found[edge.factor] = found[name] + 1
                waiting.append(edge.factor)
    return found


def in_the_way(given: Given, holds: Holds) -> str:
    """Return the condition because of which an input reaches no measure; nothing where it reaches one or a reader."""
    if given.for_reader:
        return ""
    for condition in filter(holds, given.unless):
        return condition
    found = {edge.factor: None for edge in given.acts if not any(map(holds, _conditions(edge)))}
    closed = [condition for edge in given.acts for condition in filter(holds, _conditions(edge))]
    return _closed_before_a_measure(found, closed, holds)


def _closed_before_a_measure(found: dict[str, None], closed: list[str], holds: Holds) -> str:
    """The first of the conditions that keep some factors from all measures; nothing where a measure is reached."""
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        if name in WHOLE or name in measured():
            return ""
        for edge in onwards()[name]:
            if reasons := list(filter(holds, edge.unless)):
                closed += reasons
            elif edge.factor not in found:
                found[edge.factor] = None
                waiting.append(edge.factor)
    return closed[0] if closed else ""


def _conditions(edge: Edge) -> tuple[str, ...]:
    return (*edge.unless, *FACTORS[edge.factor].unless)


@cache
def measured() -> frozenset[str]:
    """Return the factors that some measure is measured from."""
    return frozenset(name for factors in MEASURES.values() for name in factors)


# measures --------------------------------------------------------------------------------------------------------


def factors_of_measure(measure: str) -> tuple[str, ...]:
    """Return the factors that a measure, or a part of it, is measured from; KeyError when nobody has said."""
    return _by_name(MEASURES, measure.partition(".")[0])


def factors_of_column(column: str) -> tuple[str, ...]:
    """Return the factors that a column of the panel holds; KeyError when nobody has said."""
    return _by_name(COLUMNS, column)


def _by_name(declared: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    if name in declared:
        return declared[name]
    begun = [start for start in declared if start.endswith("*") and name.startswith(start[:-1])]
    if not begun:
        raise KeyError(name)
    return declared[max(begun, key=len)]


def reaches(factors: Iterable[str], measure: str, holds: Holds = never) -> bool:
    """Whether some factors reach a measure while conditions hold."""
    return not steps(factors, holds).keys().isdisjoint(factors_of_measure(measure))


# next to one another ---------------------------------------------------------------------------------------------


@cache
def factors_entering(measure: str) -> frozenset[str]:
    """Return the factors that stand next to a measure: those it comes from before a loop closes or an effect acts.

    What is carried from month to month (`LOOPS`) ends the way, unless it is what the measure names first. Causes that
    act on it by the effects table are told, and what they come from is not.
    """
    found = _before_loops(measure)
    return frozenset(found | {one.cause for one in load_effects().values() if one.outcome in found} - LOOPS)


@cache
def _before_loops(measure: str) -> frozenset[str]:
    own = factors_of_measure(measure)
    found = set(own)
    waiting = [name for place, name in enumerate(own) if not place or name not in LOOPS]
    while waiting:
        for edge in FACTORS[waiting.pop()].reads:
            if edge.factor not in found and edge.factor not in LOOPS and edge.factor not in causes():
                found.add(edge.factor)
                waiting.append(edge.factor)
    return frozenset(found)


def outcomes_beside(measure: str) -> tuple[str, ...]:
    """Return the outcomes of the effects table that stand next to a measure."""
    return tuple(sorted(_before_loops(measure) & {one.outcome for one in load_effects().values()}))


@cache
def causes() -> frozenset[str]:
    """Return the causes of the effects table."""
    return frozenset(effect.cause for effect in load_effects().values())


def causes_moved(factors: Iterable[str], holding: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the causes that some factors move before a loop closes or an effect acts, in the order of the table.

    What is closed under one of the conditions `holding` moves nothing.
    """
    found = {name for name in factors if holding.isdisjoint(FACTORS[name].unless)}
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        if name in causes() or name in LOOPS:
            continue  # here an effect acts or a loop closes
        more = {edge.factor for edge in onwards()[name] if holding.isdisjoint(edge.unless)} - found
        found |= more
        waiting += more
    return tuple(dict.fromkeys(one.cause for one in load_effects().values() if one.cause in found))


def sections_of(factors: Sequence[str]) -> tuple[int, ...]:
    """Return the sections of docs/model.md in which some factors stand."""
    return tuple(sorted({section for name in factors for section in FACTORS[name].sections}))


def factor(name: str) -> Factor:
    """Return a factor by its name."""
    return FACTORS[name]


def all_given() -> Iterator[Given]:
    """Yield every declared input."""
    yield from INPUTS.values()
