"""How far an answer spreads by random variation, how far by uncertain assumptions, and what knowing them is worth."""
