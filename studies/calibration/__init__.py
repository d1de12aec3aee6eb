"""Fit the free parameters of the reference workforce: `make calibrate`."""
