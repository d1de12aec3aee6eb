"""Check a scenario: name every fault and warning at once, with what to do about it."""
