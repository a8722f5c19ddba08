"""Reports that are signed in versions: what was signed last, what the public sees, and how far a report has come."""

from __future__ import annotations

from typing import Any

from django.db import models

STAGE_ZH = {
    "preview": "预览",
    "draft": "编制中",
    "correcting": "更正中",
    "signed": "已签发，待公布",
    "published": "已公布",
}


class VersionedReport(models.Model):
    """What is typed waits in the report; what was signed is in its ``versions`` and never changes."""

    correcting = models.CharField("正在更正的理由", max_length=300, blank=True)
    reminded_at = models.DateTimeField("最近催报", null=True)

    versions: Any

    class Meta:
        abstract = True

    @property
    def latest(self) -> Any:
        """The version that was signed last; None while there is only a draft."""
        return max(self.versions.all(), key=lambda each: each.number, default=None) if self.pk else None

    @property
    def public(self) -> Any:
        """The version that the public sees."""
        shown = [each for each in self.versions.all() if each.published_on] if self.pk else []
        return max(shown, key=lambda each: each.number, default=None)

    @property
    def stage(self) -> str:
        """preview, draft, correcting, signed or published."""
        if not self.pk:
            return "preview"
        latest = self.latest
        if latest is None or self.correcting:
            return "correcting" if latest else "draft"
        return "published" if latest.published_on else "signed"

    @property
    def is_open(self) -> bool:
        """Whether figures and text may still be changed."""
        return self.stage in {"draft", "correcting"}
