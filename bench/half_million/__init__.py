"""A district with half a million cases: every case is a copy, under ids and names of its own, of one the rules have judged."""
