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

`wage` is a raise of two dollars alone; `groups_and_wage` the same raise with the group time. In 100 runs of five years, every assumption taken as known:

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

*Lines are means of 100 runs, bands the middle 90 % of them.*

## Read

- **Groups bring money and hours, and keep nobody**: {G margin_usd_per_year change} of margin a year and {G hours_delivered_per_year change} client-hours, but who stays does not change, since neither pay nor
  workload does. An hour in a group counts one client-hour for each person in it.
- **The raise alone cannot be paid**: {W margin_usd_per_year change} a year, and payroll is missed in {W chance_of_missing_payroll value} of runs.
- **Together they carry each other**: newcomers kept {X retention_12_months change} ({X retention_12_months range}), with a margin of {X margin_usd_per_year value} a year.

## Decide

With these numbers the board would take **both: the group time, and the raise it pays for**. What it gives up stands in no measure: whether six people in a room get what one
gets alone. That is for the people who do the work to say, and for the state, whose rate makes the group pay.

## Before you quote it

`--luck-only` takes every assumption as known, so ranges are random variation alone; leave it out, and they hold uncertain assumptions too. That a group is filled is an assumption (`time_use.group_size`), and so is the county's settlement money; `peerstay sensitivity {BASEPLAIN} --measure
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
    claims=(
        Claim("groups bring money and hours",
              lambda told: told.change(GROUPS, MARGIN) > 30_000.0 and told.change(GROUPS, HOURS) > 1_000.0),
        Claim("groups keep nobody", lambda told: not told.seen(GROUPS, NEWCOMERS)),
        Claim("the raise alone cannot be paid",
              lambda told: told.mean(WAGE, MARGIN) < told.mean(BASE, MARGIN) < 0.0 and told.mean(WAGE, RISK) > 0.1),
        Claim("together they keep people and stay in the black",
              lambda told: told.seen(BOTH, NEWCOMERS) and told.mean(BOTH, MARGIN) > 0.0),
    ),
)  # fmt: skip
