"""Declare what is read at the end: measure | factors it is measured from, the main one first; column | the same.

A name ending in `*` stands for all that begin so; the longest that fits counts. Every measure and every column of the
monthly panel stands here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sim.influences.lines import lines_of, parts_of

_MEASURES: Final = """
headcount | filled
vacancy_rate | filled, posts, closure, pool
exits_per_year | exits
lost_to_others_per_year | movers, closure
net_from_others_per_year | movers, closure
separations_* | exits, filled, tenure
leavers_who_quit_share | exits, destinations
retention_* | exits, tenure
retention_after_promotion_* | exits, rung
stability_12_months | exits, filled
median_tenure_months | tenure
promotions_per_100_posts_year | promotions, filled
hired_and_promoted_share | promotions, hires, exits, filled
months_waited_for_promotion | promotions, rung
burnout_* | burnout, in_post
satisfaction_mean | satisfaction, in_post
role_clarity_mean | role_clarity, in_post
recovery_mean | recovery, in_post
return_to_use_per_100_posts_year | return_to_use, leave, filled
people_supported_back | leave
mean_wage_usd_per_hour | wage, in_post
median_wage_usd_per_hour | wage, in_post
wage_to_living_wage | wage, living_wage, in_post
share_below_living_wage | wage, household_wage, households, in_post
living_wage_gap_usd_per_year | wage, household_wage, households, paid_hours
wage_gap_by_group_share | wage, groups, in_post
revenue_usd_per_year | receipts
cost_usd_per_year | cost
margin_usd_per_year | receipts, cost
cash_end_usd | cash
months_of_reserve_end | cash, payroll
chance_of_negative_cash | cash
chance_of_missing_payroll | liquidity
months_open | closure
months_in_freeze | freeze
layoffs_per_year | layoffs
chance_of_closure | closure
lapsed_award_usd | lapsed
denied_usd_per_year | denied
turnover_cost_* | replacement_cost, exits
turnover_cost_share_of_pay | replacement_cost, exits, wages_cost, filled
spending_* | payers
cost_per_hour_delivered_usd | cost, delivered
break_even_billable_share | payroll, paid_hours, hour_value
break_even_billable_share_full_cost | cost, paid_hours, hour_value
break_even_billable_share_at_start | newcomer_hour, hour_value
billable_share | billed, paid_hours, hour_value
hours_delivered_per_year | delivered, closure
hours_delivered_in_all | delivered, closure
unmet_hours_per_year | demand, delivered
backlog_end | backlog
clients_served | clients
relationships_broken_per_year | broken
"""

_COLUMNS: Final = """
in_post | in_post
leave_time | leave
paid_hours | paid_hours
worked_hours | work_time
ramp_up_hours | work_time
productive_hours | work_time
wage_time | wages_cost
hires | hires
exits | exits
broken | broken
clients | clients
capacity | capacity
asked | demand
demand | demand
wanted | demand, backlog
delivered | delivered
dropped | backlog
backlog | backlog
lost | lost_demand
cost | cost
payroll | payroll
turnover_cost | turnover_cost
separation_cost | turnover_cost
hiring_cost | turnover_cost
cover_cost | turnover_cost
bonuses | sign_on_bonuses, stay_bonuses
ramp_up_usd | replacement_cost
uncertified_hours | replacement_cost
liquidity | liquidity
due | due
posts | posts
living_wage | living_wage
billable_hours_share | work_time
units.* | units, visits
billed.* | billed, prospective
denied.* | denied
charged.* | charged
awarded.* | award_room
available.* | award_room, charged
peers | in_post
burned_out | burnout, in_post
wage_sum | wage, in_post
median_wage | wage, in_post
wage_ratio_sum | wage, living_wage, in_post
below_living_wage | wage, household_wage, households, in_post
living_wage_gap | wage, household_wage, households, paid_hours
certified | certified, in_post
supervisor_fte | supervision, rung, in_post, work_time
white | groups, in_post
white_wage_sum | groups, wage, in_post
black | groups, in_post
black_wage_sum | groups, wage, in_post
full_time | full_time, in_post
full_time_wage_sum | full_time, wage, in_post
burnout_sum | burnout, in_post
satisfaction_sum | satisfaction, in_post
role_clarity_sum | role_clarity, in_post
recovery_sum | recovery, in_post
rung.* | rung, in_post
household.* | households, in_post
below.* | wage, household_wage, households, in_post
workload | workload
supervision_penalty | supervision
funding_certainty | funding_certainty
filled | filled
moved_in | movers
moved_out | movers
pool | pool
on_leave | leave
funded | funded
frozen | freeze
closed | closure
cash | cash
receivable | receivable
"""

_FACTS: Final = "exits, hires, leave, filled, tenure, certified, promotions, rung, wage, destinations"


def _read(text: str) -> dict[str, tuple[str, ...]]:
    lines = (parts_of(line, 2) for line in lines_of(text))
    return {name: _names(factors) for name, factors in lines}


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


MEASURES: Final = MappingProxyType(_read(_MEASURES))
COLUMNS: Final = MappingProxyType(_read(_COLUMNS))
FACTS: Final = _names(_FACTS)  # what the log of people is written from
