"""Fit what studies leave open about leaving, as one joint posterior, and hold it to each study left out."""
