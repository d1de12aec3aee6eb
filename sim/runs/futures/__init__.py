"""Futures: replications of which each draws anew what is not known, beside its own random numbers."""
