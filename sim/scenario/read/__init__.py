"""Read scenario files, the files they extend, and lists of people."""
