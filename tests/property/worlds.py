"""Build random valid scenarios: small, short and eventful, with every table and every kind of source in play.

`tables()` draws what a scenario file would hold, `scenarios()` the scenario it makes, and `comparisons()` a base with
an alternative that starts from its opening. Time is short, so turnover is high, awards end and cash is scarce: in a few
months as much as possible happens.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim.scenario.files import load_table
from sim.scenario.patch import merge
from sim.scenario.schema import Scenario
from sim.scenario.tables.work import TimeUse
from sim.scenario.timeline import growing
from sim.units import month_number, month_text
from tests.property.drawn import Tables, between, chances, some_of
from tests.property.employers import (
    MOST_POSTS,
    SLOW_ENOUGH_DAYS,
    WAITS,
    benefit_tables,
    bonuses,
    effect_tables,
    ladders,
    pay_tables,
    places,
    position_tables,
    post_tables,
    practice_tables,
    prospect_tables,
    recruitment_tables,
    rule_tables,
    service_tables,
    time_tables,
    turnover_tables,
)
from tests.property.sources import fundings, lags

KIND_NAMES = ("clinic", "drop_in", "hospital")
MOST_MONTHS, MOST_WARM_UP, MOST_REPLICATIONS = 18, 12, 3
FEWEST_MONTHS = 3
THEMES = (
    "place",
    "posts",
    "positions",
    "ladder",
    "pay",
    "benefits",
    "practices",
    "time_use",
    "services",
    "funding",
    "rules",
    "turnover",
    "recruitment",
    "prospects",
    "effects",
)


@st.composite
def organizations(draw: DrawFn, start: str, months: int, *, observed: bool = True) -> Tables:
    """Draw all tables of one employer."""
    ladder = draw(ladders())
    funding = draw(fundings(start, months))
    at_once = draw(st.integers(0, 4)) == 4
    effects = draw(effect_tables())
    if at_once:
        effects["team_exits_3_months"] = {"exit_voluntary": 0.0}
    return {
        "place": draw(places()),
        "posts": draw(post_tables(start, tuple(ladder))),
        "positions": draw(position_tables(_grants(funding))),
        "ladder": ladder,
        "pay": draw(pay_tables()),
        "benefits": draw(benefit_tables()),
        "practices": draw(practice_tables()),
        "time_use": draw(time_tables()),
        "services": draw(service_tables()),
        "funding": funding,
        "rules": draw(rule_tables(tuple(funding))),
        "turnover": draw(turnover_tables(observed=observed)),
        "recruitment": draw(recruitment_tables(0 if at_once else SLOW_ENOUGH_DAYS)),
        "prospects": draw(prospect_tables()),
        "effects": effects,
    }


def changeable(organization: Tables) -> dict[str, SearchStrategy[Any]]:
    """Return the inputs a date may change in an organization, with what they may become."""
    paths: dict[str, SearchStrategy[Any]] = {
        "posts.number": st.integers(max(1, len(organization["posts"].get("roster", ()))), MOST_POSTS),
        "posts.fixed_usd_per_month": between(0, 4000),
        "posts.direct_usd_per_peer_month": between(0, 400),
        "pay.wage_usd_per_hour": between(10, 30),
        "pay.cost_of_living_share": between(-0.05, 0.1),
        "pay.pass_through_share": chances(),
        "pay.certification_premium_share": between(0, 0.2),
        "benefits.fringe_share": between(0, 0.6),
        "practices.supervisor_wage_usd_per_hour": between(0, 40),
        "practices.other_supervisors_fte": st.just(0.0) | between(0, 2),
        "practices.supervisor_support": between(-2, 2, 1),
        "practices.supported_leave_share": chances(),
        "practices.leave_paid_share": chances(),
        "time_use.individual": between(0, 0.40),
        "services.demand_client_hours_per_month": between(0, 1500, 0),
        "turnover.return_to_use_per_year": between(0, 2),
        "turnover.worker_spread_sd": between(0, 0.6),
        "recruitment.days_to_fill": between(SLOW_ENOUGH_DAYS, 90, 0),
        "recruitment.ramp_up_months": between(0, 6, 1),
        "rules.freeze_below_months": st.just("off") | between(0, 3, 1),
        "rules.layoff_below_months": st.just("off") | between(0, 2, 1),
        "rules.yearly_budget": st.booleans(),
        "place.living_wage_growth_per_year": between(-0.05, 0.15),
        "place.living_wage_usd_per_hour": between(12, 30),
        "place.outside_wage_usd_per_hour": between(12, 22),
        "place.minimum_wage_usd_per_hour": between(7.25, 18),
        "rules.receivable_days": WAITS,
        "rules.credit_limit_usd": between(0, 60_000),
        "place.rural": st.booleans(),
        **{f"pay.{field}": value for field, value in bonuses().items()},
    }
    for name in organization["positions"]:
        paths[f"positions.{name}.wage_usd_per_hour"] = between(10, 30)
        paths[f"positions.{name}.fte"] = st.sampled_from((0.4, 0.875, 1.0))
    for name, source in organization["funding"].items():
        paths |= {f"funding.{name}.{field}": value for field, value in _of_source(source["kind"]).items()}
    for name, rung in organization["ladder"].items():
        paths[f"ladder.{name}.months_in_rung_below"] = between(0, 9, 1)
        paths[f"ladder.{name}.supervising_share"] = chances()
        if rung.get("pay", {}).get("kind") == "amount":
            paths[f"ladder.{name}.pay.usd_per_hour"] = between(12, 40)
    return paths


def _grants(funding: Tables) -> tuple[str, ...]:
    return tuple(name for name, source in funding.items() if source["kind"] == "grant")


def _of_source(kind: str) -> dict[str, SearchStrategy[Any]]:
    if kind == "fee_for_service":
        fields = {"rate_usd_per_unit": between(0, 40), "denial_share": chances()}
        claims = {"payment_lag_days": lags(), "certification_required": st.booleans()}
        return {**fields, **claims, "visit_minutes": between(8, 120, 0), "supervision_required": st.booleans()}
    if kind == "prospective":
        return {"rate_usd": between(0, 300), "payment_lag_days": lags()}
    if kind == "grant":
        award = {"amount_usd_per_year": between(0, 400_000, 0), "renewal_chance": chances()}
        return {**award, "indirect_cap_share": between(0, 0.5), "carry_over": st.booleans()}
    return {"federal_share": chances()}


@st.composite
def changes(draw: DrawFn, organization: Tables, kinds: tuple[str, ...], start: str, months: int) -> list[Tables]:
    """Draw up to 3 dated changes, of everyone or of one kind of employer."""
    found = []
    for month in draw(st.lists(st.integers(0, months - 1), max_size=3, unique=True)):
        paths = changeable(organization)
        dated = [path for path in paths if any(fnmatchcase(path, amount) for amount in growing())]
        addresses = st.sampled_from(sorted(paths)) | st.sampled_from(dated)  # every dollar's date matters
        chosen = {path: draw(paths[path]) for path in draw(st.lists(addresses, max_size=4, unique=True))}
        kind = draw(st.sampled_from(("", *kinds)))
        whose = f"employer.{kind}." if kind else ""
        if kind:
            chosen.pop("posts.number", None)
        if chosen:
            at = month_text(month_number(start) + month)
            found.append({"at": at, "set": {f"{whose}{path}": value for path, value in chosen.items()}})
    return found


@st.composite
def portfolios(draw: DrawFn, organization: Tables) -> list[Tables]:
    """Draw no portfolio, or one of 1 to 3 kinds of employers that differ in a few tables."""
    if draw(st.integers(0, 2)) < 2:
        return []
    seated = len(organization["posts"].get("roster", ()))
    names = KIND_NAMES[: draw(st.integers(1, len(KIND_NAMES)))]
    fields = {
        "posts": st.builds(lambda number: {"number": number}, st.integers(max(1, seated), MOST_POSTS)),
        "pay": pay_tables(),
        "practices": practice_tables(),
        "services": service_tables(),
        "recruitment": recruitment_tables(),
    }
    return [{"name": name, "count": draw(st.integers(1, 2)), **draw(some_of(**fields))} for name in names]


@st.composite
def tables(draw: DrawFn, *, observed: bool = True, portfolio: bool = True, apart: bool = False) -> Tables:
    """Draw the tables of a scenario file.

    Args:
        draw: given by hypothesis.
        observed: whether turnover may be solved from what is seen, which takes a pilot.
        portfolio: whether there may be several kinds of employers.
        apart: whether posts may have positions, people terms of their own, and bonuses may be paid, under which a raise
            need not keep anybody: a bonus is a smaller share of higher pay.
    """
    months = draw(st.integers(FEWEST_MONTHS, MOST_MONTHS))
    start = month_text(2027 * 12 + draw(st.integers(0, 11)))
    organization = draw(organizations(start, months, observed=observed))
    kinds = draw(portfolios(organization)) if portfolio else []
    table = {
        "horizon": {"start": start, "months": months, "warm_up_months": draw(st.integers(0, MOST_WARM_UP))},
        "experiment": {
            "replications": draw(st.integers(1, MOST_REPLICATIONS)),
            "seed": draw(st.integers(0, 2**32)),
            "feedback": draw(st.booleans()),
        },
        **organization,
        "employer": kinds,
    }
    table["change"] = draw(changes(organization, tuple(kind["name"] for kind in kinds), start, months))
    return table if apart else _alike(table)


OWN_TERMS = frozenset({"position", "fte", "wage_usd_per_hour"})


def _alike(table: Tables) -> Tables:
    """Return the tables without positions, bonuses and people on terms of their own."""
    plain = {**table, "positions": {}, "pay": _without_bonuses(table["pay"])}
    plain["posts"] = dict(table["posts"])
    if "roster" in plain["posts"]:
        own = plain["posts"]["roster"]
        plain["posts"]["roster"] = [{key: one[key] for key in one if key not in OWN_TERMS} for one in own]
    plain["employer"] = [
        {**kind, "pay": _without_bonuses(kind["pay"])} if "pay" in kind else kind for kind in table["employer"]
    ]
    kept = [{**one, "set": {key: one["set"][key] for key in one["set"] if not _of_own(key)}} for one in table["change"]]
    plain["change"] = [one for one in kept if one["set"]]
    return plain


def _without_bonuses(pay: Tables) -> Tables:
    return {key: pay[key] for key in pay if key not in bonuses()}


def _of_own(address: str) -> bool:
    return "positions." in address or address.rpartition(".")[2] in bonuses()


def built(table: Tables) -> Scenario:
    """Return the scenario of a table, checked and with its defaults filled in."""
    fitting = {
        **table,
        "funding": _posts_paid_fit(table),
        **_positions_fit(table),
        **_time_fits(table),
        **_income_fits(table),
    }
    return load_table({key: value for key, value in fitting.items() if value != []}).scenario


def _income_fits(table: Tables) -> Tables:
    """Return pay that is weighed gross where no state's taxes are known."""
    if table.get("place", {}).get("state", "US") != "US":
        return {}
    own = [{**kind, "pay": _gross(kind["pay"])} if "pay" in kind else kind for kind in table.get("employer", [])]
    return {"pay": _gross(table["pay"]), "employer": own}


def _gross(pay: Tables) -> Tables:
    return {**pay, "adequacy_income": "gross"}


def _time_fits(table: Tables) -> Tables:
    """Return a use of time that is no more than all there is, whatever is left at its default."""
    if "time_use" not in table:
        return {}
    use = {name: table["time_use"].get(name, field.default) for name, field in TimeUse.model_fields.items()}
    too_much = sum(use[name] for name in use if name not in {"leave_share", "absence_share", "group_size"}) - 1.0
    if too_much <= 0:
        return {}
    return {"time_use": {**table["time_use"], "individual": round(use["individual"] - too_much - 0.005, 2)}}


def _positions_fit(table: Tables) -> Tables:
    """Return positions with no more posts than any employer has, of awards that are there, and people with posts."""
    left, positions = _fewest_posts(table), {}
    for name, position in table.get("positions", {}).items():
        own = dict(position, number=min(position["number"], left))
        if own.get("award") not in _grants(table["funding"]):
            own.pop("award", None)
        left -= own["number"]
        positions[name] = own
    posts = dict(table["posts"])
    room = {"": left, **{name: one["number"] for name, one in positions.items()}}
    if "roster" in posts:
        posts["roster"] = [_seated(entry, room) for entry in posts["roster"]]
    return {"positions": positions, "posts": posts}


def _seated(entry: Tables, room: dict[str, int]) -> Tables:
    """Return a person with a position that has a post left, which is taken."""
    wanted = entry.get("position", "")
    position = wanted if room.get(wanted, 0) > 0 else next(name for name in room if room[name] > 0)
    room[position] -= 1
    return {**entry, "position": position}


def _posts_paid_fit(table: Tables) -> Tables:
    """Return the sources with no award paying for more posts than any employer has at any date."""
    fewest = _fewest_posts(table)
    sources = {name: dict(source) for name, source in table["funding"].items()}
    for source in sources.values():
        if "posts_paid" in source:
            source["posts_paid"] = min(source["posts_paid"], fewest)
    return sources


def _fewest_posts(table: Tables) -> int:
    numbers = [table["posts"]["number"]]
    numbers += [kind["posts"]["number"] for kind in table["employer"] if "posts" in kind]
    numbers += [change["set"]["posts.number"] for change in table["change"] if "posts.number" in change["set"]]
    return min(numbers)


def scenarios(*, observed: bool = True, portfolio: bool = True, apart: bool = False) -> SearchStrategy[Scenario]:
    """Draw valid scenarios; `observed`, `portfolio` and `apart` as in `tables`."""
    return tables(observed=observed, portfolio=portfolio, apart=apart).map(built)


@st.composite
def comparisons(
    draw: DrawFn, *, observed: bool = True, portfolio: bool = True, apart: bool = False
) -> tuple[Scenario, Scenario]:
    """Draw a base and an alternative that differs in some tables and in its changes.

    The opening is lived in, without a roster, and both have the same households.
    """
    base = draw(tables(observed=observed, portfolio=portfolio, apart=True))
    start, months = base["horizon"]["start"], base["horizon"]["months"]
    other = draw(organizations(start, months, observed=False))
    other["turnover"] = merge(other["turnover"], {"level": base["turnover"]["level"]})
    for table in (base, other):
        table["posts"].pop("roster", None)
        table["place"].pop("households", None)
    chosen = set(draw(st.lists(st.sampled_from(THEMES), min_size=1, max_size=6, unique=True)))
    if chosen & {"recruitment", "effects"}:
        chosen |= {"recruitment", "effects"}
    organization = {theme: (other if theme in chosen else base)[theme] for theme in THEMES}
    braiding = list(draw(st.permutations(tuple(organization["funding"]))))
    organization["rules"] = {**organization["rules"], "braiding": braiding}
    alternative = {**base, **organization}
    kinds = tuple(kind["name"] for kind in base["employer"])
    alternative["change"] = draw(changes(organization, kinds, start, months))
    if not apart:
        base, alternative = _alike(base), _alike(alternative)
    return built(base), built(alternative)
