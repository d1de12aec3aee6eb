"""Declare what acts on what, once: input → factor → measure, each factor with its section of docs/model.md.

`inputs.py`, `factors.py` and `measures.py` hold the declarations, one line each; `graph.py` answers questions of them.
"""
