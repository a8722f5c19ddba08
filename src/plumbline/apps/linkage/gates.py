"""Why a step of a linkage is not open, where that follows from what the steps before it said and not only from their order."""

from __future__ import annotations

from plumbline.apps.cases.contract import Closed, closed_because
from plumbline.packs.procedures import Step

from .reading import LinkageFile

_LAW = "行政执法机关移送涉嫌犯罪案件的规定"


def shut(step: Step, file: LinkageFile) -> Closed | None:
    """Why ``step`` cannot be taken as the linkage stands, or None when it is open."""
    return closed_because(step, file) or _said_otherwise(step, file)


def _said_otherwise(step: Step, file: LinkageFile) -> Closed | None:
    match step.key:
        case "report" if _waits_for_head(file):
            return Closed("移送报告正在等待负责人决定", step.basis, "approved")
        case "sent" if step.activity == "transfer_sent" and not file.approved:
            return Closed("负责人没有批准移送", step.basis, "approved")
        case "sent" if step.activity == "transfer_sent" and not file.letter_signed:
            return Closed("涉嫌犯罪案件移送书还没有签发", f"{_LAW}第六条")
        case "sent" if step.activity == "transfer_sent" and not file.report_signed:
            return Closed("涉嫌犯罪案件情况的调查报告还没有签发", f"{_LAW}第六条")
        case "forwarded" if not file.elsewhere:
            return Closed("属于本机关管辖，不用转送", step.basis)
        case "filed" | "refused" if file.elsewhere and not file.happened("transfer_forwarded"):
            return Closed("不属于本机关管辖，应当先转送有管辖权的机关", f"{_LAW}第七条", "forwarded")
        case "suggested" if file.linkage.procuratorate_id is None:
            return Closed("没有登记人民检察院，请系统管理员先登记该机关", step.basis)
        case "supervised" if file.happened("procuratorate_inquiry_received") and not file.happened(
            "police_explained"
        ):
            return Closed("公安机关还没有说明不立案理由", step.basis, "explained")
        case "concluded":
            return _too_early_to_conclude(step, file)
        case "replied" | "objected" if file.withdrawn:
            return Closed("检察院已经撤回检察建议", step.basis)
        case "closed" if step.activity == "matter_closed" and not _answered(file):
            return Closed("还没有书面回复", step.basis, "replied")
    return None


def waits_for_paper(step: Step, file: LinkageFile) -> bool:
    """Approved, and nothing but a signature is missing: the hours of sending run already."""
    if step.activity != "transfer_sent" or not file.approved or closed_because(step, file) is not None:
        return False
    return not (file.letter_signed and file.report_signed)


def _waits_for_head(file: LinkageFile) -> bool:
    return len(file.all("transfer_report_submitted")) > len(file.all("transfer_approved"))


def _answered(file: LinkageFile) -> bool:
    return file.withdrawn or file.happened("reply_sent", "outcome_notified")


def _too_early_to_conclude(step: Step, file: LinkageFile) -> Closed | None:
    if not file.happened("transfer_sent"):
        return Closed("已经批准移送，还没有移送", step.basis, "sent") if file.approved else None
    if file.happened("police_filed"):
        if file.happened("items_handed_over"):
            return None
        return Closed("还没有移交涉案物品和材料", f"{_LAW}第十二条", "handover")
    if file.elsewhere and file.happened("transfer_forwarded"):
        return None
    if not file.happened("police_refused"):
        return Closed("公安机关还没有作出立案或者不予立案的决定", f"{_LAW}第八条")
    if file.happened("police_reconsideration_requested") and not file.happened("police_reconsidered"):
        return Closed("公安机关还没有作出复议决定", f"{_LAW}第九条")
    if file.happened("filing_supervision_suggested") and not file.happened("filing_supervision_concluded"):
        return Closed("检察院还没有告知立案监督结果", f"{_LAW}第九条")
    return None
