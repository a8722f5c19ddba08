"""The closed lists of the tables."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """The contract's kinds of matter that are made by these procedures."""

    NORM = "normative_document", "行政规范性文件"
    POLICY = "major_policy_decision", "重大行政决策"


class Stage(models.TextChoices):
    """Where a document stands in the making, computed from its events."""

    DRAFTING = "drafting", "起草"
    COMMENTING = "commenting", "征求意见"
    REVIEWING = "reviewing", "待合法性审查"
    DECIDING = "deciding", "待集体讨论"
    PUBLISHING = "publishing", "待登记公布"
    PUBLISHED = "published", "已公布"
    ENDED = "ended", "已失效"
    STOPPED = "stopped", "已终止制定"


class PaperKind(models.TextChoices):
    """The materials of review and filing, as the layout of the catalogue names them."""

    NOTE = "note", "制定说明"
    BASIS = "basis", "制定依据"
    ASSESSMENT = "assessment", "评估论证材料"
    COMMENTS = "comments", "征求意见情况"
    FAIR = "fair", "公平竞争审查意见"
    REVIEW = "review", "合法性审查意见书"
    MINUTES = "minutes", "会议纪要"
    FINAL = "final", "正式文本"
    REPORT = "report", "备案报告"
    EVALUATION = "evaluation", "评估报告"
    OTHER = "other", "其他"


class Handling(models.TextChoices):
    OPEN = "", "待处理"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "不采纳"


class NoticeKind(models.TextChoices):
    """Who asks about the legality of a document; each has its own clock in the rules."""

    NOTICE = "notice", "复议机关通知书面答复"
    FORWARDED = "forwarded", "复议机关转送处理"
    SUGGESTION = "suggestion", "法院司法建议"
