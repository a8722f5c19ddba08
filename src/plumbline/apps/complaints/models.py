"""Complaints and reports of the public: the content, the sealed identity apart from it, and every hand it passes through."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class Kind(models.TextChoices):
    CONDUCT = "conduct", "投诉执法行为"
    VIOLATION = "violation", "举报违法行为"


class State(models.TextChoices):
    DRAFT = "draft", "未提交"
    RECEIVED = "received", "已收到，待告知"
    ACCEPTED = "accepted", "已受理，办理中"
    ELSEWHERE = "elsewhere", "已告知向有权机关提出"
    CONCLUDED = "concluded", "已办结"


#: Somebody of the handling organ has something to do.
WAITING = (State.RECEIVED, State.ACCEPTED)


class Complaint(models.Model):
    """What somebody told, without who told it. ``code_hash`` finds it for whoever holds the receipt code.

    After it was handed in ``text`` is the version without the sender's own name and numbers; what was typed is sealed.
    """

    matter_id = models.CharField("编号", max_length=40, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="办理机关")
    kind = models.CharField("反映的事情", max_length=12, choices=Kind.choices, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    concerned = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="涉及的机关"
    )
    place = models.CharField("地点", max_length=120, blank=True)
    happened = models.CharField("时间", max_length=60, blank=True)
    reference = models.CharField("文书文号或执法证号", max_length=80, blank=True)
    text = models.TextField("具体情况", blank=True)
    wish = models.CharField("希望怎么处理", max_length=300, blank=True)
    named = models.BooleanField("留有姓名", null=True)
    own_words = models.TextField(
        blank=True,
        help_text="Name and contact while it is being written, under the server's key; empty once handed in.",
    )
    began_at = models.DateTimeField("开始填写", auto_now_add=True)
    received_at = models.DateTimeField("收到", null=True)
    told = models.TextField("告知内容", blank=True)
    told_at = models.DateTimeField("告知", null=True)
    told_label = models.CharField(max_length=60, blank=True)
    lead_answer = models.TextField("监督线索的结果", blank=True)
    answer = models.TextField("办理结果", blank=True)
    concluded_at = models.DateTimeField("办结", null=True)
    concluded_label = models.CharField(max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "complaints"
        verbose_name = "投诉举报"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state="draft") | ~Q(text=""), name="complaint_has_content"),
            models.CheckConstraint(
                condition=~Q(state="concluded") | ~Q(answer=""), name="complaint_concluded_with_answer"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "received_at"], name="complaints_waiting")
        ]

    @property
    def is_over(self) -> bool:
        return self.state in {State.ELSEWHERE, State.CONCLUDED}


class Photo(models.Model):
    """A photo: ``clean`` is drawn anew without metadata and may be handed on; the original lies sealed in the store.

    Until the complaint is handed in both are held here, since the store forgets nothing and a draft has to be forgotten whole.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="photos")
    held = models.BinaryField(null=True)
    held_sealed = models.BinaryField(null=True)
    clean = models.CharField("去除拍摄信息的图片", max_length=64, blank=True)  # type: ignore[assignment]  # rows of this table are never validated as models
    sealed = models.CharField("封存的原图", max_length=64, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "complaint_photos"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held=None, held_sealed=None) ^ Q(clean="", sealed=""), name="photo_held_or_kept"
            )
        ]


class Message(models.Model):
    """What was added later: by the sender under the code, or by the handling organ as a question."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="messages")
    from_sender = models.BooleanField()
    text = models.TextField("内容")
    at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "complaint_messages"
        ordering: ClassVar = ["pk"]


class Referral(models.Model):
    """A complaint put to an agency for its statement. ``content`` is written from a template that has no place for a sender."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="referrals")
    to = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="+", db_column="agency_id", verbose_name="转交的机关"
    )
    matter_id = models.CharField("编号", max_length=40)
    content = models.JSONField("转交的内容")
    note = models.CharField("办理要求", max_length=300)
    respond_by = models.DateField("答复期限")
    asked_at = models.DateTimeField()
    asked_label = models.CharField(max_length=60)
    reply = models.TextField("答复", blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_label = models.CharField(max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "complaint_referrals"
        verbose_name = "转办的投诉举报"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["to", "respond_by"], name="referrals_waiting", condition=Q(replied_at=None))
        ]


class CustodyKey(models.Model):
    """A custodian's key pair. The private half is under the custodian's passphrase and leaves it for moments only."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保管人"
    )
    public = models.BinaryField()
    private = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("停用", null=True)

    class Meta:
        db_table = "custody_keys"
        verbose_name = "身份保管密钥"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="custody_key_one_at_a_time"
            )
        ]


class SealedIdentity(models.Model):
    """Who told it, and what was typed. Only a custodian's passphrase opens it."""

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="identity")
    body = models.TextField()
    keys = models.JSONField("为哪些密钥封存")
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "sealed_identities"
        verbose_name = "封存的身份"


class Opening(models.Model):
    """A request to see an identity: for one person, with a reason; a custodian says yes or no, and each reading is kept."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="openings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_label = models.CharField(max_length=60)
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField("理由", max_length=300)
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_label = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    readable = models.TextField(
        blank=True, help_text="For the one reader, until ``readable_until``; then it is wiped."
    )
    readable_until = models.DateTimeField(null=True)
    read = models.JSONField("查看记录", default=list)

    class Meta:
        db_table = "identity_openings"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(granted=None) | ~Q(decided_by=models.F("asked_by")),
                name="opening_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(readable="") | Q(granted=True), name="opening_readable_when_granted"
            ),
        ]
