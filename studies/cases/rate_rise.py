"""A state raises its Medicaid rate: who stays, who pays, and does the money reach the wages?"""

from __future__ import annotations

from typing import Final

from studies.cases.case import Claim, Study

BASE, KEPT, QUARTER, PASSED = "pa_fee_for_service", "pa_rate_rise", "quarter", "pa_rate_rise_pass_through"
WAGE, MARGIN, HOURS = "mean_wage_usd_per_hour", "margin_usd_per_year", "hours_delivered_per_year"
FEDERAL, STATE = "spending_federal_usd_per_year", "spending_state_usd_per_year"
NEWCOMERS, RISK, TENURE = (
    "retention_12_months",
    "chance_of_missing_payroll",
    "separations_standardized_per_100_posts_year",
)
KEYS: Final = (NEWCOMERS, TENURE, HOURS, WAGE, FEDERAL, STATE, MARGIN, RISK)
PART: Final = (
    "funding.medicaid.rate_usd_per_unit=16.2@2028-07",
    "funding.medicaid.group_rate_usd_per_unit=3.0@2028-07",
    "pay.pass_through_share=0.25",
)

PAGE: Final = """# Case study: a rate rise, and who gets it

**Who asks:** somebody in a state Medicaid office. **What:** a unit rate 20 % higher from July 2028. **The choice:** leave the use of the money to employers, or require that a quarter or three
quarters of it reach wages. The organization is the one of the library, like Philadelphia's in size, rates and wages; it is no real employer, and nobody has decided anything there.

## Ask

```sh
{command}
```

Each file of the library says where its numbers come from (`peerstay scenarios`, or open the file). Means of 200 futures of five years, each with the uncertain assumptions drawn anew:

| | base | rate, kept by the employer | rate, a quarter to wages | rate, three quarters to wages |
|---|---:|---:|---:|---:|
| of 100 hired, there a year later | {B retention_12_months value} | {K+ retention_12_months} | {Q+ retention_12_months} | {P+ retention_12_months} |
| leavers a year, of 100 of the same tenure | {B TENURE value} | {K+ TENURE} | {Q+ TENURE} | {P+ TENURE} |
| client-hours a year | {B hours_delivered_per_year value} | {K+ hours_delivered_per_year} | {Q+ hours_delivered_per_year} | {P+ hours_delivered_per_year} |
| mean wage an hour | {B mean_wage_usd_per_hour value} | {K+ mean_wage_usd_per_hour} | {Q+ mean_wage_usd_per_hour} | {P+ mean_wage_usd_per_hour} |
| federal government, a year | {B spending_federal_usd_per_year value} | {K+ spending_federal_usd_per_year} | {Q+ spending_federal_usd_per_year} | {P+ spending_federal_usd_per_year} |
| state, a year | {B spending_state_usd_per_year value} | {K+ spending_state_usd_per_year} | {Q+ spending_state_usd_per_year} | {P+ spending_state_usd_per_year} |
| employer's margin, a year | {B margin_usd_per_year value} | {K+ margin_usd_per_year} | {Q+ margin_usd_per_year} | {P+ margin_usd_per_year} |
| chance of not making payroll | {B chance_of_missing_payroll value} | {K+ chance_of_missing_payroll} | {Q+ chance_of_missing_payroll} | {P+ chance_of_missing_payroll} |

![Three panels through five years for the base and three ways to use a rate rise: peers employed, cash, and the chance of having had cash below zero.]({figure})

*Lines are means of 200 futures, bands the middle 90 % of them.*

## Read

- **The rate alone keeps people by keeping their posts.** Kept by the employer, it brings the chance of not making payroll from {B chance_of_missing_payroll value} to {K chance_of_missing_payroll value}. Newcomers
  kept: {K retention_12_months change} ({K retention_12_months range}), because fewer are laid off; wages hardly move.
- **Three quarters passed on pays people, and leaves the employer nearly as exposed as before.** Mean wage: {P mean_wage_usd_per_hour change} an hour, and fewer of the same tenure leave: {P TENURE change}
  ({P TENURE range}). But payroll is missed in {P chance_of_missing_payroll value} of futures, and newcomers kept come to {P retention_12_months change} only ({P retention_12_months range}).
- **A quarter passed on does some of both.** Mean wage: {Q mean_wage_usd_per_hour change} an hour; payroll is missed in {Q chance_of_missing_payroll value} of futures; newcomers kept: {Q retention_12_months change}
  ({Q retention_12_months range}); client-hours: {Q hours_delivered_per_year change} ({Q hours_delivered_per_year range}).
- **It costs the public about the same each way**: the federal share is {K spending_federal_usd_per_year change}, {Q spending_federal_usd_per_year change} and {P spending_federal_usd_per_year change} a year,
  since a unit is paid alike; who keeps the money is what differs.
- **What no share mends**: a contract of the county that stays flat while costs rise. With three quarters passed on the margin is still below zero on average ({P margin_usd_per_year value} a year).

## Decide

With these numbers the office would ask for **about a quarter at first, and for more once the county's contract is indexed**: of the three it is the one that both raises pay and takes away most of the risk, at
nearly the same public cost, and in most futures it keeps more people and gives more hours. Somebody for whom pay comes first would pass on three quarters and index the contract in the same year. `peerstay solve` finds the share at which the chance of not making payroll
stays below a limit: vary `pay.pass_through_share`.

## Before you quote it

The ranges hold random variation and uncertain assumptions together, and most of them reach zero: quote "better in so many of 100 futures" beside each mean. Taken as known (`--luck-only`), the same assumptions read otherwise: the base runs out of money less often, and three quarters passed on keep more newcomers
than the rate alone. That sureness nobody has, which is why the decision does not rest on it. `peerstay uncertainty {BASEPLAIN} {PASSEDPLAIN} --measure retention_12_months` tells which assumptions it hangs on. See [limits](limits.md).
"""


def _page() -> str:
    """Return the page with its shorthands written out."""
    text = PAGE.replace("{BASEPLAIN}", BASE).replace("{PASSEDPLAIN}", PASSED).replace("TENURE", TENURE)
    for short, name in (("K", KEPT), ("Q", QUARTER), ("P", PASSED)):
        for key in KEYS:
            text = text.replace(f"{{{short}+ {key}}}", f"{{{name} {key} value}} ({{{name} {key} change}})")
        text = text.replace(f"{{{short} ", f"{{{name} ")
    return text.replace("{B ", f"{{{BASE} ")


STUDY: Final = Study(
    name="rate_rise",
    base=BASE,
    files=(KEPT, PASSED),
    typed=tuple(f"{QUARTER}: {one}" for one in PART),
    page=_page(),
    titles={QUARTER: "the same rate rise, a quarter of it passed on to wages"},
    claims=(
        Claim("the rate alone keeps people by keeping their posts",
              lambda told: told.seen(KEPT, NEWCOMERS) and told.change(KEPT, "layoffs_per_year") < -1.0 and told.change(KEPT, WAGE) < 0.1),
        Claim("three quarters passed on leave the employer nearly as exposed",
              lambda told: told.mean(KEPT, RISK) < 0.5 * told.mean(PASSED, RISK) and not told.seen(PASSED, RISK)),
        Claim("three quarters passed on keep fewer newcomers than the other two, and fewer of the same tenure leave than in the base",
              lambda told: told.change(PASSED, NEWCOMERS) < min(told.change(KEPT, NEWCOMERS), told.change(QUARTER, NEWCOMERS)) and told.better(PASSED, TENURE) > 75),
        Claim("a quarter passed on raises pay, takes most of the risk away, and keeps people and hours in most futures",
              lambda told: told.change(QUARTER, WAGE) > 0.5 and told.mean(QUARTER, RISK) < 0.5 * told.mean(BASE, RISK)
              and min(told.better(QUARTER, NEWCOMERS), told.better(QUARTER, HOURS)) > 66),
        Claim("the federal share is about the same",
              lambda told: 0.8 < told.change(KEPT, FEDERAL) / told.change(PASSED, FEDERAL) < 1.25),
        Claim("with three quarters passed on the margin is below zero",
              lambda told: told.mean(PASSED, MARGIN) < 0.0 < told.mean(KEPT, MARGIN)),
    ),
)  # fmt: skip
