"""What single levers do in the model, beside what studies found: docs/mechanisms.md."""
