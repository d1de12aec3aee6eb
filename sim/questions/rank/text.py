"""Which of several scenarios is best, how sure that is, and when the others were ruled out."""

from __future__ import annotations

import shlex
from typing import Any

from sim import __version__
from sim.questions.rank.rank import Candidate, Ranking
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.words.as_json import made_by
from sim.words.layout import command_lines, counted, listed, paragraph, section, table
from sim.words.precision import half_in_words
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
    return f'{over}, "{_title(left[0])}" ({left[0].name}) is chosen of {len(ranking.candidates)}: {guarantee(ranking)}.'


def guarantee(ranking: Ranking) -> str:
    """Return how sure the choice is."""
    delta = half_in_words(ranking.asked.rule.delta, measure_of(ranking.asked.key).unit)
    each = "each" if len(ranking.left) > 1 else "it"
    return (
        f"with {100 * (1 - ranking.asked.rule.alpha):g} % confidence {each} is the best, or within {delta} of the best"
    )


def how_to_read(ranking: Ranking) -> str:
    """Return what the columns mean and what they do not."""
    told = (
        "All candidates use the same random numbers; ranges are 95 % intervals and show random variation only. "
        "Differences are from the scenario in first place, over the runs that both took part in."
    )
    if ranking.decided:
        told += " The confidence is in the first place, not in the order of the others."
    return f"{told} This is one measure alone: `peerstay compare` shows what else changes."


def ranking_shape(ranking: Ranking) -> dict[str, Any]:
    """Return the shape of `peerstay rank --json`."""
    asked, rule = ranking.asked, ranking.asked.rule
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
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "n": estimate.n}


def _table(ranking: Ranking) -> str:
    heading = ("Scenario", "Mean", "95 % range", "Difference", "95 % range", "Out after")
    unit = measure_of(ranking.asked.key).unit
    return table(heading, [_row(one, unit, ahead=one is ranking.candidates[0]) for one in ranking.candidates])


def _row(one: Candidate, unit: str, *, ahead: bool) -> tuple[str, ...]:
    own = (one.name, mean_told(one.estimate, unit), span(one.estimate, unit))
    when = "still in" if one.out_after is None else counted(one.out_after, "run")
    if ahead:
        return (*own, "", "", when)
    if not one.difference.excludes_zero:
        return (*own, "none detectable", "", when)
    return (
        *own,
        mean_told(one.difference, unit, signed=True, brief=True),
        span(one.difference, unit, signed=True),
        when,
    )


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
    made = paragraph(f"peerstay {__version__}, seed {ranking.settings.seed}. Fingerprints: {prints}.", "  ")
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
    return shlex.join(words)
