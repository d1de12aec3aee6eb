"""State the numbers of PRW-bench v1 once, for every engine."""

from math import log

MONTHS = 120

# Pay in living wages by rung, before the multiplier; the share of posts that may stand on a rung, and the
# months since hire a peer needs to be moved there.
WAGE = (0.85, 1.00, 1.20)
CAP_PERCENT = (100, 30, 10)
MONTHS_NEEDED = (0.0, 12.0, 24.0)
TOP_RUNG = 2

# At time 0 peers have been there for up to this long.
LONGEST_SERVICE = 48.0
MEAN_REFILL = 2.0

BURNOUT_AT_HIRE, BURNOUT_SPREAD = 0.25, 0.10
SATISFACTION_AT_HIRE, SATISFACTION_SPREAD = 0.70, 0.10

# A month moves a state by this share of the way to its target, plus a shock of SHOCK standard normals.
BURNOUT_PACE, SATISFACTION_PACE, SHOCK = 0.25, 0.20, 0.05
BURNOUT_BASE, BURNOUT_LOAD, BURNOUT_GAP, BURNOUT_RUNG = 0.35, 0.60, 0.30, -0.02
SATISFACTION_BASE, SATISFACTION_LOAD, SATISFACTION_GAP, SATISFACTION_RUNG = 0.65, -0.40, -0.50, 0.05
MOST_WORKLOAD = 2.0

# The log hazard of leaving, per month.
HAZARD_BASE, HAZARD_BURNOUT, HAZARD_SATISFACTION, HAZARD_WAGE = -3.85, 1.5, -1.0, -1.0
HAZARD_NEW, NEW_FADES = 0.7, 6.0

# What the model gives at 500 posts with multiplier 1, and how sure that figure is.
TURNOVER, TURNOVER_MARGIN = 0.3007, 0.0006


def slots(posts: int, rung: int) -> int:
    """Return how many peers may stand on a rung: the cap rounded down, in whole numbers so it is exact."""
    return posts * CAP_PERCENT[rung] // 100


def pay_gaps(mult: float) -> tuple[float, ...]:
    """Return how far each rung's wage falls short of a living wage."""
    return tuple(max(0.0, 1.0 - mult * wage) for wage in WAGE)


def log_wages(mult: float) -> tuple[float, ...]:
    """Return the logarithm of each rung's wage in living wages."""
    return tuple(log(mult * wage) for wage in WAGE)
