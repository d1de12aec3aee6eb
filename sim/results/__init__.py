"""What happened: measures read from the log and the panel."""
