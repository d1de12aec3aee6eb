"""Deal the named random numbers to blocks: of an experiment, and of the pilots that solve turnover."""
