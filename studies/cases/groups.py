"""A rural organization doubles the time its peers lead groups: what is it worth, and what wage does it carry?"""

from __future__ import annotations

from typing import Final

from studies.cases.case import Claim, Study

BASE, GROUPS, BOTH, WAGE = "id_rural", "id_more_groups", "groups_and_wage", "wage"
NEWCOMERS, RISK, HOURS = "retention_12_months", "chance_of_missing_payroll", "hours_delivered_per_year"
MARGIN, CASH = "margin_usd_per_year", "cash_end_usd"
KEYS: Final = (NEWCOMERS, HOURS, "mean_wage_usd_per_hour", "cost_usd_per_year", MARGIN, CASH, RISK)
RAISE: Final = "pay.wage_usd_per_hour=23.48"
TIME: Final = ("time_use.individual=0.36", "time_use.group=0.12", "services.demand_client_hours_per_month=1318")

PAGE: Final = """# Case study: group time in a rural organization

**Who asks:** the director of a rural organization of eight posts in Idaho, and its board. **What:** twice as much time leading groups, at the cost of one-to-one hours, because Idaho pays half the
individual rate for each person in a group. **The choice:** do it or not, and what to do with the money. The organization is the one of the library, made from Idaho's rates and wages
with assumptions that its file names; it is no real employer.

## Ask

```sh
{command}
```

`wage` is a raise of two dollars alone; `groups_and_wage` the same raise with the group time. Means of 200 futures of five years, each with the uncertain assumptions drawn anew:

| | base | twice the group time | two dollars more | both |
|---|---:|---:|---:|---:|
| of 100 hired, there a year later | {B retention_12_months value} | {1 retention_12_months} | {2 retention_12_months} | {3 retention_12_months} |
| client-hours a year | {B hours_delivered_per_year value} | {1 hours_delivered_per_year} | {2 hours_delivered_per_year} | {3 hours_delivered_per_year} |
| mean wage an hour | {B mean_wage_usd_per_hour value} | {1 mean_wage_usd_per_hour} | {2 mean_wage_usd_per_hour} | {3 mean_wage_usd_per_hour} |
| cost a year | {B cost_usd_per_year value} | {1 cost_usd_per_year} | {2 cost_usd_per_year} | {3 cost_usd_per_year} |
| margin a year | {B margin_usd_per_year value} | {1 margin_usd_per_year} | {2 margin_usd_per_year} | {3 margin_usd_per_year} |
| cash at the end | {B cash_end_usd value} | {1 cash_end_usd} | {2 cash_end_usd} | {3 cash_end_usd} |
| chance of not making payroll | {B chance_of_missing_payroll value} | {1 chance_of_missing_payroll} | {2 chance_of_missing_payroll} | {3 chance_of_missing_payroll} |

![Three panels through five years for the base, more group time, a raise, and both: peers employed, cash, and the chance of having had cash below zero.]({figure})

*Lines are means of 200 futures, bands the middle 90 % of them.*

## Read

- **Groups bring money and hours, and with the money posts**: {G margin_usd_per_year change} of margin a year ({G margin_usd_per_year range}) and {G hours_delivered_per_year change} client-hours
  ({G hours_delivered_per_year range}); payroll is missed in {G chance_of_missing_payroll value} of futures in place of {B chance_of_missing_payroll value}. So fewer are laid off, and newcomers kept come to {G retention_12_months change}
  ({G retention_12_months range}). An hour in a group counts one client-hour for each person in it.
- **The raise alone cannot be paid**: {W margin_usd_per_year change} a year, payroll is missed in {W chance_of_missing_payroll value} of futures, and fewer newcomers stay ({W retention_12_months change}; {W retention_12_months range}).
- **Together they give back most of what the groups bring**: a margin of {X margin_usd_per_year value} a year, payroll missed in {X chance_of_missing_payroll value} of futures, newcomers kept {X retention_12_months change}
  ({X retention_12_months range}): more on average, and either way in single futures.

## Decide

With these numbers the board would take **the group time now, and the raise when its money is there**: `peerstay solve` finds the raise at which the chance of not making payroll stays below a limit. What groups give up stands in no measure: whether six people in a room get what one
gets alone. That is for the people who do the work to say, and for the state, whose rate makes the group pay.

## Before you quote it

The ranges hold random variation and uncertain assumptions together, and those of an organization of eight posts are wide: quote "better in so many of 100 futures" beside each mean. That a group is filled is an assumption (`time_use.group_size`), and so is the county's settlement money; `peerstay sensitivity {BASEPLAIN} --measure
margin_usd_per_year` says what else the margin hangs on. See [limits](limits.md).
"""


def _page() -> str:
    """Return the page with its shorthands written out."""
    text = PAGE.replace("{BASEPLAIN}", BASE)
    for short, name in (("1", GROUPS), ("2", WAGE), ("3", BOTH)):
        for key in KEYS:
            text = text.replace(f"{{{short} {key}}}", f"{{{name} {key} value}} ({{{name} {key} change}})")
    for short, name in (("B", BASE), ("G", GROUPS), ("W", WAGE), ("X", BOTH)):
        text = text.replace(f"{{{short} ", f"{{{name} ")
    return text


STUDY: Final = Study(
    name="groups",
    base=BASE,
    files=(GROUPS,),
    typed=(f"{WAGE}: {RAISE}", *(f"{BOTH}: {one}" for one in (*TIME, RAISE))),
    page=_page(),
    titles={WAGE: "a wage two dollars higher", BOTH: "both"},
    claims=(
        Claim("groups bring money and hours in most futures",
              lambda told: told.better(GROUPS, MARGIN) > 60 and told.better(GROUPS, HOURS) > 75),
        Claim("groups keep people because fewer are laid off, and payroll is made more often",
              lambda told: told.seen(GROUPS, NEWCOMERS) and told.change(GROUPS, "layoffs_per_year") < 0.0 and told.mean(GROUPS, RISK) < 0.7 * told.mean(BASE, RISK)),
        Claim("the raise alone cannot be paid, and keeps fewer newcomers",
              lambda told: told.mean(WAGE, MARGIN) < 0.0 and told.mean(WAGE, RISK) > told.mean(BASE, RISK) and told.change(WAGE, NEWCOMERS) < 0.0),
        Claim("together they give back most of what the groups bring",
              lambda told: told.mean(BOTH, MARGIN) < told.mean(BASE, MARGIN) and 40 < told.better(BOTH, NEWCOMERS) < 65
              and told.mean(GROUPS, RISK) < told.mean(BOTH, RISK)),
    ),
)  # fmt: skip
