"""Which of several scenarios is best, how sure that is, and when the others were ruled out."""

from __future__ import annotations

import shlex
from typing import Any

from sim import __version__
from sim.questions.rank.rank import Candidate, Ranking, Single
from sim.results.measures.table import measure_of
from sim.results.spreads import ranged
from sim.results.summary import Estimate
from sim.runs.identity import data_version, model_version
from sim.words.as_json import made_by
from sim.words.differences import hundredths
from sim.words.layout import command_lines, counted, listed, paragraph, section, table
from sim.words.precision import half_in_words
from sim.words.provenance import luck_only
from sim.words.ranges import mean_told, span
from sim.words.stand_in import told_label


def ranking_text(ranking: Ranking, command: str) -> str:
    """Return the text of `peerstay rank`."""
    return "\n\n".join(
        (
            paragraph(sentence(ranking)),
            _table(ranking),
            paragraph(how_to_read(ranking)),
            paragraph(_work(ranking)),
            _reproduce(ranking, command),
        )
    )


def sentence(ranking: Ranking) -> str:
    """Return which is best, with the guarantee; or that none was chosen."""
    left = ranking.left
    label = told_label(ranking.asked.key, [ranking.base]).lower()
    by = f"by {label} ({'higher' if ranking.asked.higher else 'lower'} is better)"
    over = f"Projected over {counted(ranking.base.scenario.horizon.months, 'month')}, {by}"
    if not ranking.decided:
        return (
            f"{over}, no choice is made: after the cap of {counted(ranking.replications, 'run')} {len(left)} of "
            f"{len(ranking.candidates)} are still in, {listed([one.name for one in left])}. Which of them is best is "
            f"not known at this confidence; --most {ranking.settled_by} would settle it, often sooner, or a larger "
            "--delta."
        )
    if len(left) > 1:
        return f"{over}, {listed([one.name for one in left])} are level and ahead of the others: {guarantee(ranking)}."
    best = f" It is the best in {_best_in(left[0])} futures." if shows_best(ranking) else ""
    chosen = f'"{_title(left[0])}" ({left[0].name}) is chosen of {len(ranking.candidates)}'
    return f"{over}, {chosen}: {guarantee(ranking)}.{best}"


def guarantee(ranking: Ranking) -> str:
    """Return how sure the choice is."""
    delta = half_in_words(ranking.asked.rule.delta, measure_of(ranking.asked.key).unit)
    each = "each" if len(ranking.left) > 1 else "it"
    return (
        f"with {100 * (1 - ranking.asked.rule.alpha):g} % confidence {each} is the best, or within {delta} of the best"
    )


def how_to_read(ranking: Ranking) -> str:
    """Return what the columns mean and what they do not."""
    futures, delta = (
        ranking.settings.futures,
        "Differences are from the scenario in first place, over the runs that both took part in.",
    )
    told = (
        f"All candidates use the same random numbers; ranges are 95 % intervals and show random variation only. {delta}"
    )
    if futures is not None:
        told = (
            "All candidates are projected in the same futures, each with "
            f"{counted(len(futures.unknowns), 'uncertain assumption')} drawn anew and its own random numbers; the "
            f"choice is by the mean over them. Ranges hold the middle 90 % of single futures. {delta}"
        )
        if shows_best(ranking):
            told += ' "Best in 58" says in how many of 100 futures none is better, of those that all took part in.'
    if ranking.decided:
        told += " The confidence is in the first place, not in the order of the others."
    return f"{told} This is one measure alone: `peerstay compare` shows what else changes."


def ranking_shape(ranking: Ranking) -> dict[str, Any]:
    """Return the shape of `peerstay rank --json`."""
    asked, rule, futures = ranking.asked, ranking.asked.rule, ranking.settings.futures
    return {
        "measure": asked.key,
        "unit": measure_of(asked.key).unit,
        "better": "higher" if asked.higher else "lower",
        "delta": rule.delta,
        "alpha": rule.alpha,
        "first": rule.first,
        "most": rule.most,
        "version": __version__,
        **made_by(),
        "seed": ranking.settings.seed,
        "base_fingerprint": ranking.base.fingerprint,
        "decided": ranking.decided,
        "best": [one.name for one in ranking.left] if ranking.decided else [],
        "still_in": [one.name for one in ranking.left],
        "says": sentence(ranking),
        "eliminated": [one.name for one in ranking.out],
        "replications": ranking.replications,
        "settled_by": ranking.settled_by,
        "runs": ranking.runs,
        "runs_if_all": ranking.runs_if_all,
        **({} if futures is None else {"drawn": [one.path for one in futures.unknowns]}),
        "candidates": [_candidate(one) for one in ranking.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "name": one.name,
        "fingerprint": one.loaded.fingerprint,
        **_estimate(one.estimate),
        "difference_from_first": _estimate(one.difference),
        "out_after": one.out_after,
        "runs": one.runs,
        **({} if one.single is None else {"futures": _single(one.single)}),
    }


def _single(one: Single) -> dict[str, Any]:
    told = {"value": one.own, "difference_from_first": one.difference}
    bands = {name: None if band is None else {"low_90": band.low, "high_90": band.high} for name, band in told.items()}
    return {"best_share": one.best, **bands}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "n": estimate.n}


def shows_best(ranking: Ranking) -> bool:
    """Whether it is told in how many futures a candidate is the best."""
    return all(one.single is not None and one.single.best is not None for one in ranking.candidates)


def _table(ranking: Ranking) -> str:
    unit, ahead = measure_of(ranking.asked.key).unit, ranking.candidates[0]
    ranges = "Middle 90 %" if any(one.single and one.single.own for one in ranking.candidates) else "95 % range"
    heading = ["Scenario", "Mean", ranges, "Difference", ranges, "Out after"]
    rows = [_row(one, unit, ahead=one is ahead) for one in ranking.candidates]
    if shows_best(ranking):
        heading.insert(-1, "Best in")
        rows = [(*row[:-1], _best_in(one), row[-1]) for row, one in zip(rows, ranking.candidates, strict=True)]
    return table(tuple(heading), rows)


def _best_in(one: Candidate) -> str:
    return "" if one.single is None or one.single.best is None else f"{hundredths(one.single.best)} of 100"


def _row(one: Candidate, unit: str, *, ahead: bool) -> tuple[str, ...]:
    level = one.estimate if one.single is None else ranged(one.estimate, one.single.own)
    own = (one.name, mean_told(level, unit), span(level, unit))
    when = "still in" if one.out_after is None else counted(one.out_after, "run")
    if ahead:
        return (*own, "", "", when)
    apart = one.difference if one.single is None else ranged(one.difference, one.single.difference)
    if apart is one.difference and not apart.excludes_zero:
        return (*own, "the same" if apart.always_zero else "none detectable", "", when)
    return (*own, mean_told(apart, unit, signed=True, brief=True), span(apart, unit, signed=True), when)


def _work(ranking: Ranking) -> str:
    """Return what it cost, beside what it would have cost without dropping any."""
    number = len(ranking.candidates)
    out = [f"{one.name} ({one.out_after:,})" for one in ranking.out]
    gone = f"Out, in this order, after so many runs: {listed(out)}. " if out else ""
    return (
        f"{gone}{ranking.runs:,} runs were made of {number} candidates; to run all of them {ranking.replications:,} "
        f"times, as often as those still in, would have been {ranking.runs_if_all:,}."
    )


def _title(one: Candidate) -> str:
    return one.loaded.scenario.title or one.name


def _reproduce(ranking: Ranking, command: str) -> str:
    prints = ", ".join(f"{one.name} {one.loaded.fingerprint}" for one in ranking.candidates)
    digests = f"Model {model_version()}, data {data_version()}."
    made = paragraph(f"peerstay {__version__}, seed {ranking.settings.seed}. {digests} Fingerprints: {prints}.", "  ")
    return section("Reproduce this", f"{command_lines(command)}\n{made}")


def rank_command_line(ranking: Ranking, paths: list[str], sets: tuple[str, ...], *, with_base: bool) -> str:
    """Return the command that makes the ranking again, whatever the files' own seed becomes."""
    asked, rule = ranking.asked, ranking.asked.rule
    words = ["peerstay", "rank", *paths, "--measure", asked.key, "--delta", f"{rule.delta:.12g}"]
    if measure_of(asked.key).direction == "neither":
        words.append("--higher" if asked.higher else "--lower")
    words += [] if with_base else ["--without-base"]
    words += [word for setting in sets for word in ("--set", setting)]
    words += ["--alpha", f"{rule.alpha:.12g}", "--first", str(rule.first), "--most", str(rule.most)]
    words += ["--months", str(ranking.base.scenario.horizon.months), "--seed", str(ranking.settings.seed)]
    return shlex.join(words) + luck_only(ranking.settings)
