"""The operational dashboard of a Drive Project."""
