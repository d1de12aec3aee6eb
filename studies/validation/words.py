"""The prose of docs/validation.md; every figure but published ones is filled in by the run."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

INTRO: Final = """\
# Validation

Written by `make validate`; the same code and tables give the same bytes.

**How far the ranges of an answer hold.** Each study of leaving was taken away in turn and predicted from the others. Of
{figures} published figures {in_90} lie in the bands that should hold nine of ten, {in_80} in those that should hold
eight, {in_50} in those that should hold half. [How far to trust it](trust.md) has every study, the goals that were
missed, and why.

![Every figure with the band predicted without its study: blue in the 90 % band, red outside.](figures/trust.svg)

*Thin bars hold 90 %, thick bars 50 %; crosses are the first edition's figures.*

**What follows is older and narrower.** It holds the model at the values taken (as `--luck-only` does) to what is known
and does not draw what is not known of leaving with tenure and between employers. Its bands hold few, which is why
answers are over futures. Four questions, in the words of the ISPOR-SMDM task force: does the program do what the model
says (a, verification), does the reference workforce show what is known (b, dependent and internal validity), does it
foretell results it was not tuned on (c, external validity), and what must nobody read into it (d).

{overview}

"""

EXACT: Final = """\
## (a) Closed forms

Files of `scenarios/closed_form`; within four standard errors, or equal to the last digit where the error is 0.

"""

TARGETS: Final = """\
## (b) Calibration targets

The fitted workforce of [calibration](calibration.md), where set-up, bands and conflicts are explained. The fit was
led by the marked rows and by nothing else.

"""

PREDICTIONS: Final = """\
## (c) Natural experiments

Each study is a scenario in `scenarios/validation`: the reference workforce, over which its file lays what the study
says of its place (separations, pay, size), with every assumption named there. No parameter was fitted to a result in
this section. The effects table is drawn {draws} times from its ranges (triangular, its own value the likeliest), each
time with other luck; the band holds the middle 90 % of the draws, so it carries both ignorance of effects and luck,
and neither the published figure's own error nor what is not known of leaving with tenure and between employers. Where
wages move, each of the three responses of leaving to the wage is run. *Start* marks what went in or follows from a
rule's definition: shown, not judged.

Not everything here is unseen. C5 and C6 were taken from V4's and V5's studies, and C4's bands from V6, V7 and V8: for
these rows the section shows whether the fit carries over to the study's own level of separations, not more. V1, V2,
V9, V11 and V12 led nothing.

What the misses have in common, as far as known. Studies disagree about how fast leaving slows with time in the job:
V5 and V8 ask for a slower decline than C5 and C6 did, V7 for a lasting one; no single shape meets all. Large raises
and a payment for staying did more than the model's elasticity says (V1, V2). The first months weigh more on newcomers
than in the model (V9). Moves between peer jobs and other jobs are only half followed (V11).

"""

CLAIMS: Final = """\
## (d) What the model does not claim

- **No forecast of one employer.** Bands are over employers alike in all that the scenario states. The spread between
  employers is larger than at the value taken (C27, V12); futures draw it from what [all studies](posterior.md) say.
- **No size of effect for peers where none was measured.** No study has measured peers' turnover by tenure, return to
  use, a response to wages, or burnout against exits. Grades in the effects table say where a neighboring field
  stands in.
- **No causes from correlations.** Most effects are associations, made joint by hand so that they do not count twice.
- **No intentions.** Considering leaving, and what goes with it (C9, C10), is not a rate of leaving.
- **No bonus tied to staying, in these checks.** V1's payment counts as what an hour pays. The input for such a bonus
  (`turnover.stay_bonus_elasticity`) was set between V1 and an evaluation without effect, so V1 cannot test it.
- **No labor market, in these checks.** Outside wages are an input; people move between employers, and what comes into
  peer jobs is followed, only in a portfolio that asks for it (`market.people_move`). With it V11's share falls from
  0.713 to 0.687 (`studies/validation/cohort.py`), a quarter of the fall that was published.
- **No clients.** Service is hours and relationships; what peers do for recovery is not modeled.
- **Money is arithmetic**, exact under the rules stated (a); rates, denials and award chances are the user's, and most
  published ones are second-hand.
- Results for an employer of fewer than about ten posts are mostly luck; their bands say so.

"""

WHY: Final = MappingProxyType(
    {
        "V1": "The payment was tied to staying eight months and came as a recognition; the model sees 9 % more an "
        "hour. By the wage alone, halving exits would need an elasticity of about −9.",
        "V2": "The study's bundle: wage, insurance, and a union contract over 52 months. The model moves wage and "
        "one SD of benefits at once.",
        "V4": "C6 and C17 are figures of the same study, and C6 led the fit. The share of leavers with under a year "
        "follows from separations and their decline with tenure; the share of staff does too.",
        "V5": "England counts years in the sector, the model years in the post, and somebody new in a post may be "
        "old in the sector: newcomers of the model leave more, old hands less. Its opening knows no tenure "
        "over ten years. Ordinary care workers leave more than England's average, which set the level, "
        "because other jobs are in that average too.",
        "V6": "Voluntary exits of people in post, of the counselors whose loss of 33.2 % in a year set the level. "
        "The model takes more of its voluntary exits from newcomers, so that those in post quit less.",
        "V7": "The level is the centers' mean loss in a year (V12), so that the first year is nearly given. Of "
        "those who stayed a year the model loses more than Louisiana did: what keeps some teachers for long "
        "is more than tenure, workers' and employers' spread have here.",
        "V8": "Profiles cover all jobs. After a first year like theirs this workforce leaves more slowly: its "
        "decline with tenure was led by care staff (C5, C6). Who is promoted differs from who is not before "
        "the promotion, here only in having stayed long enough for it.",
        "V9": "32 people: the error of a mean of 32 is 0.18 SD, of a change somewhat less or more. Wellbeing stands "
        "for burnout, whose figures were not tabulated. Prospects fall by 0.4 because the rule's size was "
        "taken from here. Full-time work weighs on burnout from the first month, so that it does not come all "
        "the way back.",
        "V11": "How much faster outside wages rose was not seen (5 % a year is an assumption), and the pandemic's "
        "other changes are not in it. What came into peer jobs is taken as unchanged.",
        "V12": "Centers of one kind here, with ten posts each; Louisiana's are of many kinds and sizes, and what "
        "they differ in lasts.",
    }
)

OUT_OF_REACH: Final = """\
Out of reach: V8's lateral moves (62 % stay; the model has no moves within an employer but promotions); wellbeing,
pay, workload and support by item in V9; the cohort's share in employment in V11.

"""
