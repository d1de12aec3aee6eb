"""So what: replicate, compare, solve, calibrate and store."""
