"""Compensation and funding sustainability simulator for the peer recovery workforce."""

__version__ = "0.2.0"
