"""How often something was asked, by whom: one row a lane and network, overwritten when its window is over."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """``key`` is a keyed digest: neither an address nor a person can be read from it."""

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    class Meta:
        db_table = "rate_counts"
