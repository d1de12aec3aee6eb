"""What a visitor sees of an answer, and of the work on it."""
