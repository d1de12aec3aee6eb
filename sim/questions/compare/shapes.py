"""Answers as plain values for JSON; what is undefined is null."""

from __future__ import annotations

from collections.abc import Sequence

from sim import __version__
from sim.evidence.cards import Card
from sim.evidence.effects import Effect
from sim.questions.compare.assumptions import Leaning, leaning
from sim.questions.compare.budget_text import budget_shape
from sim.questions.compare.find_out import find_out_shape
from sim.questions.compare.share_of_spread import shares_shape
from sim.questions.household.shapes import reached_shape
from sim.results.measures.table import measure_of
from sim.results.spreads import Spread
from sim.results.summary import WITHIN, Estimate
from sim.runs.against import Pair
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.by_kind import KindsCompared
from sim.runs.loops import Loop
from sim.runs.paired import Paired
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.words.as_json import Shape, made_by
from sim.words.precision import precision_shape
from sim.words.stated_turnover import turnover_shape
from sim.words.warnings import warned_of


def run_shape(answer: Answer) -> Shape:
    """Return the shape of `peerstay run --json`."""
    budget = budget_shape(answer.base, answer)
    told = _case(answer.base, answer) | ({"budget": budget} if budget else {})
    told |= made_by() | drawn_shape(answer) | find_out_shape(answer) | shares_shape(answer)
    return told | turnover_shape(answer.base.loaded.scenario) | warned_of(answer) | precision_shape(answer)


def compare_shape(answer: Answer, pairs: Sequence[Pair] = ()) -> Shape:
    """Return the shape of `peerstay compare --json`; `pairs` are alternatives compared with one of them."""
    compared = {
        "base": _case(answer.base, answer),
        "alternatives": [_alternative(one, household=reached_shape(one, answer)) for one in answer.alternatives],
        "intervals": {"together": WITHIN, "each": answer.within, "correction": "Bonferroni over the alternatives"},
        "leaks": list(answer.leaks),
        "weak_evidence": _weak(answer),
        "budgets": [{"scenario": case.name, **budget_shape(case, answer)} for case in answer.cases if case.books],
    }
    return (
        compared
        | made_by()
        | drawn_shape(answer)
        | find_out_shape(answer)
        | shares_shape(answer)
        | turnover_shape(answer.base.loaded.scenario)
        | warned_of(answer)
        | _pairs(pairs)
        | precision_shape(answer)
    )


def _weak(answer: Answer) -> list[Shape]:
    """Return the weak assumptions that a comparison rests on, all of them, in the order in which they are told."""
    found = leaning(answer) if answer.alternatives else Leaning((), ())
    weak: tuple[Effect | Card, ...] = (*found.effects, *found.cards)
    return [{"key": one.key, "grade": one.grade, "low": one.low, "high": one.high} for one in weak]


def _pairs(pairs: Sequence[Pair]) -> Shape:
    if not pairs:
        return {}
    told = {
        "name": pairs[0].first.name,
        "compared_with_it": [_alternative(pair.second, "against") for pair in pairs],
        "intervals": {"together": WITHIN, "each": pairs[0].within, "correction": "Bonferroni over all pairs"},
    }
    return {"against": told}


def made_from(base: Loaded, settings: Settings) -> Shape:
    """Return what an answer found from many runs of one base was made from."""
    return {
        "version": __version__,
        "scenario": base.path.stem,
        "fingerprint": base.fingerprint,
        "seed": settings.seed,
        "replications": settings.replications,
        **made_by(),
    }


def _case(case: Case, answer: Answer) -> Shape:
    return {
        "scenario": case.name,
        "fingerprint": case.loaded.fingerprint,
        "version": __version__,
        "seed": answer.settings.seed,
        "replications": answer.settings.replications,
        "measures": {
            key: _measured(key, estimate) | _futures(case.spreads.get(key)) for key, estimate in case.measures.items()
        },
    }


def _futures(spread: Spread | None) -> Shape:
    return {} if spread is None else {"futures": spread_shape(spread)}


def drawn_shape(answer: Answer) -> Shape:
    """Return which assumptions every replication draws anew; nothing where they are taken as known."""
    futures = answer.settings.futures
    return {} if futures is None else {"drawn": [one.path for one in futures.unknowns]}


def _alternative(one: Alternative, other: str = "base", household: list[Shape] | None = None) -> Shape:
    return {
        "name": one.case.name,
        "fingerprint": one.case.loaded.fingerprint,
        "changes": [change.table() for change in one.changes],
        **({} if household is None else {"household": household}),
        **({"kinds": _kinds(one.kinds)} if one.kinds else {}),
        "measures": {key: _paired(key, compared, other) for key, compared in one.measures.items()},
        **({} if one.loops is None else {"loops": {key: _loop(loop) for key, loop in one.loops.items()}}),
    }


def _kinds(kinds: KindsCompared) -> Shape:
    """Return what each kind of employer has of an alternative."""
    return {
        name: {key: _paired(key, compared, "base") for key, compared in told.items()} for name, told in kinds.items()
    }


def _loop(loop: Loop) -> Shape:
    told = {"with_loops": loop.dynamic, "without": loop.static, "loops_add": loop.interaction}
    return {name: _estimate(one) for name, one in told.items()}


def _paired(key: str, compared: Paired, other: str) -> Shape:
    return {
        other: _measured(key, compared.base),
        "alternative": _measured(key, compared.alternative),
        "difference": _estimate(compared.difference),
        "p_better": compared.p_better,
        "verdict": compared.verdict,
        **({} if compared.spread is None else {"futures": spread_shape(compared.spread)}),
    }


def spread_shape(one: Spread) -> Shape:
    """Return the middle 90 % of single futures; of a difference with the shares on either side of zero."""
    told = {"low_90": one.low, "high_90": one.high}
    return told if one.below is None else told | {"lower_share": one.below, "higher_share": one.above}


def _measured(key: str, estimate: Estimate) -> Shape:
    return {"unit": measure_of(key).unit, **_estimate(estimate)}


def _estimate(estimate: Estimate) -> Shape:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "n": estimate.n}
