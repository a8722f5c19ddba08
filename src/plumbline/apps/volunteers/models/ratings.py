"""Ratings of inspections. No row of these tables leads from an inspection to a rating; see docs/adr/0036."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class RatingSlip(models.Model):
    """That a slip with a code was printed for an inspection. Which code it was is written down nowhere."""

    matter_id = models.CharField("检查", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="检查机关")
    printed_on = models.DateField("打印日")

    objects = ScopedManager()

    class Meta:
        db_table = "rating_slips"
        verbose_name = "评价卡"


class SpentCode(models.Model):
    """The keyed hash of a code that was used. It carries no time and no number in order."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    period = models.CharField("季度", max_length=6)

    class Meta:
        db_table = "rating_spent_codes"


class HeldRating(models.Model):
    """A rating that waits for four others. No page reads it; it is destroyed when it has been added to the sums."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    period = models.CharField("季度", max_length=6)
    answers = models.JSONField()

    class Meta:
        db_table = "rating_held"


class RatingSum(models.Model):
    """How often an answer was given about an agency in a quarter. It only ever grows by five ratings or more."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="检查机关")
    period = models.CharField("季度", max_length=6)
    question = models.CharField("问题", max_length=20)
    answer = models.CharField("回答", max_length=10)
    count = models.PositiveIntegerField("份数")

    class Meta:
        db_table = "rating_sums"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "period", "question", "answer"], name="rating_sum_once")
        ]
