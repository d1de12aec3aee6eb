"""What rate pays for a wage, and what wage a rate can carry: an independent rate build-up."""
