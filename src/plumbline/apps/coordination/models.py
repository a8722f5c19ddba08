"""Transfers, requests and disputes between agencies; who holds a matter that travels; and everything said about it.

What happened is in the event log under the row's own matter. A matter that travels is at exactly one body: that is the
open row of ``Holding``, of which the database allows one for a chain and one for a case.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from plumbline.platform.scope.querysets import ScopedManager


class Kind(models.TextChoices):
    TRANSFER = "transfer", "移送"
    ASSISTANCE = "assistance", "协助"
    JOINT = "joint", "联合执法"
    OPINION = "opinion", "专业意见"
    DISPATCH = "dispatch", "派单"
    DISPUTE = "dispute", "争议"


class State(models.TextChoices):
    SENT = "sent", "待接收"
    CONSULTING = "consulting", "会商中"
    COORDINATING = "coordinating", "已转区司法局协调"
    WORKING = "working", "办理中"
    ANSWERED = "answered", "已反馈，待核查"
    NEGOTIATING = "negotiating", "协商中"
    APPLIED = "applied", "待区司法局协调"
    CONFIRMING = "confirming", "待各方表态"
    REPORTED = "reported", "待区政府决定"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    REFUSED = "refused", "不予协助"
    DONE = "done", "已办结"
    SETTLED = "settled", "已确定"
    WITHDRAWN = "withdrawn", "已撤回"


#: Something still has to be done by somebody.
OPEN = (
    State.SENT,
    State.CONSULTING,
    State.COORDINATING,
    State.WORKING,
    State.ANSWERED,
    State.NEGOTIATING,
    State.APPLIED,
    State.CONFIRMING,
    State.REPORTED,
)
#: A transfer on its way: the sender still holds the matter.
UNDER_WAY = (State.SENT, State.CONSULTING, State.COORDINATING)
#: Several bodies talk; the column 会商中.
TALKING = (
    State.CONSULTING,
    State.COORDINATING,
    State.NEGOTIATING,
    State.APPLIED,
    State.CONFIRMING,
    State.REPORTED,
)


class Chain(models.Model):
    """A case or lead on its way through the district, however often it is handed on. Locked while it moves."""

    origin = models.CharField("最初的事项", max_length=100, unique=True)
    title = models.CharField("事由", max_length=200)
    hops = models.IntegerField("移送次数", default=0)

    class Meta:
        db_table = "transfer_chains"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(hops__gte=0), name="chain_hops")]


class Coordination(models.Model):
    """One request between bodies. ``agency`` sent it, ``to`` has it to deal with; ``parties`` are all who may read it.

    ``about`` is the case (or lead) it is about, ``result_matter`` the one that came of it at the receiver. The package is
    what was handed over: name, kind, SHA-256 and size of each file; ``package_hash`` is the SHA-256 of the canonical list.
    ``competence`` are the rows that say who is competent, as they stood that day. ``directed``: the jurisdiction is settled.
    """

    matter_id = models.CharField("编号", max_length=100, unique=True)
    number = models.CharField("文号", max_length=80, blank=True)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    state = models.CharField("状态", max_length=14, choices=State.choices)
    title = models.CharField("事由", max_length=200)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="发出机关")
    to = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="收到机关")
    parties = ArrayField(models.CharField(max_length=50), verbose_name="各方")
    item_code = models.CharField("事项编码", max_length=50, blank=True)
    domain = models.CharField("领域", max_length=40, blank=True)
    division_code = models.CharField("地点区划", max_length=12, blank=True)
    about = models.CharField("所涉事项", max_length=100, blank=True, db_index=True)
    ground = models.CharField("法定理由", max_length=20, blank=True)
    text = models.TextField("说明")
    respond_by = models.DateField("函上的期限", null=True)
    due_on = models.DateField("期限", null=True)
    due_unit = models.CharField(max_length=4, blank=True)
    due_what = models.CharField("期限内要做的", max_length=60, blank=True)
    due_source = models.CharField("期限的依据", max_length=200, blank=True)
    group = models.CharField("同批", max_length=40, blank=True)
    chain = models.ForeignKey(Chain, models.PROTECT, null=True, related_name="transfers")
    hop = models.IntegerField("第几次移送", default=0)
    directed = models.BooleanField("管辖已经确定", default=False)
    package = models.JSONField("移送清单", default=list)
    package_hash = models.CharField("清单指纹", max_length=64, blank=True)
    competence = models.JSONField("当日的管辖依据", default=list)
    result_matter = models.CharField("接收后的事项", max_length=100, blank=True)
    reason = models.CharField("退回、不予协助的理由", max_length=20, blank=True)
    sent_at = models.DateTimeField("发出")
    sent_label = models.CharField("发出人", max_length=60)
    moved_at = models.DateTimeField("最近动态")
    moved_what = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField("办结", null=True)
    reminded_at = models.DateTimeField("最近催办", null=True)
    warned_for = models.DateField("已提醒的期限", null=True)
    searched = models.TextField("检索文本", blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "coordinations"
        verbose_name = "移送协作"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain"], condition=Q(kind="transfer", state__in=list(UNDER_WAY)), name="transfer_one_on_its_way"
            ),
            # One that its sender took back counts for nothing: the next has its place in the row of hops.
            models.UniqueConstraint(
                fields=["chain", "hop"], condition=Q(kind="transfer") & ~Q(state="withdrawn"), name="transfer_hop_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="transfer") | (Q(chain__isnull=False) & ~Q(package_hash="") & Q(hop__gte=1)),
                name="transfer_is_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "refused"]) | ~Q(reason=""), name="coordination_said_why"
            ),
            models.CheckConstraint(condition=~Q(agency=F("to")) | Q(kind="dispute"), name="coordination_two_bodies"),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["state", "-moved_at", "-id"], name="coordinations_moved"),
            GinIndex(fields=["parties"], name="coordinations_parties"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def page(self) -> str:
        return f"/transfers/{self.matter_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Holding(models.Model):
    """A body holds a matter from a moment to a moment, as its own case ``matter_id``. The open row is where it is now."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="holdings")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    matter_id = models.CharField(max_length=100)
    by_transfer = models.OneToOneField(Coordination, models.PROTECT, null=True, related_name="holding")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "transfer_holdings"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain"], condition=Q(to_at=None), name="matter_at_one_body"),
            models.UniqueConstraint(fields=["matter_id"], condition=Q(to_at=None), name="case_in_one_chain"),
        ]


class Receipt(models.Model):
    """What a side signed: the number and code of its paper, the package's hash in it, and a hash over the whole receipt.

    ``seals`` is the hash of the receipt it answers; what ends a transfer (taken, sent back, taken back) so embeds what sent it,
    and there is one end only.
    """

    transfer = models.ForeignKey(Coordination, models.PROTECT, related_name="receipts")
    side = models.CharField(max_length=10, choices=[("sender", "移送机关"), ("receiver", "接收机关")])
    what = models.CharField(
        max_length=10,
        choices=[("sent", "移出"), ("accepted", "接收"), ("returned", "退回"), ("withdrawn", "撤回")],
    )
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    number = models.CharField("文号", max_length=80, unique=True)
    document_code = models.CharField("验证码", max_length=32)
    package_hash = models.CharField("清单指纹", max_length=64)
    seals = models.CharField("所回的回执", max_length=64, blank=True)
    content = models.JSONField("内容")
    sha256 = models.CharField("指纹", max_length=64)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=60)

    class Meta:
        db_table = "transfer_receipts"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transfer"], condition=Q(what="sent"), name="receipt_sent_once"),
            models.UniqueConstraint(
                fields=["transfer"], condition=~Q(what="sent"), name="receipt_ended_once"
            ),
        ]


class Move(models.Model):
    """What somebody did or said about a request, with files. Never edited. Its words stay here; the log has the fact."""

    row = models.ForeignKey(Coordination, models.PROTECT, related_name="moves")
    what = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    agency_code = models.CharField(max_length=50)
    by_label = models.CharField(max_length=60)
    at = models.DateTimeField()
    files = models.JSONField(default=list)

    class Meta:
        db_table = "coordination_moves"
        ordering: ClassVar = ["pk"]


class Dispute(models.Model):
    """Who is competent, or who has the duty to supervise: talks, the organ's opinion, the positions, the outcome.

    ``proposed`` and ``method`` are what the parties are asked about; ``positions`` by agency. ``settlement`` is the row
    of the power lists that the outcome became.
    """

    row = models.OneToOneField(Coordination, models.PROTECT, related_name="dispute")
    subject = models.CharField(
        "争议的是",
        max_length=12,
        choices=[("jurisdiction", "案件由谁管辖"), ("duty", "监管职责由谁承担")],
        default="jurisdiction",
    )
    transfer = models.ForeignKey(Coordination, models.PROTECT, null=True, related_name="disputes")
    talks = models.JSONField("协商记录", default=list)
    by = models.CharField(max_length=12, blank=True)
    proposed = models.ForeignKey("identity.Agency", models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=12, blank=True)
    opinion = models.TextField("处理意见", blank=True)
    positions = models.JSONField("各方意见", default=dict)
    outcome = models.ForeignKey("identity.Agency", models.PROTECT, null=True, related_name="+")
    outcome_text = models.TextField("结果", blank=True)
    outcome_source = models.CharField("结果的来源", max_length=200, blank=True)
    settlement = models.IntegerField(null=True)

    class Meta:
        db_table = "coordination_disputes"


class Lateness(models.Model):
    """A term that ran out before ``agency`` did what it was for. ``done_on`` is when it did, however late.

    ``what``, ``due_on`` and ``source`` are the clock as it stood; a late answer leaves the row, a term wrongly held against
    somebody (what was done in time and recorded afterwards) does not.
    """

    row = models.ForeignKey(Coordination, models.PROTECT, related_name="latenesses")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    what = models.CharField("期限内要做的", max_length=60)
    due_on = models.DateField("期限")
    source = models.CharField("期限的依据", max_length=200)
    found_at = models.DateTimeField("发现", auto_now_add=True)
    done_on = models.DateField("办理", null=True)

    class Meta:
        db_table = "coordination_latenesses"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "agency", "what", "due_on"], name="late_once_a_term"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gt=F("due_on")), name="late_is_late"
            ),
        ]


class Parameter(models.Model):
    """A number the district has set, from a day on, with the document that says so. A new value is a new row.

    No value: from that day on the number is no longer set.
    """

    key = models.CharField(max_length=20)
    value = models.IntegerField("数值", null=True)
    source = models.CharField("文件", max_length=200)
    valid_from = models.DateField("自")
    by_label = models.CharField("登记人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "coordination_parameters"
        ordering: ClassVar = ["key", "-valid_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=1), name="coordination_parameter_positive"
            )
        ]
