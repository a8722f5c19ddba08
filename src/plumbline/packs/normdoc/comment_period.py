"""Thirty days for comments, counted from the day after publication; the last day never moves to a working day."""

from plumbline.rules.language import date_after, field, on

#: The first day on which comments may close.
EARLIEST_CLOSE = date_after(on(), 30, "cd")
LONG_ENOUGH = field("comment_until").ge(EARLIEST_CLOSE)
