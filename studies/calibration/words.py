"""The prose of docs/calibration.md: what was done and why; every figure is filled in by the run."""

from __future__ import annotations

from typing import Final

INTRO: Final = """\
# Calibration of the reference workforce

Written by `make calibrate`; the figures are also in `data/calibration.toml`. Defaults of the scenario schema are the
fitted values, and a test holds them together.

## The reference workforce

60 employers with 20 posts each, followed for 60 months after a warm-up of 60. Practices are typical (0), the wage is
the outside wage, and the living wage is where pay adequacy is 0; no ladder, no awards, no growth of wages, employers'
rules off. So every cause of the model starts at zero, and what is seen is the free parameters' doing, not that of one
employer's choices or luck with money.

Burnout and satisfaction need employers that differ: they are surveyed at 80 employers whose practices, pay, load,
hours and place vary as the effects table takes them to vary, on the same baseline hazards. The wage elasticity and
what a colleague's exit does are trials: the same people and luck with and without the raise, and teams alike in all
else.

Separations stay at the level a user states (30 per 100 filled posts a year by default): the pilot solves the baseline
hazards for it.

## The search

"""

STAYING: Final = """
It ended at {ended}; with the same luck the values kept from the fit before lie at {kept}. Held to the targets {lucks}
times more, each time with other luck, the end of the search was nearer by {nearer} on average (standard error {error}):
{moved}.
"""

METHOD: Final = """\
A Latin hypercube of {points} points over all six ranges, {replications} replications each on the same luck, says what
moves what. From its best point the search walks a grid, one parameter at a time, in strides of 4, 2 and 1 steps,
until no step leads nearer.

Distance: for each target number the mean over its rows of the squared shortfall outside the band, as a share of the
band's middle; and {pull} times the squared way from the prior, as a share of the range, which decides only where the
targets do not; a prior is what evidence alone says of a parameter. A single figure without a range has a band of
{margin} to either side. Rows that led the search are marked.

What the whole way through a range changes, by regression over the hypercube:

"""

KEPT: Final = """\

Three of the six are kept, not fitted:

- **Onboarding strain → burnout** moves no target by more than luck: it would be fitted by the dip of the first months
  (V9), which is kept for validation. It stays at the effects table's value.
- **Spread between employers**: the target that would fit it (C27, a third of centers above 50 %) is the result of
  V12, kept for validation. It stays at its prior.
- **Time to fill** moves vacancy and itself only (C17, C18), and both hold at its prior.

Spread between workers, tenure shape and early peak do much the same to a population's curves; the light pull toward
the priors decides between them, and the luck of the runs no less. So a search that ends elsewhere moves no default
unless its end is nearer by more than luck tells.

## The fit

"""

IDENTITY: Final = """\
**C4 and C6 exclude each other.** In a workforce that neither grows nor shrinks, as many are hired as leave, so the
share of leavers with under a year is the share of newcomers who do not last one: 1 − retention at 12 months. C4's
0.64 to 0.76 leaves 0.24 to 0.36; C6's 0.59 asks for a retention of 0.41. C4 comes from counselors, teachers and job
profiles, C6 from direct support staff, who leave at 45 per 100 a year.

"""

TWO_RATES: Final = """\
**C1, C4 and C5 exclude one another.** With one hazard in the first year and a later one 2.6 times lower (C5), the
mean time in the job, which is 1 over separations, fixes both:

"""

TWO_RATES_READ: Final = """\

C4 asks for 0.80 to 0.85, 0.64 to 0.76 and 0.39 to 0.53. The fit keeps C5 and comes near C6; C4 gives way, because two
of its three sources (counselors, teachers) followed people who were already in post, and the third all jobs. Of those
in post this workforce keeps {stock}; of newcomers {newcomers}. What C4 mixes, the model tells apart.

"""

FILL: Final = """\
**C17 and C18 only touch.** Vacancy is s·T/(1 + s·T), with separations s and time to fill T:

"""

FILL_READ: Final = """\

The 8.5 % of direct support posts belong to 45 separations and about 75 days; at 30 separations they would need 113
days.

"""

FREE: Final = """\
**If separations were free between 20 and 40**, the search would end at: {point} (distance {distance}). They are not
freed: 30 is the one figure that stands for peers, and users type their own.

"""
