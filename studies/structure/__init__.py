"""How the house is built, in numbers: `make check` prints them and fails beyond the ceilings of house.toml."""
