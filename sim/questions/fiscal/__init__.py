"""What each payer spends in each state fiscal year: a fiscal note."""
