"""Do one block of a visitor's run in a worker process; what goes wrong comes back in words."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import Final

from sim.experiment.blocks import Solved, Task, solved_for
from sim.experiment.viewed import Viewed, run_viewed
from sim.scenario.problems import ScenarioError

NO_MEMORY: Final = "There was not enough memory for this run. Try fewer posts, employers or months."
PROGRAM: Final = (
    "The run stopped at a fault of the program, not of your inputs ({name}). Please report it with the scenario files "
    "from “Reproduce this”. Trying again with other inputs may work."
)


@dataclass(frozen=True)
class Done:
    """Hold what came of a block, or why nothing did."""

    viewed: Viewed | None
    solved: Solved
    seconds: float
    fault: str = ""


def work(task: Task) -> Done:
    """Run a block; solve the base's hazards first where nobody has."""
    began = time.perf_counter()
    try:
        solved = task.solved or solved_for(task.scenarios[0])
        viewed = run_viewed(replace(task, solved=solved))
    except ScenarioError as fault:
        return Done(None, {}, 0.0, str(fault))
    except MemoryError:
        return Done(None, {}, 0.0, NO_MEMORY)
    except Exception as fault:
        logging.getLogger(__name__).exception("a run stopped")
        return Done(None, {}, 0.0, PROGRAM.format(name=type(fault).__name__))
    return Done(viewed, solved, time.perf_counter() - began)
