"""Who is there and what can happen: roster, employers, facts and log."""
