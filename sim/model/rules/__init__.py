"""How it works: arrays in, arrays out. This folder is the model; nothing here draws a random number."""
