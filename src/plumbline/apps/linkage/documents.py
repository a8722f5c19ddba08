"""The agency's own papers in a linkage: what each says, composed from the step that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.apps.paperwork.contract import Called, Fact, StepPaper, addressed_to, called_by, line, named
from plumbline.packs.transfer.procedures.letters import HANDLED
from plumbline.vocabulary import load_vocabulary

from .models import Linkage, LinkageEntry, Route
from .reading import LinkageFile
from .standards import words


def _case(linkage: Linkage) -> str:
    if linkage.case is None:
        return f"“{linkage.title}”"
    return f"“{linkage.case.title}”（{linkage.case.number_said}）"


def _noted(file: LinkageFile, activity: str) -> Mapping[str, Any]:
    """All that was kept beside the latest event of an activity."""
    event = file.last(activity)
    return file.details.get(event.id, {}) if event is not None else {}


def _letter(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    """涉嫌犯罪案件移送书. The copy to the procuratorate is named, because it watches the transfer (第十四条)."""
    row, last = file.linkage, "crime_suspected"
    facts = [
        addressed_to(row.organ.name),
        line(
            f"本机关在办理{_case(row)}中发现，{file.detail(last, 'party') or '当事人'}的行为涉嫌{file.detail(last, 'crime')}。"
            "依照行政执法机关移送涉嫌犯罪案件的规定第三条、第五条，现予移送。请依法审查，并将是否立案的决定书面通知本机关。"
        ),
        named("涉嫌犯罪的事实", file.detail(last, "facts")),
        named("追诉标准和对照", words(_noted(file, last))),
        line("涉案物品清单、检验报告或者鉴定结论、调查报告和其他材料随案移送。"),
    ]
    if row.procuratorate is not None:
        facts.append(line(f"抄送：{row.procuratorate.name}。"))
    return facts


def _report(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    return [
        addressed_to(row.organ.name),
        line(f"本机关专案组对{_case(row)}进行了调查，核实情况如下。"),
        named("调查情况", details.get("report")),
        named("意见和依据", details.get("opinion")),
    ]


def _reconsideration(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    number = file.detail("police_refused", "number")
    return [
        addressed_to(row.organ.name),
        line(f"你单位对本机关移送的{_case(row)}作出不予立案的决定{f'（{number}）' if number else ''}。本机关认为依法应当立案，现提请复议。"),
        named("理由", details.get("reason")),
    ]  # fmt: skip


def _suggestion(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    reconsidered = "，经复议仍不立案" if file.happened("police_reconsidered") else ""
    return [
        addressed_to(row.procuratorate.name if row.procuratorate else ""),
        line(f"本机关向{row.organ.name}移送{_case(row)}，该机关决定不予立案{reconsidered}。本机关认为依法应当立案，建议依法进行立案监督。"),
        named("理由", details.get("reason")),
    ]  # fmt: skip


def _handover(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    return [
        addressed_to(row.organ.name),
        line(f"你单位已对本机关移送的{_case(row)}立案，现将涉案物品和材料移交。"),
        named("物品和材料", details.get("items")),
        named("接收人", details.get("receiver")),
    ]


#: What a reply calls the body and its letter.
_ANSWERED = {
    Route.SUGGESTION: "你院《检察建议书》",
    Route.JUDICIAL: "你院《司法建议书》",
    Route.ADVICE: "你委《监察建议书》",
}


def _reply(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    return [
        addressed_to(row.organ.name),
        line(f"{_ANSWERED[Route(row.route)]}（{row.number or '未编号'}）收悉。本机关办理情况回复如下。"),
        named("处理情况和整改措施", details.get("measures")),
        named("结果", details.get("results")),
    ]


def _objection(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    return [
        addressed_to(row.organ.name),
        line(f"本机关对你院《检察建议书》（{row.number or '未编号'}）提出异议，请予复核。"),
        named("理由", details.get("reason")),
    ]


def _told(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    row = file.linkage
    number = f"，案号 {details['case_number']}" if details.get("case_number") else ""
    return [
        addressed_to(row.organ.name),
        line(f"你单位移送的案件（{row.number or row.title}），本机关处理结果告知如下。"),
        named("处理", f"{dict(HANDLED).get(str(details.get('handled')), '')}{number}"),
        named("结果", details.get("results")),
    ]


def _clue(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    words, found = load_vocabulary(), file.last("misconduct_suspected")
    data = found.data if found is not None else {}
    kind = f"{words.label('person_kind', str(data.get('person_kind')))}，{words.label('misconduct_level', str(data.get('level')))}"
    return [
        addressed_to(file.linkage.organ.name),
        line("本机关发现公职人员问题线索，依照监察法第三十七条移送，请依法处理。"),
        named("人员", file.detail("misconduct_suspected", "person")),
        named("性质", kind),
        named("线索", file.detail("misconduct_suspected", "content")),
        named("来源", file.detail("misconduct_suspected", "source")),
        named("材料", details.get("materials")),
    ]


def _flash(file: LinkageFile, details: Mapping[str, Any]) -> list[Fact]:
    facts = [addressed_to(file.linkage.organ.name), named("案情和已经采取的措施", details.get("content"))]
    if details.get("wanted"):
        facts.append(named("需要协助", details["wanted"]))
    return facts


def _to_transfer(file: LinkageFile, entry: LinkageEntry) -> bool:
    event = next((e for e in file.everything if e.id == entry.event_id), None)
    return event is not None and event.data.get("result") == "approved"


PAPERS: dict[str, StepPaper] = {
    paper.code: paper
    for paper in (
        StepPaper("XJ1", "涉嫌犯罪案件移送书", "移刑", _letter, _to_transfer),
        StepPaper("XJ2", "涉嫌犯罪案件情况的调查报告", "刑报", _report),
        StepPaper("XJ3", "提请复议书", "刑复", _reconsideration),
        StepPaper("XJ4", "立案监督建议书", "刑督", _suggestion),
        StepPaper("XJ5", "涉案物品和材料移交清单", "刑交", _handover),
        StepPaper("JC1", "检察建议回复函", "检复", _reply),
        StepPaper("JC2", "处理结果告知函", "衔告", _told),
        StepPaper("JC3", "对检察建议的异议书", "检异", _objection),
        StepPaper("SF1", "司法建议回复函", "司复", _reply),
        StepPaper("JW1", "问题线索移送函", "监移", _clue),
        StepPaper("JW2", "案情速报", "速报", _flash),
        StepPaper("JW3", "监察建议回复函", "监复", _reply),
    )
}


def called_for(file: LinkageFile) -> list[Called]:
    """Every paper that the steps taken call for, in order."""
    return called_by(file, file.entries, PAPERS)
