"""How we know: effects, evidence cards and places."""
