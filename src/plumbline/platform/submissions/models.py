"""What has been sent and done: the fingerprint of a submission, and where its sender was led."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """Written in the transaction of the first action that the submission ran: it stands exactly if that one stands."""

    # SHA-256 over sender, address, token and content: none of them can be read from it.
    key = models.CharField(max_length=64, primary_key=True)
    location = models.CharField("去处", max_length=2000, blank=True)
    at = models.DateTimeField("时刻", auto_now_add=True)

    class Meta:
        db_table = "submissions"
        verbose_name = "已登记的提交"
        indexes: ClassVar = [models.Index(fields=["at"], name="submissions_at")]
