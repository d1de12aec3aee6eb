"""Short names for the arrays that rules take."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def reals(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def counts(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def codes(*values: int) -> NDArray[np.int8]:
    return np.array(values, dtype=np.int8)


def flags(*values: bool | int) -> NDArray[np.bool_]:
    return np.array(values, dtype=bool)
