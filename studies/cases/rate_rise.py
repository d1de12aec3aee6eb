"""A state raises its Medicaid rate: who stays, who pays, and does the money reach the wages?"""

from __future__ import annotations

from typing import Final

from studies.cases.case import Claim, Study

BASE, KEPT, PASSED = "pa_fee_for_service", "pa_rate_rise", "pa_rate_rise_pass_through"
WAGE: Final = "mean_wage_usd_per_hour"
NEWCOMERS, RISK, TENURE = (
    "retention_12_months",
    "chance_of_missing_payroll",
    "separations_standardized_per_100_posts_year",
)

PAGE: Final = """# Case study: a rate rise, and who gets it

**Who asks:** somebody in a state Medicaid office. **What:** a unit rate 20 % higher from July 2028. **The choice:** leave the use of the money to employers, or require that three
quarters of it reach wages. The organization is the one of the library, like Philadelphia's in size, rates and wages; it is no real employer, and nobody has decided anything there.

## Ask

```sh
{command}
```

Each file of the library says where its numbers come from (`peerstay scenarios`, or open the file). In 100 runs of five years, every assumption taken as known:

| | base | rate, kept by the employer | rate, three quarters to wages |
|---|---:|---:|---:|
| of 100 hired, there a year later | {B retention_12_months value} | {B+ retention_12_months} | {W+ retention_12_months} |
| leavers a year, of 100 of the same tenure | {B TENURE value} | {B+ TENURE} | {W+ TENURE} |
| mean wage an hour | {B mean_wage_usd_per_hour value} | {B+ mean_wage_usd_per_hour} | {W+ mean_wage_usd_per_hour} |
| federal government, a year | {B spending_federal_usd_per_year value} | {B+ spending_federal_usd_per_year} | {W+ spending_federal_usd_per_year} |
| state, a year | {B spending_state_usd_per_year value} | {B+ spending_state_usd_per_year} | {W+ spending_state_usd_per_year} |
| employer's margin, a year | {B margin_usd_per_year value} | {B+ margin_usd_per_year} | {W+ margin_usd_per_year} |
| chance of not making payroll | {B chance_of_missing_payroll value} | {B+ chance_of_missing_payroll} | {W+ chance_of_missing_payroll} |

![Three panels through five years for the base and two ways to use a rate rise: peers employed, cash, and the chance of having had cash below zero.]({figure})

*Lines are means of 100 runs, bands the middle 90 % of them.*

## Read

- **The rate alone buys solvency, not staying.** Kept by the employer, it takes away the risk of missing payroll. Newcomers
  kept: {K retention_12_months change}, because nobody is laid off any more; wages do not move.
- **Passed on, it buys staying.** Newcomers kept: {P retention_12_months change} ({P retention_12_months range}); mean wage: {P mean_wage_usd_per_hour change} an hour.
- **It costs the public about the same either way**: the federal share is {K spending_federal_usd_per_year change} and {P spending_federal_usd_per_year change} a year,
  since a unit is paid alike; who keeps the money is what differs.
- **What it does not mend**: a contract of the county that stays flat while costs rise. With the pass-through the margin is still below zero on average
  ({P margin_usd_per_year value} a year), and some runs end in a missed payroll.

## Decide

With these numbers the office would take **the pass-through, with the county's contract indexed beside it**: it is the only one of the two that keeps people beyond what solvency gives, at
nearly the same public cost. Somebody who weighs a missed payroll more would begin with the employer's share and pass on less; `peerstay solve` finds the share at which the chance
falls below a limit: vary `pay.pass_through_share`.

## Before you quote it

`--luck-only` takes every assumption as known, so ranges are random variation alone; leave it out, and they hold uncertain assumptions too. How leaving answers to a wage is not in them, and studies differ widely on it (an elasticity of −0.5 to −3.0):
`peerstay uncertainty {BASEPLAIN} {PASSEDPLAIN} --measure retention_12_months` tells by how much. See [limits](limits.md).
"""


def _page() -> str:
    """Return the page with its shorthands written out."""
    text = PAGE.replace("{BASEPLAIN}", BASE).replace("{PASSEDPLAIN}", PASSED).replace("TENURE", TENURE)
    for short, name in (("B+", KEPT), ("W+", PASSED)):
        for key in (NEWCOMERS, TENURE, "mean_wage_usd_per_hour", "spending_federal_usd_per_year",
                    "spending_state_usd_per_year", "margin_usd_per_year", RISK):  # fmt: skip
            text = text.replace(f"{{{short} {key}}}", f"{{{name} {key} value}} ({{{name} {key} change}})")
    return text.replace("{B ", f"{{{BASE} ").replace("{K ", f"{{{KEPT} ").replace("{P ", f"{{{PASSED} ")


STUDY: Final = Study(
    name="rate_rise",
    base=BASE,
    files=(KEPT, PASSED),
    typed=(),
    page=_page(),
    claims=(
        Claim("passed on, more newcomers stay than with the rate alone",
              lambda told: told.change(PASSED, NEWCOMERS) > told.change(KEPT, NEWCOMERS) and told.seen(PASSED, NEWCOMERS)),
        Claim("kept, it takes the risk of missing payroll away",
              lambda told: told.mean(KEPT, RISK) < 0.02 < told.mean(PASSED, RISK) < told.mean(BASE, RISK)),
        Claim("wages move with the pass-through alone",
              lambda told: told.change(PASSED, WAGE) > 1.0 and abs(told.change(KEPT, WAGE)) < 0.1),
        Claim("the federal share is about the same",
              lambda told: 0.8 < told.change(KEPT, "spending_federal_usd_per_year") / told.change(PASSED, "spending_federal_usd_per_year") < 1.25),
        Claim("with the pass-through the margin is below zero",
              lambda told: told.mean(PASSED, "margin_usd_per_year") < 0.0 < told.mean(KEPT, "margin_usd_per_year")),
    ),
)  # fmt: skip
