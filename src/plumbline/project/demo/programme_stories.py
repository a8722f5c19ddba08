"""新政办〔2022〕14号 as it stood in mid-August 2022: most done, two late, one returned, one question still open."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile

from plumbline.apps.programme import actions
from plumbline.apps.programme.models import Programme, Progress, Rectification, SelfCheck, Share
from plumbline.apps.programme.notice import notice_2022_14
from plumbline.apps.programme.scoring import unit_tasks
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.printing.blocks import Paragraph, Run, Sheet
from plumbline.platform.printing.word_writing import as_word

from .district import PASSWORD, SINCE

SHOWN = date(2022, 8, 15)
REPORT = ("programme.report",)
#: Who reports for units without an enforcement post of their own: agency, log-in, name.
LIAISONS = (
    ("AG-XZ-SFJ", "yexin", "叶欣"), ("AG-XZ-BB", "bianban", "卞国安"), ("AG-XZ-CZJ", "caizheng", "蔡正明"),
    ("AG-XZ-JCY", "heming", "贺明"), ("AG-XZ-GOVO", "yujing", "余静"), ("AG-XZ-LSG", "lingdao", "凌道远"),
    ("AG-XZ-GOV", "qufu", "屈福生"),
)  # fmt: skip
OPEN_CONFLICT, NOT_NAMED = "C10", "AG-ST-010"
LATE_TRAINING, LATE_TRANSFER, RETURNED = "AG-FQ-05", "AG-ST-012", "AG-ST-008"
CHECK_RETURNED = "AG-ST-011"


@dataclass(frozen=True)
class Told:
    """How a task went: what units say, when the first and the last of them were through, and who is still at it."""

    said: str
    first: date
    last: date
    open: tuple[str, ...] = ()
    doing: str = ""
    round: int = 1


def _d(month: int, day: int) -> date:
    return date(2022, month, day)


DONE = {
    "T1-1": Told("权责清单已编制，经本单位集体讨论后印发", _d(6, 15), _d(6, 29)),
    "T2-1": Told("《行政执法监督工作实施办法》已印发，五项要素齐全", _d(6, 20), _d(6, 20)),
    "T2-3": Told("主体和人员名单已公布，按印发日以前的实际情况补录", _d(6, 13), _d(6, 13)),
    "T2-4": Told("《行政执法“三项制度”工作指引》已印发各单位", _d(6, 22), _d(6, 22)),
    "T2-5": Told("法制审核目录已制定，报区司法局汇总", _d(6, 14), _d(6, 29)),
    "T2-6": Told("操作指引已转发，留存落实记录 14 份（补录）", _d(6, 14), _d(6, 14)),
    "T2-7": Told("“两法衔接”工作实施细则已会签印发", _d(6, 28), _d(6, 28)),
    "T2-8": Told("案件移送协作机制已会签，移送文书样式同时启用", _d(7, 11), _d(7, 29), (LATE_TRANSFER,)),
    "T2-9": Told("《行政规范性文件管理手册》已印发", _d(7, 27), _d(7, 27)),
    "T3-1": Told("聘任义务监督员 12 名，公告和名单一并报送（补录）", _d(6, 20), _d(6, 20)),
    "T3-3": Told("第一次交叉评查已完成，评查结果已反馈（补录）", _d(6, 16), _d(6, 27)),
    "T3-4": Told("专业知识培训已组织，签到和考核材料齐全", _d(6, 13), _d(6, 29), (LATE_TRAINING,)),
    "T3-5": Told("《行政检察与行政执法监督衔接工作意见》已会签印发", _d(6, 24), _d(6, 24)),
    "T3-6": Told("与区监委商定案情速报、案件移送、联合调查三项机制", _d(7, 29), _d(7, 29)),
    "T3-7": Told("职责边界清单和三项机制已确定，双向派单开始试用", _d(7, 26), _d(7, 28)),
    "T4-1": Told("已明确法制审核机构和两名审核人员，司法所参与", _d(6, 14), _d(6, 28)),
    "T5-1": Told("云平台和手机端已启用，全部执法人员完成注册", _d(7, 6), _d(7, 28)),
    "T6-1": Told("统一的文书、标志和服装标准已执行", _d(6, 15), _d(6, 29)),
    "B059": Told("领导小组已成立，成员名单印发", _d(6, 10), _d(6, 10)),
    "B060": Told("试点方案已由区政府同意印发", _d(6, 10), _d(6, 10)),
    "B061": Told("工作重点、计划和分工随方案明确", _d(6, 10), _d(6, 10)),
}  # fmt: skip
#: Tasks that run: what is said, and every how many units one is through already.
RUNNING = {
    "T2-2": ("执法工作情况报告已报送", "上半年数据已核对，正在写分析部分", 3),
    "T3-2": ("参评案卷已报送，评查问题已整改", "专业机构已聘请，正在抽取案卷", 6),
    "T5-2": ("案件全部网上录入、网上流转", "历史案件正在补录", 2),
    "T5-3": ("", "统一登记、编号、公布的流程正在试运行", 0),
    "T6-2": ("", "经费已列入下半年预算调整方案", 0),
}
KEPT = {
    "B023": "七月组织情况通报一次、经验交流一次", "B027": "上半年回访案件 36 件，问题已反馈",
    "B028": "日常检查记录按周汇总", "B029": "组织渣土运输专项督查，个案督办 3 件", "B030": "各项制度按月检查",
    "B041": "机构设置方案已报编委会", "B042": "正在测算工作量", "B044": "七月集中学习两次", "B062": "按方案实施，每月对账",
    "B069": "区政府常务会议听取一次汇报", "B076": "七月到两个街道调研", "B077": "参加市司法局试点工作交流会",
}  # fmt: skip
SETTLED = {
    "C1": "以附件 2022-06-30 为时限；七月底以前补训的不追究", "C2": "印发日以前到期的补录证明材料，不计逾期", "C3": "以附件为准，街道也制定目录",
    "C4": "两个名称指同一份指引", "C5": "两个名称都保留，按全市统一发布制度执行", "C6": "每个单位编制一份，分别报送",
    "C7": "作为每年的义务办理，没有试点时限", "C8": "双向派单作为 T3-7 的组成部分", "C9": "十家单位名单由区政府办另行印发；本平台名单为示例",
}  # fmt: skip


def tell_programme(only: Collection[str] = ()) -> None:
    """Everything by the same verbs as in service, on the days of 2022.

    ``only``: what is done is told of these tasks alone, and no stage; the troubles are told all the same.
    """
    if Programme.objects.exists():
        return
    story = _Story(random.Random(20220608), only)
    story.name_people()
    story.settle()
    story.work()
    if not only:
        story.stages()
        story.directives()
        story.papers()


class _Story:
    def __init__(self, chance: random.Random, only: Collection[str]) -> None:
        self.chance, self.only = chance, only
        self.liu, self.mei = self._actor("liu"), self._actor("mei")
        self._hire()
        self.programme = actions.open_programme(
            actor=self.liu, plan=notice_2022_14(), agency=Agency.objects.get(pk="AG-XZ-SFJ"), shown_on=SHOWN
        )
        shares = Share.objects.unscoped("演示数据").filter(task__programme=self.programme)
        self.shares: dict[str, list[Share]] = {}
        for share in shares.select_related("task__programme", "agency").order_by("task__order", "agency_id"):
            share.task.programme = self.programme
            self.shares.setdefault(share.task.code, []).append(share)
        self.units = sorted({s.agency_id for each in self.shares.values() for s in each})
        self.reporters = {code: self._reporter(code) for code in self.units}

    def _actor(self, login: str) -> Actor:
        return Actor.of(Person.objects.get(login_name=login), on=clock.today())

    def _hire(self) -> None:
        password = make_password(PASSWORD)
        for code, login, name in LIAISONS:
            person, _ = Person.objects.get_or_create(
                login_name=login,
                defaults={
                    "display_name": name,
                    "password": password,
                    "is_fictitious": True,
                    "staff_number": f"FA-{login}",
                },
            )
            post, _ = Post.objects.get_or_create(
                agency_id=code,
                title="试点工作联络员",
                defaults={"role": "other", "capabilities": list(REPORT), "scope": "agency"},
            )
            Tenure.objects.get_or_create(person=person, post=post, from_on=SINCE)

    def _reporter(self, code: str) -> Actor:
        posts = Post.objects.filter(agency_id=code, capabilities__contains=list(REPORT)).order_by("title")
        return Actor.of(Person.objects.filter(tenures__post=posts[0]).order_by("pk")[0], on=clock.today())

    def name_people(self) -> None:
        for number, code in enumerate(self.units):
            if code == NOT_NAMED:
                continue
            by = self.reporters[code]
            department = (
                "综合执法中心"
                if code.startswith("AG-ST")
                else "法规科"
                if code.startswith("AG-FQ")
                else "办公室"
            )
            actions.name_responsible(
                actor=by, programme=self.programme, agency=code, department=department, person=by.label,
                position="负责人", on=_d(6, 10) + timedelta(days=number % 6),
            )  # fmt: skip

    def settle(self) -> None:
        for number, (code, said) in enumerate(SETTLED.items()):
            actions.settle_conflict(
                actor=self.liu, programme=self.programme, conflict=code, decision=said, on=_d(6, 13 + number)
            )

    def work(self) -> None:
        for code, told in DONE.items():
            if self.only and code not in self.only:
                continue
            for number, share in enumerate(self.shares[code]):
                if share.agency_id in told.open or (code == "T2-5" and share.agency_id == RETURNED):
                    continue
                span = (told.last - told.first).days
                self._through(share, told.said, told.first + timedelta(days=number * 5 % (span + 1)))
        for code, (done, doing, every) in () if self.only else RUNNING.items():
            for number, share in enumerate(self.shares[code]):
                if every and number % every == 1:
                    self._through(share, done, _d(8, 2 + number % 9))
                elif number % 5 != 4:
                    self._doing(share, doing, _d(7, 18 + number % 10))
        for code, said in () if self.only else KEPT.items():
            for share in self.shares[code][:1]:
                self._doing(share, said, _d(7, 20))
        self._troubles()

    def _through(self, share: Share, said: str, on: date) -> None:
        row = self._report(share, "done", said, on, file=self._paper(share, said))
        answered = min(on + timedelta(days=1 + self.chance.randrange(3)), SHOWN)
        found = share.task.terms.get(until_on=None).elements
        actions.review_progress(actor=self.liu, progress=row, accept=True, elements=found, on=answered)

    def _doing(self, share: Share, said: str, on: date, **given: Any) -> None:
        self._report(share, "doing", said, on, **given)

    def _report(self, share: Share, state: str, said: str, on: date, **given: Any) -> Progress:
        row = actions.report_progress(
            actor=self.reporters[share.agency_id], share=share, state=state, text=said, on=on, **given
        )
        row.share = share
        return row

    def _paper(self, share: Share, said: str) -> ContentFile[bytes]:
        title = f"{share.agency.name}{share.task.code}成果"
        blocks = (
            Paragraph((Run(title, bold=True),), align="center", size=18),
            Paragraph((Run(f"{said}。本文件为演示材料。"),), first=2),
        )
        return ContentFile(
            as_word(Sheet(blocks, title=title)), name=f"{share.agency.short_name}-{share.task.code}.docx"
        )

    def _share(self, code: str, agency: str) -> Share:
        return next(share for share in self.shares[code] if share.agency_id == agency)

    def _troubles(self) -> None:
        """Two that are late, one that came back, and one that waits for an answer."""
        self._doing(
            self._share("T3-4", LATE_TRAINING),
            "授课计划已定，因防汛抽调推迟",
            _d(6, 27),
            expected_on=_d(8, 19),
        )
        self._doing(
            self._share("T2-8", LATE_TRANSFER),
            "与三家赋权机关会签完成，余七家在办",
            _d(7, 28),
            expected_on=_d(8, 18),
        )
        share = self._share("T2-5", RETURNED)
        row = self._report(
            share, "done", "法制审核目录已制定，报区司法局汇总", _d(6, 29), file=self._paper(share, "初稿")
        )
        actions.review_progress(
            actor=self.liu, progress=row, accept=False, opinion="第 3、7 项没有写明金额标准，缺少制定依据一栏",
            redo_by=_d(8, 19), on=_d(8, 8),
        )  # fmt: skip
        for code in ("AG-ST-001", "AG-FQ-02"):
            share = self._share("T2-2", code)
            rows = Progress.objects.unscoped("演示数据").filter(share=share, accepted=True)
            if not rows.exists():
                self._report(
                    share, "done", "执法工作情况报告已报送", _d(8, 12), file=self._paper(share, "情况报告")
                )

    def stages(self) -> None:
        for number, code in enumerate(self.units):
            lines = unit_tasks(self.programme, code)
            if not any(code == share.agency_id for share in self.shares["B063"]):
                continue
            row = SelfCheck(programme=self.programme, agency_id=code)
            answers = {
                line.code: {
                    "score": line.term.points - (at % 4 == number % 4),
                    "words": "材料还要补充完整" if at % 4 == number % 4 else "",
                }
                for at, line in enumerate(lines)
            }
            by = self.reporters[code]
            actions.keep_self_check(
                actor=by,
                row=row,
                answers=answers,
                summary="对照任务清单逐项自查，已完成的材料齐全，其余按月推进。",
            )
            actions.submit_self_check(actor=by, row=row, on=_d(7, 20 + number % 11))
            if number % 5 == 2:
                continue
            good = code != CHECK_RETURNED
            actions.review_self_check(
                actor=self.mei, row=row, accept=good, opinion="" if good else "T2-8 的自评没有材料支持，请附会签单", on=_d(8, 3)
            )  # fmt: skip
        self._accept()

    def _accept(self) -> None:
        """The city has looked at ten tasks so far; two deductions."""
        short = {
            "T2-5": (4, "旧街街道目录第 3、7 项没有金额标准", RETURNED, "补正目录并重新报送"),
            "T2-8": (3, "徐古街道没有完成会签", LATE_TRANSFER, "完成会签，启用移送文书"),
        }
        for number, code in enumerate(
            ("T1-1", "T2-1", "T2-3", "T2-4", "T2-5", "T2-7", "T2-8", "T3-1", "T3-5", "T4-1")
        ):
            task = self.programme.tasks.get(code=code)
            task.programme = self.programme
            full = task.terms.get(until_on=None).points
            score, finding, unit, demand = short.get(code, (full, "材料齐全", "", ""))
            actions.record_acceptance(
                actor=self.liu, task=task, score=score, inspectors="市司法局检查验收组", finding=finding,
                units=[unit] if unit else [], demand=demand, due_on=_d(9, 20) if unit else None, on=_d(8, 10 + number // 5),
            )  # fmt: skip

    def directives(self) -> None:
        """What the leading group decided and looked into; one thing done, one under way."""
        for on, kind, title, text in (
            (_d(6, 10), "meeting", "领导小组第一次会议", "部署试点工作，明确各单位责任部门和责任人，每月通报进展。"),
            (_d(6, 17), "coordination", "与法治政府建设年度任务合并推进", "法治政府建设年度任务中的执法监督事项并入本方案，一并安排、一并考核。"),
            (_d(7, 1), "safeguard", "追加执法监督专项经费", "区财政局落实监督检查、培训和平台运维经费，纳入年度预算调整。"),
            (_d(7, 14), "support", "向市司法局汇报试点情况", "汇报进展和三个问题，市司法局同意派员指导案卷评查。"),
            (_d(7, 22), "exchange", "到同批试点区学习", "学习街道与赋权机关的案件移送办法，带回移送文书样式。"),
        ):  # fmt: skip
            actions.record_directive(
                actor=self.liu, programme=self.programme, kind=kind, title=title, text=text, on=on
            )
        made = actions.record_directive(
            actor=self.liu, programme=self.programme, kind="research", title="领导小组调研街道综合执法",
            text="两个街道反映：专业鉴定没有渠道，与赋权机关的移送没有统一文书。", units=[LATE_TRANSFER, RETURNED],
            demand="列出本街道需要鉴定的事项和移送中的困难，报领导小组研究", due_on=_d(8, 20), on=_d(8, 4),
        )  # fmt: skip
        row = Rectification.objects.unscoped("演示数据").get(directive=made, agency_id=RETURNED)
        proof = actions.prove_rectification(
            actor=self.reporters[RETURNED], row=row, text="列出需要鉴定的七类事项，附清单。", on=_d(8, 9),
            file=self._paper(self._share("T2-5", RETURNED), "需要鉴定的事项清单"),
        )  # fmt: skip
        actions.verify_rectification(actor=self.mei, proof=proof, accept=True, on=_d(8, 11))

    def papers(self) -> None:
        for month, day in ((6, 30), (7, 31)):
            paper = actions.keep_paper(
                actor=self.liu,
                programme=self.programme,
                kind="month",
                period=f"2022-{month:02d}",
                on=_d(month, day),
            )
            actions.issue_paper(actor=self.liu, paper=paper, on=_d(month, day) + timedelta(days=2))
        given: dict[str, Any] = {"programme": self.programme, "basis": "领导小组会议纪要〔2022〕2号（演示）"}
        actions.record_merit(
            actor=self.liu, agency=Agency.objects.get(pk="AG-ST-001"), kind="bonus", points=Decimal("0.5"),
            reason="率先完成法制审核机构和人员配备，经验在全区交流", task=self.programme.tasks.get(code="T4-1"), on=_d(8, 5), **given,
        )  # fmt: skip
        actions.record_merit(
            actor=self.liu, agency=Agency.objects.get(pk="AG-FQ-02"), kind="priority", person="示例人员",
            reason="编写街道执法培训教材，主讲四次", on=_d(8, 5), **given,
        )  # fmt: skip
