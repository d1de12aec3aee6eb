"""What the employers of a portfolio pay, and what each sees of it: from inputs alone, before anything is drawn."""
