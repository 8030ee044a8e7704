"""Looking after the records over the years: copies, back-ups, erasure, retention."""
