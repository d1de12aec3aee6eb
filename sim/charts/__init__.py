"""How things are drawn: the parts that the charts of every question share."""
