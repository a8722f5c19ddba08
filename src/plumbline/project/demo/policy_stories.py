"""Major policy decisions at four points of their life, told through the actions that people use. Everything is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.deciding import Announcement
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.models import NormDoc, PlanItem, PublicComment
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person

from .norm_stories import GOVERNMENT, at, drafter_of, on_day

KIND = "major_policy_decision"
BUSES = (
    "一、目标\n用两年时间，把城乡公交的发车间隔缩短到二十分钟以内，六十五周岁以上老人免费乘车。\n"
    "二、线路\n优先加密邾城、阳逻、仓埠之间的线路；每年公布一次线路调整方案。\n"
    "三、补贴\n按照核定的里程和服务质量补贴运营单位，补贴标准和考核结果每年公布。\n"
    "四、执行\n由区交通运输局负责执行，每半年向区人民政府报告一次。"
)
PARKING = (
    "一、总体要求\n优先盘活机关、学校和商场的存量车位，新建车位与居住区同步规划。\n"
    "二、布局\n邾城、阳逻两个街道新增公共车位三千个，具体选址另行公示。\n"
    "三、保障\n所需资金分年度安排，接受审计。"
)
RIVER = (
    "一、目标\n三年内消除城区黑臭水体，恢复三处滨水公共空间。\n"
    "二、任务\n雨污分流改造、河道清淤、岸线绿化分段实施，施工期间保证居民出行。\n"
    "三、监督\n每季度公布水质监测结果。"
)


def tell_policies() -> None:
    """A catalogue of three, one decision that runs, one that is open for comments, one that waits for its review."""
    tell = _Teller()
    year = clock.today().year
    items = {
        title: actions.plan_document(
            actor=tell.publisher,
            agency_code=agency,
            year=year,
            due_month=month,
            title=title,
            reason=reason,
            kind=KIND,
        )
        for title, agency, month, reason in (
            ("新洲区城区公共停车设施布局方案", "AG-FQ-06", 12, "停车难是群众反映最集中的问题。"),
            ("新洲区城区河道综合治理三年行动方案", "AG-FQ-05", 12, "水环境影响居民生活，治理分散。"),
            ("新洲区养老服务设施专项规划", "AG-FQ-02", 12, "老龄化加快，设施布点不均。"),
        )
    }
    actions.publish_catalogue(actor=tell.publisher, year=year, approval="区委常委会会议同意（示例）")
    tell.running()
    tell.open_for_comment(items["新洲区城区公共停车设施布局方案"])
    tell.waiting_for_review(items["新洲区城区河道综合治理三年行动方案"])


class _Teller:
    def __init__(self) -> None:
        self.reviewer = Actor.of(Person.objects.get(login_name="ouyang"), on=clock.today())
        self.publisher = Actor.of(Person.objects.get(login_name="banwen"), on=clock.today())

    def _begun(
        self, title: str, agency: str, text: str, back: int, *, plan: PlanItem | None = None, **said: bool
    ) -> NormDoc:
        drafter = Actor.of(drafter_of(agency), on=clock.today())
        declared: dict[str, Any] = {
            "affects_rights": True, "business_related": False, "specialised": True, "risky": True,
            "necessity": "群众反映集中，部门已经组织调研；方案经过财政、规划、属地街道协商，意见一致。",
        }  # fmt: skip
        doc = actions.begin_document(
            actor=drafter, agency_code=agency, maker=Agency.objects.get(code=GOVERNMENT), title=title, kind=KIND,
            declaration=Declaration(**(declared | said)), plan=plan, occurred_at=at(back),
            basis=[{"law": "重大行政决策程序暂行条例", "article": "第三条"}],
        )  # fmt: skip
        actions.keep_text(actor=drafter, doc=doc, text=text, note="决策草案")
        return doc

    def _take(
        self, doc: NormDoc, step: str, back: int, data: Mapping[str, Any] | None = None, *, by: Actor | None = None,
        hour: int = 10, **details: Any,
    ) -> None:  # fmt: skip
        actor = by or Actor.of(drafter_of(doc.agency_id), on=clock.today())
        actions.take_step(
            actor=actor, doc=doc, step=step, data=data, details=details, occurred_at=at(back, hour)
        )

    def _argued(self, doc: NormDoc, back: int) -> None:
        """Public participation, experts and risk, ending ``back`` days ago."""
        self._take(
            doc,
            "opened",
            back + 40,
            {"comment_until": on_day(back + 8).isoformat()},
            channels="区政府网站、政务新媒体",
        )
        self._take(doc, "heard", back + 20, way="symposium", participants="居民代表、企业代表、人大代表二十六人",
                   summary="支持方案；建议公布每年的进展，已经采纳。")  # fmt: skip
        self._take(doc, "closed", back + 6, note="收到书面意见三条。")
        self._take(
            doc,
            "adoption",
            back + 6,
            hour=11,
            summary="三条书面意见采纳两条，一条因不属于本方案范围转有关单位研究。",
        )
        self._take(doc, "experts", back + 4, way="meeting", experts="规划、财政、交通专家五名，与决策事项没有利害关系",
                   conclusion="必要、可行；建议分阶段评估。", adoption="已在草案中增加年度评估。")  # fmt: skip
        self._take(doc, "assessed", back + 2, way="重点走访、会商分析", risks="施工影响出行；部分居民对选址有顾虑。",
                   measures="分段施工；选址另行公示，设立意见渠道。", conclusion="controlled")  # fmt: skip

    def running(self) -> None:
        doc = self._begun("新洲区城乡公交一体化实施方案", "AG-FQ-06", BUSES, 420, business_related=True)
        self._argued(doc, 330)
        self._take(
            doc,
            "fair_reviewed",
            329,
            body="区市场监管局",
            result="passed",
            opinion="没有排除、限制竞争的内容。",
        )
        self._take(
            doc,
            "review_requested",
            328,
            {"respond_by": on_day(310).isoformat()},
            note="公众参与、专家论证、风险评估均已办理。",
        )
        self._take(
            doc, "review_given", 315, {"result": "lawful"}, by=self.reviewer, opinion="权限、程序、内容合法。"
        )
        self._take(doc, "decided", 300, meeting="区人民政府常务会议", attendance="区长、副区长出席，有关部门列席",
                   conclusion="passed", opinions="一致同意。")  # fmt: skip
        self._take(doc, "reported", 296, to="区委", result="同意。")
        actions.publish_policy(
            actor=self.publisher, doc=doc, occurred_at=at(290),
            announcement=Announcement(
                effective_from=on_day(280), executor="区交通运输局", number="新政发〔示例〕12号",
                channels="区政府公报、区政府网站、本地报纸", adopted="采纳公众意见两条、专家意见一条：增加年度评估，公布线路调整方案。",
            ),
        )  # fmt: skip
        self._take(doc, "interpreted", 290, hour=15, title="《城乡公交一体化实施方案》解读",
                   text="以后等车最多二十分钟；六十五周岁以上老人凭身份证免费乘车。线路怎么调整，每年公布一次。")  # fmt: skip
        self._take(doc, "archived", 270, contents="决策过程记录和材料四十二件", place="区政府办档案室")
        self._take(
            doc,
            "executed",
            100,
            what="progress",
            text="邾城至阳逻线路发车间隔缩短到十八分钟，补贴考核结果已经公布。",
        )

    def open_for_comment(self, plan: PlanItem) -> None:
        doc = self._begun(plan.title, "AG-FQ-06", PARKING, 30, plan=plan)
        self._take(
            doc,
            "opened",
            10,
            {"comment_until": on_day(-22).isoformat()},
            channels="区政府网站",
            contact="027-86920000（示例）",
        )
        for said in ("建议在老旧小区周边优先增加。", "学校的车位夜间开放，希望先解决安全责任。"):
            actions.comment_on_draft(actor=ANONYMOUS, doc=doc, text=said)
        first = PublicComment.objects.unscoped("演示数据").filter(doc=doc).order_by("pk").first()
        if first is not None:
            drafter = Actor.of(drafter_of(doc.agency_id), on=clock.today())
            actions.answer_comment(
                actor=drafter, doc=doc, comment=first, handling="adopted", answer="已列入选址的优先条件。"
            )

    def waiting_for_review(self, plan: PlanItem) -> None:
        doc = self._begun(plan.title, "AG-FQ-05", RIVER, 90, plan=plan)
        self._argued(doc, 8)
        self._take(
            doc,
            "review_requested",
            5,
            {"respond_by": on_day(-8).isoformat()},
            note="公众参与、专家论证、风险评估均已办理。",
        )
