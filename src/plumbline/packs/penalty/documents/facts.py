"""The names a template may use: what each fact is, where in the case it comes from, and an example of it.

A source is read as follows, alternatives being parted by ``|`` (the first that is known wins):

* ``case:…`` ``party:…`` ``agency:…`` ``people:…`` ``evidence:…``: the case, its party, agency, officers and evidence;
* ``step@detail``: what a step's form keeps beside its event; ``step.path``: a field of the event; ``step#day``
  ``#moment`` ``#people`` ``#approver`` ``#opinion`` ``#approved``: when, by whom, and how it was approved. The document's
  own event is asked first, then the latest of that step;
* ``number:D25`` ``day:D25``: number and day of another document of the case; ``clock:RULE``: the day a clock runs out;
* ``notice:statement`` ``notice:hearing``: the days the party has to speak; ``payment:fine``: how a fine is or was paid;
* ``big:step.path``: an amount in the characters of accounts; ``sign:…``: signatures given on the document itself;
* ``document:…``: number, day, seal and code of the document itself.

A fact without a source, or whose source the case does not have, is written on the document's own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "list", "sign", "system"]


@dataclass(frozen=True)
class Fact:
    """A named fact. ``columns`` are the parts of a list; ``example`` fills the sample and the list of names."""

    name: str
    source: str
    example: str
    kind: Kind = "text"
    columns: tuple[str, ...] = ()
    group: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.source.split("|") if part.strip())


def long(name: str, source: str, example: str) -> Fact:
    return Fact(name, source, example, "long")


def listed(name: str, columns: str, source: str, example: str) -> Fact:
    """A list; an entry a line, its parts separated by ``｜``."""
    return Fact(name, source, example, "list", tuple(columns.split()))


def sign(name: str, who: str) -> Fact:
    return Fact(name, f"sign:{who}", "", "sign")


def of_group(group: str, *facts: Fact) -> tuple[Fact, ...]:
    return tuple(Fact(f.name, f.source, f.example, f.kind, f.columns, group) for f in facts)


COMMON = (
    *of_group(
        "文书",
        Fact("文号", "document:number", "新阳街综执罚决〔2026〕12号", "system"),
        Fact("成文日期", "document:day", "2026年3月2日", "system"),
        Fact("印章", "document:seal", "（印章）", "system"),
        Fact("验证二维码", "document:code", "", "system"),
        Fact("制作机关", "agency:name", "新洲区阳逻街道办事处", "system"),
        Fact("复议机关", "agency:reconsideration", "武汉市新洲区人民政府"),
    ),
    *of_group(
        "案件",
        Fact("案号", "case:number", "新阳街综执案〔2026〕12号"),
        Fact("案由", "case:title", "运输建筑垃圾沿途遗撒案"),
        Fact("案件来源", "case:source", "日常检查发现"),
        long(
            "案情", "case:summary", "2026年2月1日，执法人员在和平大街北侧空地发现倾倒的建筑垃圾约386立方米。"
        ),
        Fact("违法地点", "case:place", "和平大街北侧空地"),
        Fact("发现日期", "case:opened", "2026年2月1日"),
        Fact("违法行为发生日期", "case:violation_day", "2026年1月30日"),
        Fact("立案日期", "case:filed", "2026年2月3日"),
        Fact("结案日期", "case:closed", "2026年5月6日"),
        Fact("事项名称", "case:item", "运输建筑垃圾沿途遗撒"),
        Fact("处罚依据", "case:basis", "《城市建筑垃圾管理规定》第二十五条"),
        Fact("承办人员", "people:both", "周晓岚（HB001）、陈立群（HB002）"),
        Fact("承办人姓名", "people:names", "周晓岚、陈立群"),
        Fact("承办人证号", "people:numbers", "HB001、HB002"),
        listed(
            "证据目录",
            "名称 种类 来源 证明事项",
            "evidence:list",
            "现场照片｜视听资料｜执法人员制作｜倾倒的位置和数量",
        ),
        long(
            "主要证据", "investigation_ended@evidence | evidence:text", "现场检查笔录、现场照片、询问笔录。"
        ),
    ),
    *of_group(
        "当事人",
        Fact("当事人", "party:name", "武汉楚安示例工程有限公司"),
        Fact("当事人类别", "party:kind", "法人"),
        Fact("当事人证照号码", "party:identity", "91420117MA4KXXXX0X"),
        Fact("法定代表人", "party:representative", "刘志远"),
        Fact("当事人地址", "party:address", "新洲区和平大街18号"),
        Fact("当事人电话", "party:phone", "027-8693XXXX"),
        long(
            "当事人基本情况",
            "party:summary",
            "武汉楚安示例工程有限公司，统一社会信用代码91420117MA4KXXXX0X，法定代表人刘志远。",
        ),
    ),
    *of_group(
        "签名",
        sign("承办人签名", "officers"),
        sign("当事人签名", "party"),
        sign("见证人签名", "witness"),
        sign("审核人签名", "reviewer"),
        sign("审批人签名", "approver"),
        sign("记录人签名", "recorder"),
        sign("送达人签名", "server"),
        sign("收件人签名", "receiver"),
        sign("主持人签名", "presider"),
    ),
)
