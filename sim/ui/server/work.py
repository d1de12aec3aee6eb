"""Do one piece of a visitor's work in a worker process; what goes wrong comes back in words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sim.scenario.problems import ScenarioError
from sim.units import UnfitAmountError

NO_MEMORY: Final = "There was not enough memory for this run. Try fewer posts, employers or months."
PROGRAM: Final = (
    "The run stopped at a fault of the program, not of your inputs ({name}). Please report it with the scenario files "
    "from “Reproduce this”. Trying again with other inputs may work."
)


@dataclass(frozen=True)
class Call:
    """A piece of work: a function that can be imported, and its argument."""

    function: Callable[[Any], Any]
    item: Any


@dataclass(frozen=True)
class Done:
    """The result of a call, or why there is none."""

    result: Any = None
    seconds: float = 0.0
    fault: str = ""


def do(call: Call) -> Done:
    """Make a call; a fault of the program is logged."""
    began = time.perf_counter()
    try:
        result = call.function(call.item)
    except (ScenarioError, UnfitAmountError) as fault:
        return Done(fault=str(fault))
    except MemoryError:
        return Done(fault=NO_MEMORY)
    except Exception as fault:
        logging.getLogger(__name__).exception("a run stopped")
        return Done(fault=PROGRAM.format(name=type(fault).__name__))
    return Done(result, time.perf_counter() - began)
