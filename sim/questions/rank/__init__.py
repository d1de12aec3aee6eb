"""Which of several scenarios is best by one measure, with no more runs than it takes to tell."""
