"""Leave each study out in turn, fit the others, and predict its figures as those of a new population."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from scipy.special import logsumexp

from sim.streams import Generator
from studies.observations import Figure, Study, load_studies
from studies.posterior import vacancies, wages
from studies.posterior.fits import Fit, fit, luck_of
from studies.posterior.predicting import from_odds, predictable
from studies.posterior.scores import Published, Score, scored
from studies.posterior.tenure import noisy, student
from studies.renewal import Reach

DRAWN: Final = 20_000
TENURE, VACANCY, WAGES = "leaving", "vacancy", "wages"
Placed = TypeVar("Placed", vacancies.Vacancy, wages.Estimate)
NOISE, EMPTY, PAID = 4, 5, 6  # numbers of streams
WORDS: Final[dict[str, str]] = {
    "newcomers_kept": "newcomers kept {months:g} months",
    "in_post_kept": "people in post kept {months:g} months",
    "in_post_quit": "people in post who quit within {months:g} months",
    "stock_under": "staff with under {months:g} months",
    "leavers_under": "leavers with under {months:g} months",
    "centers_losing_half": "center-years that lose over half",
    "centers_never": "centers that never do in {years} years",
    "centers_again": "centers that do so more than once",
    "sector_leaving": "leave a year, {since:g} to {months:g} months in the sector",
    "vacancy": "vacancy",
}


@dataclass(frozen=True)
class LeftOut:
    """Scores of one study's figures, the log density of all of them together, and the fit that predicted them."""

    study: str
    scores: tuple[Score, ...]
    log_density: float
    r_hat: float
    effective: float


def label_of(figure: Figure) -> str:
    """Return what a figure is of, in words."""
    return WORDS[figure.quantity].format(months=figure.months, years=figure.years, since=figure.since or 0)


def leaving(reach: Reach) -> list[LeftOut]:
    """Return every study of leaving, predicted from the others."""
    return [_one_out(fit(reach, (study.key,)), study, luck_of(NOISE, reach)) for study in _tenure()]


def _tenure() -> list[Study]:
    return [study for study in load_studies() if predictable(study)]


def _one_out(found: Fit, study: Study, luck: Generator) -> LeftOut:
    emulated = found.model.emulator
    mine = emulated.of_study == [one.key for one in emulated.studies].index(study.key)
    chosen = found.chain[np.linspace(0, len(found.chain) - 1, DRAWN).astype(int)]
    shared, points = found.model.parameters(chosen)
    odds, sampling = emulated.predict(points)[:, mine], emulated.sampling[mine]
    scale = np.sqrt(np.square(shared[:, -1])[:, None] + np.square(sampling))
    density = (student((emulated.observed[mine] - odds) / scale) - np.log(scale)).sum(axis=1)
    figures = predictable(study)
    drawn = from_odds(figures, noisy(odds, shared[:, -1], sampling, luck))
    scores = [
        scored(Published(study.key, label_of(figure), TENURE, figure.value, figure.first_edition), drawn[:, place])
        for place, figure in enumerate(figures)
    ]
    log_density = float(logsumexp(density) - np.log(len(density)))
    return LeftOut(
        study.key, tuple(scores), log_density, float(found.r_hat[:8].max()), float(found.effective[:8].min())
    )


def vacant() -> list[Score]:
    """Return every vacancy, predicted from the places that are not its own."""
    seen, luck = vacancies.vacancies(load_studies()), luck_of(EMPTY)
    figures = {(study.key, figure.value): figure for study in load_studies() for figure in study.figures}

    def of(one: vacancies.Vacancy, others: Sequence[vacancies.Vacancy]) -> Score:
        first = figures[one.study, one.share].first_edition
        published = Published(one.study, "vacancy", VACANCY, one.share, first, tuple(other.share for other in others))
        return scored(published, vacancies.predicted(vacancies.filled(others), DRAWN, one.per_year, luck))

    return _elsewhere(seen, of)


def paid(found: Sequence[wages.Estimate] | None = None) -> list[Score]:
    """Return every response to wages, predicted from the places that are not its own."""
    seen, luck = found or wages.estimates(load_studies()), luck_of(PAID)
    first = next(wage.first_edition for study in load_studies() for wage in study.wages)

    def of(one: wages.Estimate, others: Sequence[wages.Estimate]) -> Score:
        pools = [wages.pooled(others, form) for form in wages.FORMS]
        drawn = wages.new_places(pools, DRAWN, luck) + one.error * luck.standard_normal(DRAWN)
        figures = tuple(other.value for other in others)
        return scored(Published(one.study, "elasticity to wages", WAGES, one.value, first, figures), drawn)

    return _elsewhere(seen, of)


def _elsewhere(seen: Sequence[Placed], of: Callable[[Placed, Sequence[Placed]], Score]) -> list[Score]:
    return [of(one, [other for other in seen if other.place != one.place]) for one in seen]
