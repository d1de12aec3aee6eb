"""Turn time in post into service: hours, demand, backlog, relationships (docs/model.md, section 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import each
from sim.units import Reals

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_ABSENCE: Final = 0.5


@dataclass(frozen=True)
class Service:
    """Hold a month's client-hours, by employer."""

    capacity: Floats
    demand: Floats
    wanted: Floats
    used_share: Floats  # of capacity
    delivered: Floats
    dropped: Floats
    backlog: Floats


def working_share(burnout: Floats, leave_share: Reals, absence_share: Reals, absence_log_per_sd: Reals) -> Floats:
    """Return the share of paid hours that is worked; absence rises with burnout, by a log share per SD."""
    absence = np.minimum(MOST_ABSENCE, absence_share * np.exp(absence_log_per_sd * burnout))
    return np.maximum(0.0, 1.0 - leave_share - absence)


def ramp(tenure: Floats, months: Reals) -> Floats:
    """Return productivity at a tenure, growing evenly to 1."""
    if isinstance(months, np.ndarray):
        return np.where(months > 0, np.minimum(1.0, tenure / np.where(months > 0, months, 1.0)), 1.0)
    return np.minimum(1.0, tenure / months) if months > 0 else np.ones_like(tenure)


def month_of_service(
    productive: Floats, client_hours_per_hour: Reals, demand: Floats, backlog: Floats, dropout: Reals
) -> Service:
    """Return what productive hours deliver against demand and backlog; unserved demand waits or is dropped."""
    capacity = productive * client_hours_per_hour
    wanted = demand + backlog
    able = capacity > 0
    used = np.where(able, np.minimum(1.0, wanted / np.where(able, capacity, 1.0)), 0.0)
    delivered = used * capacity
    unserved = np.maximum(0.0, wanted - delivered)
    dropped = dropout * unserved
    return Service(capacity, demand, wanted, used, delivered, dropped, unserved - dropped)


def lost_demand(
    lost: Floats, broken: Floats, hours_per_relationship: Reals, leave_care_share: Reals, still_lost: Reals
) -> Floats:
    """Return the monthly client-hours missing because clients of those who left gave up care.

    `still_lost` is the share of what was lost that is not regained within a month.
    """
    return (lost + broken * leave_care_share * hours_per_relationship) * still_lost


def still_lost(regain_months: Reals) -> Reals:
    """Return the share of lost demand that a month does not bring back."""
    share: Reals = each(lambda one: math.exp(-1.0 / one), regain_months)
    return share
