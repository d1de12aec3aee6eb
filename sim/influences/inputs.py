"""Declare the inputs: path | factors it enters | cannot matter if. Every input of the schema stands here.

`*` stands for a name that the user chooses; `[kind]` behind a path for the kind of its table, where one path means
different things in several kinds. `nothing` is entered by words for the reader, whatever else they enter. A setting in a condition is named by
its address, or by its name alone where it stands in the same table.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sim.influences.lines import given_of, lines_of

_LINES: Final = """
place.state | living_wage, outside_wage, minimum_wage, household_wage, pay_adequacy unless pay.adequacy_income is gross
place.area | nothing, others_wage
place.living_wage_usd_per_hour | living_wage, household_wage
place.living_wage_source | nothing
place.living_wage_growth_per_year | living_wage
place.outside_wage_usd_per_hour | outside_wage
place.outside_wage_growth_per_year | outside_wage
place.minimum_wage_usd_per_hour | minimum_wage
place.minimum_wage_growth_per_year | minimum_wage
place.rural | rural
place.non_white_share | groups
place.black_share | groups
place.households.*.share | households
place.households.*.bedrooms | household_wage | living_wage_usd_per_hour is set; living_wage_ratio is set
place.households.*.living_wage_ratio | household_wage | living_wage_usd_per_hour is set
place.households.*.living_wage_usd_per_hour | household_wage
place.households.*.living_wage_source | nothing

posts.number | posts, others_wage, staff_demand, lost_demand, newcomer_hour
posts.fte | full_time, paid_hours, other_supervisors, supervision, supervision_cost, clients, broken, fringe_cost, staff_demand, lost_demand, units, post_value, budget, newcomer_hour unless there are no positions, others_wage unless there are no positions
posts.paid_hours_per_year | paid_hours, supervision_cost, staff_demand, post_value, budget
posts.overhead_share | overhead_cost, budget
posts.fixed_overhead_share | overhead_cost, budget | posts.overhead_share is 0
posts.fixed_usd_per_month | direct_cost, budget
posts.direct_usd_per_peer_month | direct_cost, budget
posts.roster[].hired | filled, tenure, rung, certified
posts.roster[].rung | rung
posts.roster[].in_rung_since | rung
posts.roster[].certified | certified
posts.roster[].position | filled, tenure, rung, certified, wage, full_time, paid_hours, clients, broken, fringe_cost, units, supervision, budget
posts.roster[].fte | full_time, paid_hours, supervision, clients, broken, fringe_cost, units, budget
posts.roster[].wage_usd_per_hour | wage
posts.roster[].group | groups

positions.*.number | entry_wage, others_wage, overhead_cost, layoffs, hires, full_time, paid_hours, other_supervisors, supervision, supervision_cost, clients, broken, fringe_cost, staff_demand, lost_demand, units, post_value, budget
positions.*.fte | others_wage, full_time, paid_hours, other_supervisors, supervision, supervision_cost, clients, broken, fringe_cost, staff_demand, lost_demand, units, post_value, budget, newcomer_hour
positions.*.wage_usd_per_hour | entry_wage, fringe_cost, overhead_cost, budget
positions.*.days_to_fill | time_to_fill
positions.*.award | layoffs, hires | rules.enforce is false; no award has posts_paid

ladder.*.step | rung_wage, rung
ladder.*.title | nothing
ladder.*.pay.kind | rung_wage
ladder.*.pay.share | rung_wage
ladder.*.pay.usd_per_hour | rung_wage
ladder.*.slots.kind | promotions
ladder.*.slots.number | promotions
ladder.*.slots.share | promotions
ladder.*.slots.peers | promotions
ladder.*.slots.per_month | promotions
ladder.*.months_in_rung_below | promotions, prospects
ladder.*.certificate_required | promotions | everyone is certified
ladder.*.supervising_share | peer_background_of_supervisor, supervision, work_time, clients, broken, budget

pay.wage_usd_per_hour | entry_wage, fringe_cost, overhead_cost, budget
pay.annual_step_share | wage
pay.annual_steps | wage | pay.annual_step_share is 0
pay.cost_of_living_share | entry_wage, rung_wage, fringe_cost, supervision_cost, overhead_cost, budget
pay.certification_premium_share | wage
pay.pass_through_share | pass_through
pay.floor.kind | entry_wage
pay.floor.phase_in_months | entry_wage
pay.floor.ratio | entry_wage
pay.sign_on_bonus_usd | sign_on_bonuses
pay.sign_on_bonus_months | sign_on_bonuses | pay.sign_on_bonus_usd is 0
pay.stay_bonus_usd | stay_bonuses, stay_bonus_ahead
pay.stay_bonus_months | stay_bonuses, stay_bonus_ahead | pay.stay_bonus_usd is 0
pay.stay_bonus_payments | stay_bonuses, stay_bonus_ahead | pay.stay_bonus_usd is 0
pay.adequacy_reference_ratio | pay_adequacy
pay.adequacy_sd_log | pay_adequacy
pay.adequacy_income | pay_adequacy

benefits.fringe_share | fringe_cost, supervision_cost, overhead_cost, newcomer_hour, replacement_cost, pass_through, budget
benefits.flat_usd_per_month | fringe_cost, supervision_cost, overhead_cost, replacement_cost, pass_through, budget
benefits.health_usd_per_month | fringe_cost, supervision_cost, overhead_cost, replacement_cost, pass_through, budget | benefits.health_take_up_share is 0
benefits.health_take_up_share | fringe_cost, supervision_cost, overhead_cost, replacement_cost, pass_through, budget | benefits.health_usd_per_month is 0
benefits.fixed_fringe_share | fringe_cost, supervision_cost, overhead_cost, replacement_cost, pass_through, budget | benefits.fringe_share is 0

practices.supervisor_support | supervisor_support
practices.collaborative_culture | collaborative_culture
practices.autonomy | autonomy
practices.peer_support_at_work | peer_support_at_work
practices.outside_relationships | outside_relationships
practices.training | training
practices.stigma | stigma
practices.benefits | benefits
practices.recovery_culture | recovery_culture
practices.role_clarity_practice | role_clarity_practice
practices.training_usd_per_peer_month | training_cost, budget
practices.other_supervisors_fte | other_supervisors, budget
practices.supervisor_wage_usd_per_hour | supervision_cost, overhead_cost, budget | practices.other_supervisors_fte is 0
practices.supervisor_gap_share | supervision_cost, budget | practices.other_supervisors_fte is 0
practices.peers_per_supervisor | other_supervisors, budget | practices.other_supervisors_fte is set
practices.peers_per_supervisor_standard | other_supervisors, supervision, budget
practices.penalty_sd_per_doubling | supervision, supervisor_support unless experiment.feedback is false
practices.unsupervised_sd | supervision, supervisor_support unless experiment.feedback is false
practices.supported_leave_share | leave, exits, dismissal unless turnover.level is hazards | turnover.return_to_use_per_year is 0
practices.leave_months | leave | turnover.return_to_use_per_year is 0; practices.supported_leave_share is 0
practices.return_share | leave, exits, dismissal unless turnover.level is hazards | turnover.return_to_use_per_year is 0; practices.supported_leave_share is 0
practices.leave_paid_share | wages_cost | turnover.return_to_use_per_year is 0; practices.supported_leave_share is 0

time_use.individual | capacity, units, visits, staff_demand, post_value, pass_through
time_use.group | capacity, units, staff_demand, post_value
time_use.travel | units, post_value, pass_through
time_use.notes | units, post_value, pass_through
time_use.no_show | units, post_value, pass_through
time_use.supervision | units, post_value, pass_through
time_use.training | units, post_value, pass_through
time_use.protected_recovery | units, post_value, pass_through
time_use.outside_role | out_of_role_work, units, post_value, pass_through
time_use.leave_share | work_time, staff_demand, post_value, pass_through
time_use.absence_share | work_time, staff_demand, post_value, pass_through
time_use.group_size | capacity, units, staff_demand, post_value | time_use.group is 0

services.demand_client_hours_per_month | demand, lost_demand
services.standard_load | workload
services.caseload_per_peer | clients, broken, lost_demand, post_value
services.leave_care_share | lost_demand
services.months_to_regain_demand | lost_demand | services.leave_care_share is 0
services.backlog_dropout_share | backlog

funding.*.kind | units, billed, prospective, award, award_room, scheduled, charged, receipts, hour_value, post_value
funding.*.payer | payers
funding.*.federal_share | payers
funding.*.clients_covered_share[fee_for_service] | units, hour_value, post_value, pass_through
funding.*.clients_covered_share[prospective] | visits, post_value
funding.*.certification_required[fee_for_service] | units | everyone is certified
funding.*.certification_required[prospective] | visits | everyone is certified
funding.*.supervision_required[fee_for_service] | units
funding.*.supervision_required[prospective] | visits
funding.*.payment_lag_days | receipts
funding.*.payment_lag_spread | receipts | payment_lag_days is 0
funding.*.rate_usd_per_unit | billed, hour_value, post_value, pass_through
funding.*.group_rate_usd_per_unit | billed, post_value | group is not billable; time_use.group is 0
funding.*.billable | units, post_value, pass_through
funding.*.visit_minutes | units, post_value | individual is not billable; time_use.individual is 0
funding.*.group_visit_minutes | units, post_value | group is not billable; time_use.group is 0
funding.*.max_units_per_client_day | units, post_value
funding.*.max_units_per_worker_day | units, post_value
funding.*.max_units_per_client_month | units, post_value
funding.*.max_units_per_client_year | units, post_value
funding.*.denial_share | denied, claims_net, rework_cost, hour_value, post_value, pass_through
funding.*.rework_recovered_share | claims_net, rework_cost, hour_value, post_value, pass_through | denial_share is 0
funding.*.rework_lag_days | receipts | denial_share is 0; rework_recovered_share is 0
funding.*.rework_usd_per_claim | rework_cost | denial_share is 0; rework_recovered_share is 0
funding.*.units_per_claim | rework_cost | denial_share is 0; rework_recovered_share is 0
funding.*.audit_chance_per_year | receipts
funding.*.audit_recouped_share | receipts | audit_chance_per_year is 0
funding.*.per | visits, post_value
funding.*.rate_usd | prospective, post_value
funding.*.hours_per_visit_day | visits, post_value | the source pays by the member-month
funding.*.amount_usd_per_year | award_room
funding.*.start | award
funding.*.term_months | award
funding.*.ends | award
funding.*.months_left | award
funding.*.renewal_term_months | award | renewal_chance is 0; the award runs to the end of the projection
funding.*.drawn_usd | award_room | no award year is in hand when the projection starts
funding.*.pays_for[grant] | award_room
funding.*.pays_for[scheduled] | scheduled
funding.*.indirect_cap_share | award_room | overhead is not in pays_for; posts.overhead_share is 0
funding.*.reimbursement_lag_days | receipts
funding.*.match_share | award_room
funding.*.carry_over | award_room | the award has one year only
funding.*.posts_paid | award_posts, bridge, funding_certainty
funding.*.renewal_chance | award, funding_certainty
funding.*.notice_months | award, funding_certainty
funding.*.gap_months | award | renewal_chance is 0; the award runs to the end of the projection
funding.*.renewal_amount_change | award_room | renewal_chance is 0; the award runs to the end of the projection
funding.*.early_end_chance_per_year | award
funding.*.payments[].at | scheduled
funding.*.payments[].usd | scheduled
funding.*.unspent_usd | scheduled

rules.enforce | budget, award_posts, bridge, money_layoffs, layoffs, freeze, short, closure
rules.opening_cash_usd | cash
rules.braiding | charged, award_posts
rules.fiscal_year_start_month | entry_wage, rung_wage, supervision_cost, receipts, budget
rules.yearly_budget | budget
rules.budget_productivity_share | budget
rules.receivable_days | due
rules.reserve_use_share | budget
rules.minimum_reserve_months | budget
rules.most_cut_share | budget
rules.freeze_below_months | freeze
rules.layoff_below_months | money_layoffs
rules.layoff_share | money_layoffs
rules.layoff_wait_months | money_layoffs
rules.layoff_order | money_layoffs, award_posts
rules.bridge_months | bridge
rules.credit_limit_usd | liquidity
rules.credit_interest_per_year | interest
rules.closure_after_months | short, closure

turnover.level.kind | exit_voluntary, dismissal, other_exits, tenure
turnover.level.separations_per_100_posts_year | exit_voluntary, dismissal, other_exits, tenure
turnover.level.voluntary_share | exit_voluntary, other_exits
turnover.level.involuntary_share | dismissal, other_exits
turnover.level.voluntary_per_year | exit_voluntary, tenure
turnover.level.dismissal_per_year | dismissal, tenure
turnover.level.other_per_year | other_exits, tenure
turnover.return_to_use_per_year | return_to_use, dismissal unless turnover.level is hazards, tenure
turnover.wage_response | log_wage_over_outside_wage
turnover.threshold_log_wage | log_wage_over_outside_wage | turnover.wage_response is elasticity; turnover.wage_response is logistic
turnover.tenure_shape | exit_voluntary
turnover.early_peak | exit_voluntary
turnover.early_peak_months | exit_voluntary | turnover.early_peak is 0
turnover.worker_spread_sd | exit_voluntary
turnover.employer_spread_sd | exit_voluntary
turnover.promotion_bump | exit_voluntary | there is no ladder
turnover.promotion_bump_months | exit_voluntary | there is no ladder; turnover.promotion_bump is 0
turnover.stay_bonus_elasticity | stay_bonus_ahead | pay.stay_bonus_usd is 0
turnover.stay_bonus_most_share | stay_bonus_ahead | pay.stay_bonus_usd is 0; turnover.stay_bonus_elasticity is 0
turnover.other_field_share | destinations unless turnover.level.voluntary_per_year is 0, outside_wage unless market.employers_meet is false
turnover.out_of_work_share | destinations unless turnover.level.voluntary_per_year is 0, outside_wage unless market.employers_meet is false
turnover.cost_per_exit_usd | turnover_cost

recruitment.days_to_fill | time_to_fill
recruitment.wage_elasticity | time_to_fill | every vacancy is filled at once
recruitment.local_pool_level | time_to_fill | every vacancy is filled at once; recruitment.fill_log_per_pool_sd is 0
recruitment.fill_log_per_pool_sd | time_to_fill | every vacancy is filled at once; recruitment.local_pool_level is 0
recruitment.certified_share | certified
recruitment.months_to_certify | certified | everyone is certified
recruitment.ramp_up_months | work_time, broken
recruitment.cost_per_hire_usd | turnover_cost
recruitment.cover_usd_per_vacant_month | turnover_cost

prospects.good_raise_share | prospects | there is no ladder
prospects.most_reach_sd | prospects | there is no ladder
prospects.patience_months | prospects | there is no ladder
prospects.no_slot_months | queue, prospects unless experiment.feedback is false | there is no ladder
prospects.fade_sd | prospects
prospects.fade_months | prospects | prospects.fade_sd is 0

market.employers_meet | others_wage, movers, pool
market.reach_share | others_wage, movers
market.people_move | movers, pool
market.pool_per_post | pool
market.trained_share_per_year | pool | market.pool_per_post is 0
market.leave_field_share_per_year | pool | market.pool_per_post is 0
market.pool_elasticity | time_to_fill | every vacancy is filled at once; market.people_move is false; market.employers_meet is false

effects.scale | burnout, satisfaction, role_clarity, recovery, exit_voluntary, return_to_use, prospects, boundary_difficulty
effects.absence_log_per_sd | work_time | experiment.feedback is false; time_use.absence_share is 0
effects.onboarding_peak_months | onboarding_strain
effects.months_to_adjust.* | burnout, satisfaction, role_clarity, recovery

horizon.start | calendar
horizon.months | calendar
horizon.warm_up_months | calendar
experiment.replications | luck
experiment.seed | luck
experiment.feedback | workload, supervision, funding_certainty, queue, team_exits_3_months, work_time
change[].at | calendar
change[].set | calendar
employer.*.name | nothing
employer.*.count | portfolio
"""

INPUTS: Final = MappingProxyType({(one.path, one.kind): one for one in map(given_of, lines_of(_LINES))})
