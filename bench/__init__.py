"""Measure how fast the engine is, beside what others would write; `python -m bench` prints the figures."""
