"""What goes between the agencies and police, procuratorate and supervisory commission, as both ends see it.

What happened is in the event log: under the penalty case's own matter where a crime was found in a case, else under a matter
of its own. A row is the projection that lists need, with the personal data that must not be in the log. Stage, outcome and who
may see a row are computed from the events, never typed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from plumbline.platform.files.papers import KeptPaper
from plumbline.platform.scope.querysets import ScopedManager


class Route(models.TextChoices):
    CRIME = "crime", "涉嫌犯罪移送"
    REVERSE = "reverse", "反向移送"
    SUGGESTION = "suggestion", "检察建议"
    OPINION = "opinion", "检察意见"
    JUDICIAL = "judicial", "司法建议"
    ADVICE = "advice", "监察建议"
    CLUE = "clue", "监察线索"
    FLASH = "flash", "案情速报"


#: Letters whose day of reply stands in the letter, if anywhere: no verified text gives one for all of them.
OWN_DAY = (Route.JUDICIAL, Route.ADVICE)
#: What few may know of: the one who wrote it down, the heads of the sending body, and the commission.
CONFIDENTIAL = (Route.CLUE, Route.FLASH)


class Stage(models.TextChoices):
    PREPARING = "preparing", "待发出"
    SENT = "sent", "待签收"
    HANDLING = "handling", "办理中"
    CONTESTED = "contested", "复议或立案监督"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"
    VOID = "void", "已作废"


#: Nobody works on it any more.
GONE = (Stage.CLOSED, Stage.VOID)


class Outcome(models.TextChoices):
    FILED = "filed", "公安机关立案"
    REFUSED = "refused", "公安机关不予立案"
    NOT_SENT = "not_sent", "负责人决定不移送"
    FORWARDED = "forwarded", "转送其他公安机关"
    REPLIED = "replied", "已书面回复"
    WITHDRAWN = "withdrawn", "检察院撤回"
    TOLD = "told", "已告知处理结果"
    FED_BACK = "fed_back", "监委已反馈"
    TAKEN = "taken", "已签收"


class Linkage(models.Model):
    """One matter between an agency and an outside organ.

    ``agency`` is the body on the administration's side that has it now, ``addressed_to`` the one it first came to.
    ``organ`` is at the other end; ``procuratorate`` watches a crime transfer. ``parties`` are all the bodies to whom the row is
    open now; the wall in the database reads it. ``package`` is what was sent, ``package_hash`` the SHA-256 of its canonical form.
    ``late_rules`` are rules that were kept too late or are overdue, ``duties`` what somebody has to do now.
    """

    code = models.CharField("编号", max_length=60, unique=True)
    route = models.CharField("类别", max_length=20, choices=Route.choices)
    procedure = models.CharField("程序", max_length=30)
    procedure_version = models.CharField("程序版本", max_length=20)
    matter_id = models.CharField("事项号", max_length=100, db_index=True)
    kind = models.CharField("事项类别", max_length=40)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="行政机关")
    addressed_to = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="首收机关"
    )
    organ = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="对方机关")
    procuratorate = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="监督的检察院"
    )
    parties = ArrayField(models.CharField(max_length=50), default=list, verbose_name="可见的单位")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", verbose_name="案件")
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文书号", max_length=80, blank=True)
    person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("登记人", max_length=60)
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.PREPARING)
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices, blank=True)
    refused = models.BooleanField("曾不予立案", default=False)
    reconsidered = models.BooleanField("提请过复议", default=False)
    supervised = models.BooleanField("建议过立案监督", default=False)
    late_rules = models.JSONField("逾期的规则", default=list)
    opened_on = models.DateField("登记日")
    sent_on = models.DateField("发出或收到日", null=True)
    ended_on = models.DateField("办结日", null=True)
    due_on = models.DateField("最近的法定期限", null=True)
    due_unit = models.CharField("期限单位", max_length=4, blank=True)
    duties = models.JSONField("待办", default=list)
    lead_answer = models.TextField("监督线索的结果", blank=True, default="")
    reminded = models.JSONField("已提醒的期限", default=list)
    package = models.JSONField("移送材料", default=list)
    package_hash = models.CharField("移送材料指纹", max_length=64, blank=True)
    last_event_at = models.DateTimeField("最近动态", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "linkages"
        verbose_name = "衔接事项"
        indexes: ClassVar = [
            models.Index(fields=["-opened_on", "-id"], name="linkages_recent"),
            GinIndex(fields=["parties"], name="linkages_parties"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_route_display()} {self.opened_on:%Y-%m-%d}"

    @property
    def number_said(self) -> str:
        """What stands where the number of a paper is expected; as long as there is none, that, and the id it is found by."""
        return self.number or f"尚无文书号，编号 {self.code}"

    @property
    def officers(self) -> models.Manager[Any] | models.QuerySet[Any]:
        """The officers of the case behind, which forms and events ask for; none without a case."""
        return self.case.officers if self.case is not None else LinkageEntry.objects.none()

    @property
    def page(self) -> str:
        return f"/linkage/{self.code}"

    @property
    def day_unknown(self) -> bool:
        """A letter that waits for its reply, and neither it nor a verified text says until when."""
        return self.route in OWN_DAY and self.stage == Stage.HANDLING and self.due_on is None


class LinkageEntry(models.Model):
    """A step as it was taken: its event, the details beside it, which body took it, and what followed in the log.

    ``document`` is the paper that was signed of it.
    """

    linkage = models.ForeignKey(Linkage, models.PROTECT, related_name="entries")
    step = models.CharField("步骤", max_length=60)
    event_id = models.CharField("事件号", max_length=100, unique=True)
    details = models.JSONField("附记", default=dict)
    followed_by = models.JSONField("随之登记的事件", default=list)
    document = models.BigIntegerField("签发的文书", null=True)
    by_label = models.CharField("登记人", max_length=60)
    by_agency = models.CharField("登记单位", max_length=50)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "linkage_entries"
        verbose_name = "衔接步骤"


class LinkageDraft(models.Model):
    """What somebody has typed for a step so far; nobody else's to see, and gone once the step is recorded."""

    linkage = models.ForeignKey(Linkage, models.CASCADE, related_name="drafts")
    step = models.CharField("步骤", max_length=60)
    written_by = models.ForeignKey("identity.Person", models.CASCADE, related_name="+")
    data = models.JSONField("字段", default=dict)
    details = models.JSONField("附记", default=dict)
    occurred = models.CharField("发生时间", max_length=40, blank=True)
    written_at = models.DateTimeField("保存时刻", auto_now=True)

    class Meta:
        db_table = "linkage_drafts"
        verbose_name = "衔接步骤草稿"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["linkage", "step", "written_by"], name="linkage_draft_once")
        ]


class LinkagePaper(KeptPaper):
    """A file that one side put in, kept under its hash; open to whoever the matter is open to."""

    linkage = models.ForeignKey(Linkage, models.PROTECT, related_name="papers")
    by_agency = models.CharField("收入单位", max_length=50)

    class Meta(KeptPaper.Meta):
        abstract = False
        db_table = "linkage_papers"
        verbose_name = "衔接材料"


class InquiryState(models.TextChoices):
    ASKED = "asked", "待决定"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "已停止"


class InquiryScope(models.TextChoices):
    """How much of a case is opened, each more than the one before."""

    OUTLINE = "outline", "案件概况和进度"
    LIST = "list", "概况、进度和文书目录"
    PAPERS = "papers", "概况、进度和已签发的文书"


class Inquiry(models.Model):
    """A request of an outside organ to look at one case, decided with a scope and a last day."""

    organ = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="申请机关")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="办案机关")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", verbose_name="案件")
    parties = ArrayField(models.CharField(max_length=50), default=list, verbose_name="可见的单位")
    wanted = models.CharField("案号", max_length=200)
    reason = models.TextField("事由")
    basis = models.CharField("依据", max_length=200)
    scope = models.CharField("范围", max_length=20, choices=InquiryScope.choices)
    until = models.DateField("至")
    state = models.CharField("状态", max_length=20, choices=InquiryState.choices, default=InquiryState.ASKED)
    opinion = models.TextField("决定的理由", blank=True)
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    asked_label = models.CharField("申请人", max_length=60)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_label = models.CharField("决定人", max_length=60, blank=True)
    decided_at = models.DateTimeField("决定时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "linkage_inquiries"
        verbose_name = "查询申请"

    def __str__(self) -> str:
        return f"查询申请 {self.pk}"

    @property
    def page(self) -> str:
        return f"/linkage/inquiries/{self.pk}"


class LinkageReading(models.Model):
    """A reading by somebody of an outside organ: what, who, when. Shown to the sender and to the supervision organ."""

    linkage = models.ForeignKey(Linkage, models.PROTECT, null=True, related_name="readings")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, related_name="readings")
    what = models.CharField("查阅的内容", max_length=200)
    by_label = models.CharField("查阅人", max_length=60)
    by_agency = models.CharField("单位", max_length=60)
    at = models.DateTimeField("时刻", auto_now_add=True)

    class Meta:
        db_table = "linkage_readings"
        verbose_name = "衔接查阅记录"
        ordering: ClassVar = ["-pk"]
