"""How things are said: numbers, ranges, sentences and lists that terminal, page and brief share."""
