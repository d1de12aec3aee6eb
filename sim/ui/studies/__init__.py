"""The forms of questions that take many runs: solve, frontier, uncertainty, stories."""
