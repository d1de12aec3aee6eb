"""What a raise leaves in the household, after taxes and what phases out with income."""
