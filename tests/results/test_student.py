"""Student's t quantile agrees with scipy's, which takes too long to import to be used."""

import pytest
from scipy.stats import t

from sim.results.student import t_quantile


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 7, 10, 29, 30, 99, 199, 200, 999, 1000, 1001, 1500, 99_999])
@pytest.mark.parametrize("chance", [0.6, 0.95, 0.975, 0.995, 0.9995])
def test_the_quantile_is_scipys(chance: float, freedom: int) -> None:
    assert t_quantile(chance, freedom) == pytest.approx(t.ppf(chance, freedom), rel=1e-9)


@pytest.mark.parametrize(("chance", "freedom"), [(0.5, 3), (1.0, 3), (0.975, 0)])
def test_what_has_no_quantile_is_refused(chance: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="must be inside"):
        t_quantile(chance, freedom)
