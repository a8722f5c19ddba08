"""What if: the verdicts of all past and open matters under another date, another term, a rule less or a draft rule more.

Read only: it judges a snapshot and writes a result for the person who asked, and nothing to any case.
"""
