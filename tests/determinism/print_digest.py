"""Print the digest of a run: what other processes are asked for."""

from __future__ import annotations

from sim.model.engine.run import simulate
from tests.determinism.busy import busy_portfolio
from tests.determinism.digest import digest_of


def portfolio_digest() -> str:
    """Return the digest of the portfolio and an alternative to it, turnover solved from what is seen."""
    base = busy_portfolio(turnover={"level": {"kind": "observed", "separations_per_100_posts_year": 60.0}})
    results = simulate(base, [busy_portfolio()], range(3), seed=5)
    return " ".join(digest_of(one) for one in results)


if __name__ == "__main__":
    print(portfolio_digest())
