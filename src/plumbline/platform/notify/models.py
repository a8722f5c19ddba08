"""Notices: short messages to a post or a person, each with a place to go."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plumbline.platform.identity.actor import Actor


class Notice(models.Model):
    """Addressed to whoever holds ``capability`` for ``agency_code``, or to one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agency_code = models.CharField(max_length=50, blank=True)
    capability = models.CharField(max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    body = models.CharField("内容", max_length=500, blank=True)
    url = models.CharField("去处", max_length=200, blank=True)
    created_at = models.DateTimeField("时刻", auto_now_add=True)

    class Meta:
        db_table = "notices"
        verbose_name = "通知"
        indexes: ClassVar = [
            models.Index(fields=["agency_code", "-created_at"], name="notices_agency"),
            models.Index(fields=["person", "-created_at"], name="notices_person"),
        ]


class NoticeRead(models.Model):
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "notice_reads"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "person"], name="notice_read_once")
        ]


def notices_for(actor: Actor) -> models.QuerySet[Notice]:
    """Notices to the person or to a post the person holds today, newest first."""
    wanted = models.Q(person_id=actor.person_id)
    for grant in actor.grants:
        if grant.agencies is None:
            wanted |= models.Q(capability=grant.capability)
    named = {g.capability for g in actor.grants if g.agencies is not None}
    if named and actor.agency_code:
        wanted |= models.Q(capability__in=named, agency_code=actor.agency_code)
    return Notice.objects.filter(wanted).order_by("-created_at")


def unread_for(actor: Actor) -> models.QuerySet[Notice]:
    if actor.person_id is None:  # a part of the system has read nothing
        return notices_for(actor)
    return notices_for(actor).exclude(reads__person_id=actor.person_id)


def notify(
    *,
    title: str,
    body: str = "",
    url: str = "",
    person_id: int | None = None,
    agency_code: str = "",
    capability: str = "",
) -> Notice:
    """Leave a notice in the caller's transaction."""
    return Notice.objects.create(
        title=title[:200],
        body=body[:500],
        url=url,
        person_id=person_id,
        agency_code=agency_code,
        capability=capability,
    )
