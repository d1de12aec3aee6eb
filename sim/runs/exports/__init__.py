"""What a run leaves in a folder: tables with named columns, what each holds, and a manifest."""
