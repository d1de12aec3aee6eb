"""When it happens: the clock, the months and the draws."""
