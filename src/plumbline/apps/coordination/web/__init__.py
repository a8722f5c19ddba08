"""Pages of transfers and of everything else between agencies (S6)."""
