"""The model compared with closed forms, targets and natural experiments: `make validate`."""
