"""What is known before any run: from the tables of a scenario alone."""
