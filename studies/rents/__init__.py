"""Rents of the states in places.csv: fair market rents by county, each counted by its people."""
