"""`python -m peerstay` is the command line."""

import peerstay  # noqa: F401  # it says in words when another `sim` stands in the way
from sim.cli import main

if __name__ == "__main__":
    main(prog_name="peerstay")
