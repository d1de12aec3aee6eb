"""Hold the model to closed forms, targets and natural experiments: `make validate`."""
