"""Declare the factors: name | sections of docs/model.md | what it is | what it is made from | closed if.

An edge is closed while its condition holds: `x unless a; b` says that x does not enter while a or b holds. Conditions
are read in `sim/scenario/check/conditions.py`. What causes do to states and to leaving is not declared here: those edges are
the rows of the effects table.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sim.influences.lines import factor_of, lines_of

_LINES: Final = """
# the frame: what it holds reaches everything
calendar    | 3   | when the projection begins and ends
luck        | 4   | the luck of the replications
portfolio   | 2   | how many employers there are of each kind

# pay
living_wage  | 8   | the place's living wage of one adult
others_wage  | 8   | what other employers of the portfolio pay | entry_wage | market.employers_meet is false
outside_wage | 8   | what a peer could earn elsewhere | others_wage
minimum_wage | 8   | the legal minimum wage
household_wage | 7 14 | the living wage of each kind of household | living_wage
households   | 7 14 | which household each peer lives in
pass_through | 8   | what a rise of a rate adds to the wage | | pay.pass_through_share is 0
entry_wage   | 8   | the wage of a new peer | minimum_wage unless pay.floor is none, living_wage unless pay.floor is none; pay.floor is minimum_wage, pass_through
rung_wage    | 8   | the wage of each rung | entry_wage
wage         | 8   | each peer's wage | rung_wage, rung, tenure unless pay.annual_step_share is 0, certified unless pay.certification_premium_share is 0
sign_on_bonuses | 8 10 | sign-on bonuses that fall due | tenure, filled | pay.sign_on_bonus_usd is 0
stay_bonuses | 8 10 | stay bonuses that fall due | tenure, filled | pay.stay_bonus_usd is 0

# causes of the effects table
supervisor_support    | 5 | support from the supervisor | supervision
collaborative_culture | 5 | a practice
autonomy              | 5 | a practice
peer_support_at_work  | 5 | a practice
outside_relationships | 5 | a practice
training              | 5 | a practice
stigma                | 5 | a practice
benefits              | 5 | a practice
recovery_culture      | 5 | a practice
role_clarity_practice | 5 | a practice
peer_background_of_supervisor | 5 | whether peers supervise
out_of_role_work   | 5 | time for other tasks
rural              | 5 | whether the employer is rural
full_time          | 5 | whether posts are full time
pay_adequacy       | 5 | wage against living wage | wage, living_wage
log_wage_over_outside_wage | 6 | how leaving answers to the wage | wage, outside_wage unless turnover.wage_response is threshold, living_wage unless turnover.wage_response is elasticity; turnover.wage_response is logistic
stay_bonus_ahead   | 6 | how leaving answers to a stay bonus ahead | tenure, wage, paid_hours | pay.stay_bonus_usd is 0; turnover.stay_bonus_elasticity is 0
workload           | 5 | client-hours wanted over capacity | demand, capacity | experiment.feedback is false
supervision        | 5 | support lost where supervisors have many peers | other_supervisors, rung, in_post | experiment.feedback is false
funding_certainty  | 5 | posts whose award may end | award, bridge, posts | experiment.feedback is false; no award has posts_paid
prospects          | 5 | the next rung's wage and the wait for it | rung_wage, rung, queue
queue              | 5 13 | how many wait for how few slots | promotions | experiment.feedback is false; there is no ladder
onboarding_strain  | 5 | follows from months since hire | tenure
team_exits_3_months | 6 | follows from colleagues' exits of the last three months | exits, posts | experiment.feedback is false
groups             | 5 | whether a peer is White, Black or of another group | movers
black_identity     | 5 | whether a peer is Black | groups
non_white_identity | 5 | whether a peer is not White | groups
age                | 5 | a trait of the person, drawn at hire
field_experience   | 5 | a trait of the person, drawn at hire
self_care          | 5 | a trait of the person, drawn at hire
external_support   | 5 | a trait of the person, drawn at hire
recovery_specific_support | 5 | a trait of the person, drawn at hire
spirituality       | 5 | a trait of the person, drawn at hire
clinical_mental_health_support | 5 | a trait of the person, drawn at hire
boundary_difficulty | 5 | a trait of the person, drawn at hire, plus what burnout adds

# states
burnout      | 5 | a state of the person | movers
satisfaction | 5 | a state of the person | movers
role_clarity | 5 | a state of the person | movers
recovery     | 5 | a state of the person | movers

# leaving, hiring, promotion
exit_voluntary | 5 6 | the hazard of leaving by choice | movers, tenure, rung unless turnover.promotion_bump is 0; there is no ladder, stay_bonus_ahead
return_to_use  | 5 6 | the hazard of a return to use | movers
dismissal      | 3 6 | the hazard of dismissal | return_to_use unless turnover.level is hazards
other_exits    | 3 6 | the hazard of leaving for other reasons
destinations   | 6   | where those who quit go
leave          | 6   | supported leave after a return to use | return_to_use unless turnover.return_to_use_per_year is 0
exits          | 6   | people who leave | exit_voluntary unless turnover.level.voluntary_per_year is 0, return_to_use unless turnover.return_to_use_per_year is 0, dismissal, other_exits, leave, in_post, layoffs, closure
movers         | 7   | people hired from other employers, and what they bring | exits, destinations, hires, entry_wage unless recruitment.wage_elasticity is 0, outside_wage unless recruitment.wage_elasticity is 0 | market.people_move is false; market.employers_meet is false
pool           | 7   | people who could take a peer job and have none | exits, hires, movers, posts | market.people_move is false; market.employers_meet is false
time_to_fill   | 7   | the time it takes to fill a vacancy | entry_wage unless recruitment.wage_elasticity is 0; every vacancy is filled at once, outside_wage unless recruitment.wage_elasticity is 0; every vacancy is filled at once, pool unless market.pool_elasticity is 0; every vacancy is filled at once
hires          | 7   | people hired | exits, time_to_fill, posts, funded, freeze, closure, pool
filled         | 2 7 | posts filled, leave included | exits, hires, posts
in_post        | 7   | peers in post | filled, leave
tenure         | 6 7 | months since hire | exits, hires
certified      | 7   | who holds the certificate | tenure, movers
promotions     | 13  | who is promoted | rung, in_post, funded, certified unless everyone is certified | there is no ladder
rung           | 13  | each peer's rung | promotions, filled

# service
paid_hours   | 9   | hours paid | in_post
work_time    | 9   | hours worked with experience | paid_hours, rung, tenure unless recruitment.ramp_up_months is 0, burnout unless experiment.feedback is false; time_use.absence_share is 0
capacity     | 9   | client-hours that can be given | work_time
staff_demand | 9   | what the base's full workforce can give | | services.demand_client_hours_per_month is set
demand       | 9   | client-hours clients want | staff_demand, lost_demand
delivered    | 9   | client-hours given | capacity, demand, backlog
backlog      | 9   | client-hours waited for | demand, delivered
broken       | 9   | relationships that break | exits, leave, rung, tenure unless recruitment.ramp_up_months is 0
lost_demand  | 9   | client-hours of people who left care | broken unless services.leave_care_share is 0, staff_demand
clients      | 9   | clients on caseloads | in_post, rung

# claims
units        | 9   | units billed | work_time, delivered, clients, other_supervisors, rung, certified unless everyone is certified
billed       | 9   | what is billed by the unit | units
denied       | 9   | claims denied at first | billed
claims_net   | 9   | what claims by the unit bring in the end | billed, denied
rework_cost  | 9 10 | the cost of sending claims again | units
visits       | 9   | visit-days and member-months | work_time, delivered, clients, other_supervisors, rung, certified unless everyone is certified
prospective  | 9   | what is billed for visits and members | visits
hour_value   | 9   | what a billed hour brings
newcomer_hour | 10 | what a newcomer's paid hour costs | entry_wage
post_value   | 9 12 | what a budget expects a post to bring
seen         | 12  | what the last twelve months showed of output and posts | work_time, certified, delivered, capacity, filled, funded, turnover_cost

# cost
wages_cost       | 10 | wages and bonuses | wage, paid_hours, leave, sign_on_bonuses, stay_bonuses
fringe_cost      | 10 | taxes, insurance, benefits | wages_cost, filled
other_supervisors | 5 10 | supervisors who are not peers of the ladder | funded unless practices.other_supervisors_fte is set, filled unless practices.other_supervisors_fte is set
supervision_cost | 10 | supervisors who are not peers of the ladder | other_supervisors, entry_wage
training_cost    | 10 | training and support | in_post
turnover_cost    | 10 | separations, hiring, cover of vacancies | hires, exits, filled, funded
replacement_cost | 10 14 | what replacing people costs, hours not given or billed included | turnover_cost, wage, tenure, work_time, certified, hour_value, hires
direct_cost      | 10 | supplies, travel, client support, program space | in_post
overhead_cost    | 10 | indirect cost | wages_cost, fringe_cost, supervision_cost, direct_cost, filled
interest         | 10 | interest on negative cash | cash unless rules.credit_interest_per_year is 0
payroll          | 10 | wages and fringe | wages_cost, fringe_cost, closure
cost             | 10 | all cost | wages_cost, fringe_cost, supervision_cost, training_cost, turnover_cost, direct_cost, overhead_cost, rework_cost, interest, closure

# money received
award      | 11 | which awards run, and until when | closure
award_room | 11 | what an award may still be spent on | award
scheduled  | 11 | dated amounts | closure
charged    | 11 | what each source is charged | cost, award_room, claims_net, prospective, scheduled
lapsed     | 11 | award money that lapses | award_room, charged
receipts   | 9 11 | money received | claims_net, prospective, scheduled, charged
payers     | 11 | which level of government pays | receipts
receivable | 11 | money earned and not yet received | claims_net, prospective, charged, receipts
cash       | 10 11 | cash | receipts, cost

# the employer's decisions
posts         | 2 12 | budgeted posts
due           | 12 | money due soon | receivable, scheduled
liquidity     | 12 | cash, money due and credit: what payroll can be met from | cash, due
short         | 12 | months without the money for payroll | liquidity | rules.enforce is false; rules.closure_after_months is off
closure       | 12 | employers that close | short | rules.enforce is false
bridge        | 12 | posts that the reserve carries on | liquidity, payroll, filled, award | rules.enforce is false; no award has posts_paid; rules.bridge_months is 0
award_posts   | 12 | posts that end with an award | award, bridge | rules.enforce is false; no award has posts_paid
budget        | 12 | the posts of the yearly budget | cash, due, payroll, wage, entry_wage, filled, rung, posts, post_value, seen unless rules.budget_productivity_share is set, turnover_cost, sign_on_bonuses, stay_bonuses, supervision_cost, award_room, scheduled, charged | rules.enforce is false; rules.yearly_budget is false
funded        | 12 | posts that money is there for | posts, budget, award_posts, money_layoffs, closure
money_layoffs | 12 | layoffs because liquidity is low | liquidity, payroll, filled | rules.enforce is false; rules.layoff_below_months is off
layoffs       | 12 | people laid off | money_layoffs, award_posts, filled, funded, rung | rules.enforce is false
freeze        | 12 | months without hiring | liquidity, payroll | rules.enforce is false; rules.freeze_below_months is off
"""

FACTORS: Final = MappingProxyType({one.name: one for one in map(factor_of, lines_of(_LINES))})
WHOLE: Final = frozenset({"calendar", "luck", "portfolio"})  # reach every factor
LOOPS: Final = frozenset(  # carried from month to month: what stands next to a measure ends here
    {
        "burnout", "satisfaction", "role_clarity", "recovery", "filled", "in_post", "tenure", "rung", "broken", "backlog",
        "cash", "payroll", "charged", "movers", "pool",
    }
)  # fmt: skip
BORN_IN_MODEL: Final = frozenset(  # causes that no input sets
    {
        "age", "field_experience", "self_care", "external_support", "recovery_specific_support", "spirituality",
        "clinical_mental_health_support", "boundary_difficulty", "onboarding_strain", "team_exits_3_months", "burnout",
        "satisfaction", "role_clarity", "recovery",
    }
)  # fmt: skip
