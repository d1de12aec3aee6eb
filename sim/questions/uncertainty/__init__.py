"""How far an answer spreads because of luck, how far because of what is not known, and what knowing it is worth."""
