"""List the rows of a build-up's workbook: inputs, what came out of the runs, and formulas that name other rows.

The formulas are those of `sim.questions.rate.build_up` once more, for a sheet; a test recomputes them and holds the two
together. `{name}` stands for the cell of a row in the same column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.model.world.terms import fixed_fringe_share
from sim.questions.rate.build_up import USES, Prices
from sim.takeaway.workbook import Value

Reader = Callable[[Prices], Value]

INPUTS: Final[dict[str, tuple[str, str, Reader]]] = {  # row → words, look, value
    "wage": ("Wage of a newcomer, USD an hour", "hourly", lambda p: p.wage),
    "reference_wage": ("The base's wage, at which fixed costs are priced", "hourly", lambda p: p.reference_wage),
    "fringe_share": ("Fringe, share of wages", "share", lambda p: p.organization.benefits.fringe_share),
    "fixed_fringe": ("of it: does not rise with pay", "share", lambda p: fixed_fringe_share(p.organization)),
    "flat": ("Flat benefits, USD a month and FTE", "hourly", lambda p: p.organization.benefits.flat_per_fte),
    "fte": ("FTE of a post", "plain", lambda p: p.organization.posts.fte),
    "paid_hours": ("Paid hours a year and FTE", "whole", lambda p: p.organization.posts.paid_hours_per_year),
    "supervisor_stated": (
        "Supervisors' wage, as stated", "hourly", lambda p: p.organization.practices.supervisor_wage_usd_per_hour,
    ),
    "supervisor_gap": (
        "Supervisors over newcomers, at least", "share", lambda p: p.organization.practices.supervisor_gap_share,
    ),
    "span": (
        "Peers per supervisor", "plain",
        lambda p: p.organization.practices.peers_per_supervisor
        or p.organization.practices.peers_per_supervisor_standard,
    ),
    "supervisors_fte": (
        "Supervisors, FTE (in place of the span)", "plain", lambda p: p.organization.practices.other_supervisors_fte,
    ),
    "overhead_share": ("Overhead, share", "share", lambda p: p.organization.posts.overhead_share),
    "fixed_overhead": (
        "of it: does not rise with pay", "share", lambda p: p.organization.posts.fixed_overhead_share,
    ),
    "support_usd": (
        "Training and support, USD a month and peer", "hourly",
        lambda p: p.organization.practices.training_usd_per_peer_month,
    ),
    "direct_usd": (
        "Direct cost, USD a month and peer", "hourly", lambda p: p.organization.posts.direct_usd_per_peer_month,
    ),
    "fixed_usd": ("Direct cost, USD a month", "hourly", lambda p: p.organization.posts.fixed_usd_per_month),
    "exit_usd": ("Cost of leaving, USD", "hourly", lambda p: p.organization.turnover.cost_per_exit_usd),
    "hire_usd": ("Cost of a hire, USD", "hourly", lambda p: p.organization.recruitment.cost_per_hire_usd),
    "cover_usd": (
        "Cover, USD a month and vacant post", "hourly", lambda p: p.organization.recruitment.cover_usd_per_vacant_month,
    ),
    "leave_share": ("Paid time off, share of paid hours", "share", lambda p: p.organization.time_use.leave_share),
    "absence_share": ("Absence a cap by day goes by", "share", lambda p: p.organization.time_use.absence_share),
    **{
        f"in.{name}": (
            f"Of hours worked: {name.replace('_', ' ')}", "share",
            lambda p, name=name: getattr(p.organization.time_use, name),  # type: ignore[misc]
        )
        for name in USES
    },
    **{
        f"bill.{name}": (
            f"May be billed: {name.replace('_', ' ')} (1 is yes)", "whole",
            lambda p, name=name: int(name in p.source.billable),  # type: ignore[misc]
        )
        for name in USES
    },
    "group_size": ("Clients in a group", "plain", lambda p: p.organization.time_use.group_size),
    "certificate": ("Certificate required (1 is yes)", "whole", lambda p: int(p.source.certification_required)),
    "visit": ("Minutes of a visit", "plain", lambda p: p.source.visit_minutes),
    "session": ("Minutes of a group session", "plain", lambda p: p.source.group_visit_minutes),
    "most_day": ("Most units, client and day", "plain", lambda p: p.source.max_units_per_client_day),
    "cap_worker_day": ("Most units, working day of a peer", "plain", lambda p: p.source.max_units_per_worker_day),
    "cap_client_month": ("Most units, client and month", "plain", lambda p: p.source.max_units_per_client_month),
    "cap_client_year": ("Most units, client and year", "plain", lambda p: p.source.max_units_per_client_year),
    "caseload": ("Clients of a full caseload", "plain", lambda p: p.organization.services.caseload_per_peer),
    "denial": ("Denied at first", "share", lambda p: p.source.denial_share),
    "recovered": ("of it: recovered later", "share", lambda p: p.source.rework_recovered_share),
    "per_claim": ("Units on a claim", "plain", lambda p: p.source.units_per_claim),
    "claim_usd": ("Sending a claim again, USD", "hourly", lambda p: p.source.rework_usd_per_claim),
    "billed_factor": (
        "Hours billed over those by these terms (1 but over futures)", "plain", lambda p: p.billed_factor,
    ),
}  # fmt: skip
RUNS: Final[Mapping[str, str]] = {  # row → words; a staffing's fields
    "pay": "Mean wage over a newcomer's",
    "months_in_post": "Months in post, each post's year of paid hours",
    "months_held": "Months in post or on leave",
    "months_staffed": "Months of posts with supervision, vacant ones too",
    "employers": "Months of the organization",
    "months_vacant": "Months vacant",
    "exits": "Separations",
    "hires": "Hires",
    "supported_leave": "Supported leave that is paid, share of paid hours",
    "absence": "Absence, share of paid hours",
    "ramp_up": "Newcomers' ramp-up, share of paid hours",
    "supervising": "Supervising other peers, share of paid hours",
    "uncertified": "Given before certified, share of paid hours",
    "used": "Of what clients could have, used",
}
STEPS: Final[dict[str, tuple[str, str]]] = {  # row → words, formula
    "year": ("Paid hours a year of a post", "{paid_hours}*{fte}"),
    "flat_an_hour": ("Flat benefits, USD an hour paid", "{flat}*{fte}*{run.months_held}/{year}"),
    "hours_month": ("Hours that could be billed, month in post", "{able}*{year}/{run.months_in_post}"),
    "visit_units": ("Units of a visit", "MIN(INT(({visit}+7)/15),IF(ISNUMBER({most_day}),{most_day},1E+99))"),
    "session_units": ("Units of a session", "MIN(INT(({session}+7)/15),IF(ISNUMBER({most_day}),{most_day},1E+99))"),
    "units_wanted": (
        "Individual units, month in post, before caps",
        "4*{hours_month}*({run.used}*{in.individual}*{bill.individual}*{visit_units}*15/{visit}+"
        + "+".join(f"{{in.{name}}}*{{bill.{name}}}" for name in USES if name not in ("individual", "group"))
        + ")",
    ),
    "group_wanted": (
        "Group units, before caps",
        "4*{hours_month}*{run.used}*{in.group}*{bill.group}*{group_size}*{session_units}*15/{session}",
    ),
    "day_cap": (
        "Most units a month by the working day",
        "IF(ISNUMBER({cap_worker_day}),{cap_worker_day}*365.25/12*5/7*(1-{leave_share}-{absence_share})*{fte},1E+99)",
    ),
    "month_cap": (
        "Most units a month by the client's month",
        "IF(ISNUMBER({cap_client_month}),{cap_client_month}*{caseload}*{fte},1E+99)",
    ),
    "year_cap": (
        "Most units a month by the client's year",
        "IF(ISNUMBER({cap_client_year}),{cap_client_year}/12*{caseload}*{fte},1E+99)",
    ),
    "most": ("Most units a month that caps allow", "MIN({day_cap},{month_cap},{year_cap})"),
    "individual_units": ("Individual units, month in post", "MIN({units_wanted},{most})"),
    "group_units": ("Group units, month in post", "MIN({group_wanted},{most}-{individual_units})"),
    "supervisor": (
        "Supervisors' wage, USD an hour", "MAX({supervisor_stated},(1+{supervisor_gap})*{wage})",
    ),
    "supervisors": (
        "Supervisors, months over paid hours",
        "IF(ISNUMBER({supervisors_fte}),{supervisors_fte}*{run.employers},{fte}/{span}*{run.months_staffed})/{year}",
    ),
    "reference": (
        "Wages, fringe, supervision at the base's wage, USD an hour paid",
        "({reference_wage}+{supervisors}*{supervisor_stated}*{paid_hours}/12)*(1+{fringe_share})+{flat_an_hour}",
    ),
    "personnel": (
        "Wages, fringe, supervision that overhead goes by, USD an hour paid",
        "(1-{fixed_overhead})*({hourly}+{supervision})+{fixed_overhead}*{reference}",
    ),
}  # fmt: skip
_NOT_GIVEN = ("planned_leave", "supported_leave", "absence", "ramp_up", "supervising", "uncertified")
_ON_TOP = ("hourly", "supervision", "support", "direct", "replacement", "cover", "overhead")
FORMULAS: Final[dict[str, str]] = {  # line of the table → formula; the wage is an input itself
    "pay_above": "{wage}*({run.pay}-1)",
    "fringe_moving": "{fringe_share}*(1-{fixed_fringe})*{wage}*{run.pay}",
    "fringe_fixed": "{fringe_share}*{fixed_fringe}*{reference_wage}+{flat_an_hour}",
    "hourly": "{line.wage}+{pay_above}+{fringe_moving}+{fringe_fixed}",
    "planned_leave": "{leave_share}*{run.months_in_post}/12",
    **{name: f"{{run.{name}}}" for name in ("supported_leave", "absence", "ramp_up", "supervising")},
    "uncertified": "{certificate}*{run.uncertified}",
    "able": "1-" + "-".join(f"{{{name}}}" for name in _NOT_GIVEN),
    **{f"use.{name}": f"{{able}}*{{in.{name}}}*(1-{{bill.{name}}})" for name in USES},
    "use.rest": "{able}*(1-" + "-".join(f"{{in.{name}}}" for name in USES) + ")",
    "unasked": "(1-{run.used})*{able}*({in.individual}*{bill.individual}+{in.group}*{bill.group})",
    "billed": "{billed_factor}*({individual_units}+{group_units}/{group_size})*{run.months_in_post}/(4*{year})",
    "beyond": "{able}*(" + "+".join(f"{{in.{name}}}*{{bill.{name}}}" for name in USES) + ")-{unasked}-{billed}",
    "supervision": "{supervisors}*{paid_hours}/12*({supervisor}*(1+{fringe_share}*(1-{fixed_fringe}))"
    "+{supervisor_stated}*{fringe_share}*{fixed_fringe})",
    "support": "{support_usd}*{run.months_in_post}/{year}",
    "direct": "({direct_usd}*{run.months_in_post}+{fixed_usd}*{run.employers})/{year}",
    "replacement": "({exit_usd}*{run.exits}+{hire_usd}*{run.hires})/{year}",
    "cover": "{cover_usd}*{run.months_vacant}/{year}",
    "overhead": "{overhead_share}*({direct}+{personnel})",
    "paid_hour": "+".join(f"{{{name}}}" for name in _ON_TOP),
    "billable_hour": "{paid_hour}/{billed}",
    "unit": "{billable_hour}/4",
    "rework": "IF({recovered}>0,{denial}*{claim_usd}/{per_claim},0)",
    "kept": "1-{denial}*(1-{recovered})",
    "rate": "({unit}+{rework})/{kept}",
}
