"""The tables of a scenario, one module a theme."""
