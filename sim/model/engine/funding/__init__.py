"""Money of each kind as a month of the engine meets it: what it pays, owes, bills, charges and threatens."""
