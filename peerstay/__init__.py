"""Simulate what pay, ladders and funding do to the peer recovery workforce, from Python.

    >>> import peerstay
    >>> base = peerstay.scenario("md_recovery_community")
    >>> answer = peerstay.compare(base, raised=base.with_({"pay.wage_usd_per_hour": 18.0}), replications=8)
    >>> figure = answer.plot("retention")

What is in `__all__`, with its parameters and the columns that `columns()` and the docstrings name, stays: nothing is
taken away or comes to mean something else before a release says so one release ahead, with a DeprecationWarning.
Figures may move when the model or its evidence does; the changelog says so under Results. Everything in `sim` may
change at any time.
"""

from peerstay.ours import see

see()

from peerstay.answers import Comparison, Run  # noqa: E402  # only once it is known that `sim` is ours
from peerstay.asking import compare, run, solve, uncertainty  # noqa: E402
from peerstay.doubts import Doubt  # noqa: E402
from peerstay.reference import columns, inputs, library, measures  # noqa: E402
from peerstay.scenarios import Scenario, scenario  # noqa: E402
from peerstay.solutions import Solution  # noqa: E402
from sim import __version__  # noqa: E402
from sim.extras import MissingExtraError  # noqa: E402
from sim.scenario.problems import ScenarioError  # noqa: E402

__all__ = [
    "Comparison",
    "Doubt",
    "MissingExtraError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Solution",
    "__version__",
    "columns",
    "compare",
    "inputs",
    "library",
    "measures",
    "run",
    "scenario",
    "solve",
    "uncertainty",
]
