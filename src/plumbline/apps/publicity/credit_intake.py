"""What comes in from a credit platform: files in the layout of 2016, and the answer to a file that was sent, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from stdnum.cn import uscc

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.sheets import UnreadableBook

from .channels import OURS
from .credit import BASIS, PERSON, log_file
from .credit_2016 import LAYOUT, OldLine, read_2016, rows_of
from .events import CREDIT_FILE_TAKEN_IN, CREDIT_ROW_REFUSED
from .models import CreditFile, CreditRow, Publication, PublicationState
from .policies import may_report_credit, may_send_credit

NUMBERED = {"行政处罚决定书文号", "决定书文号", "文号", "CF_WSH"}
REASONED = {"退回理由", "退回原因", "错误原因", "错误信息", "失败原因", "原因", "理由"}
STANDING = {"处理结果", "校验结果", "结果", "状态"}
TAKEN = {"成功", "通过", "入库", "正常", "已入库", "校验通过"}
SHOWN = 20  # problems named to the reader; the rest are counted


@action(
    "publicity.take_in_credit_file",
    policy=may_report_credit,
    on="agency",
    records=(CREDIT_FILE_TAKEN_IN,),
    basis=BASIS,
)
def take_in_file(
    *, actor: Actor, agency: str, name: str, content: bytes, agency_credit_code: str
) -> CreditFile:
    """Take in an old file: each line in the present layout, with what is wrong with it. Identity numbers are not kept."""
    if not uscc.is_valid(agency_credit_code):
        raise InputFault({"agency_credit_code": "机关的统一社会信用代码校验不通过，请核对十八位代码。"})
    agency_name = Agency.objects.values_list("name", flat=True).get(code=agency)
    try:
        lines = read_2016(name, content, agency_name=agency_name, agency_code=agency_credit_code)
    except UnreadableBook as fault:
        raise InputFault({"file": f"{fault}。"}) from None
    if not lines:
        raise InputFault({"file": "表头以下没有数据。请核对是不是选错了文件。"})
    days = sorted(each.values["CF_JDRQ"].replace("/", "-") for each in lines if each.values["CF_JDRQ"])
    made = CreditFile.objects.create(
        agency_id=agency, agency_credit_code=agency_credit_code, layout=LAYOUT, made_label=actor.label,
        first=days[0] if days else clock.today(), last=days[-1] if days else clock.today(),
        persons=any(each.values["CF_XDR_LB"] == PERSON for each in lines),
    )  # fmt: skip
    rows = Publication.objects.filter(agency_id=agency, channel=OURS, act="penalty").exclude(number="")
    here = {row.number: row for row in rows.filter(number__in=[each.number for each in lines])}
    CreditRow.objects.bulk_create(_kept(made, each, here.get(each.number)) for each in lines)
    stopped = sum(any(f["level"] == "refuse" for f in row.faults) for row in made.lines())
    log_file(actor, made, CREDIT_FILE_TAKEN_IN, {"rows": len(lines), "stopped": stopped})
    return made


def _kept(made: CreditFile, line: OldLine, row: Publication | None) -> CreditRow:
    faults = list(line.faults)

    def fault(code: str, name: str, problem: str, level: str = "warn") -> None:
        faults.append({"code": code, "name": name, "problem": problem, "level": level})

    until = line.values["CF_GSJZQ"]
    if until and until < f"{clock.today():%Y/%m/%d}":
        fault("CF_GSJZQ", "公示截止期", "已过，平台应当停止公示；再报送前请核对")
    if row is not None and row.state in {PublicationState.WITHDRAWN, PublicationState.ENDED}:
        fault(
            "CF_WSH",
            "行政处罚决定书文号",
            f"本平台“{row.get_state_display()}”，应当向平台报送变更结果",
            "refuse",
        )
    if line.values["CF_XDR_LB"] == PERSON and row is None:
        fault("CF_XDR_ZJHM", "自然人证件号码", "不留存，本平台又没有这件案件，不能由这里再报送", "refuse")
    return CreditRow(
        file=made, agency_id=made.agency_id, decision_event=row.decision_event if row else "",
        matter_id=row.matter_id if row else "", values={**line.values, "row": str(line.row)}, faults=faults,
    )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a platform's answer came to: lines registered as refused, lines it took, and rows that could not be read."""

    refused: int
    taken: int
    problems: tuple[str, ...]

    def __str__(self) -> str:
        said = f"登记退回 {self.refused} 件，平台收下 {self.taken} 件"
        if not self.problems:
            return f"{said}。"
        more = f"等 {len(self.problems)} 行" if len(self.problems) > SHOWN else ""
        return f"{said}；没有登记的：{'；'.join(self.problems[:SHOWN])}{more}。请改好这些行后再导入一次。"


@action(
    "publicity.take_in_credit_answer",
    policy=may_send_credit,
    on="file",
    records=(CREDIT_ROW_REFUSED,),
    basis=BASIS,
)
def take_in_answer(*, actor: Actor, file: CreditFile, name: str, content: bytes) -> Answer:
    """Read the platform's answer to a sent file: a line with a reason was sent back, one without was taken."""
    kept = CreditFile.objects.visible_to(actor).select_for_update().get(pk=file.pk)
    if kept.sent_on is None:
        raise Refusal("这份数据还没有登记报送", next_step="请先登记报送。")
    try:
        table = list(rows_of(name, content))
    except UnreadableBook as fault:
        raise InputFault({"file": f"{fault}。"}) from None
    at = next((n for n, (_, cells) in enumerate(table) if {c.strip() for c in cells} & NUMBERED), None)
    if at is None:
        raise InputFault({"file": "没有找到“决定书文号”这一列。请用平台下载的回执，不要改动表头。"})
    head = [cell.strip() for cell in table[at][1]]
    lines: dict[str, list[CreditRow]] = {}
    for line in kept.lines():
        lines.setdefault(line.values.get("CF_WSH", ""), []).append(line)
    refused, taken, problems = 0, 0, []
    for row, cells in table[at + 1 :]:
        told = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        number = next((told[each] for each in NUMBERED if told.get(each)), "")
        reason = next((told[each] for each in REASONED if told.get(each)), "")
        standing = next((told[each] for each in STANDING if told.get(each)), "")
        if problem := _unread(number, lines, reason, standing):
            problems.append(f"第 {row} 行{problem}")
        elif standing in TAKEN or not reason:
            taken += 1
        else:
            (line,) = lines[number]
            line.refused = reason[:300]
            line.save(update_fields=["refused"])
            log_file(actor, kept, CREDIT_ROW_REFUSED, {"row": line.pk})
            refused += 1
    return Answer(refused, taken, tuple(problems))


def _unread(number: str, lines: dict[str, list[CreditRow]], reason: str, standing: str) -> str:
    if not number:
        return "没有文号"
    if number not in lines:
        return f"“{number[:40]}”不在这份数据中"
    if len(lines[number]) > 1:
        return f"“{number[:40]}”在这份数据中不止一件，请逐件登记"
    if not reason and standing and standing not in TAKEN:
        return f"写着“{standing[:20]}”，没有退回理由"
    return ""
