"""The model itself: its rules, the people and employers they act on, and the clock that says when."""
