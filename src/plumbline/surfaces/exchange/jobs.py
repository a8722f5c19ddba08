"""The upload page's import as a job: the files lie in the content-addressed store, the result is what the page shows."""

from __future__ import annotations

from typing import Any

from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.running import JobFault, JobRun, job
from plumbline.platform.verdicts.models import VerdictKind
from plumbline.vocabulary import bounded_lines

from .importing import Imported, import_events

REGISTERS_ZH = {
    "agencies": "机关",
    "officers": "执法证件",
    "reviewers": "法制审核人员",
    "power_items": "执法事项",
    "entrustments": "委托",
    "legal_review_list": "法制审核目录",
    "benchmarks": "裁量基准",
    "hearing_thresholds": "听证标准",
    "inspection_list": "检查事项",
    "monitoring_devices": "监控设备",
    "normative_documents": "规范性文件",
    "holidays": "节假日",
    "settings": "设置",
}


@job("exchange.import", long=True)
def run_import(
    run: JobRun, *, person_id: int, events_file: str, registers_file: str = "", resumable: bool = False
) -> dict[str, Any]:
    """Import as the person who asked for it, with the rights that person has now."""
    person = Person.objects.get(pk=person_id)
    actor = Actor.of(person, on=clock.today())
    if not person.is_active or not actor.can("exchange.import"):
        raise JobFault("没有导入：提交人现在没有导入外部案件的权能。请由有权能的人员重新提交。")
    registers = None
    if registers_file:
        with open_kept(registers_file) as source:
            registers = source.read()
    with open_kept(events_file) as source:
        done = import_events(
            bounded_lines(source),
            actor=actor,
            registers=registers,
            resumable=resumable,
            progress=lambda at, total, text: run.progress(at, total, text),
        )
    return as_result(done)


def as_result(done: Imported) -> dict[str, Any]:
    """What the job's page shows of an import."""
    if done.intake is None:
        return {
            "headline": f"没有导入：{len(done.errors)} 处需要修改，没有写入任何内容",
            "errors": [error.to_json() for error in done.errors],
            "again": "/exchange/import",
        }
    intake = done.intake
    if not intake.added:
        headline = f"没有新内容：{intake.received} 个事件以前都收到过，什么都没有改变"
    else:
        headline = f"已导入 {intake.added} 个事件，涉及 {len(intake.matters)} 个事项"
    notes = []
    if not done.is_checked:
        notes.append("已停止等待。事件已经写入，对照规则的核查由后台继续进行，结论稍后见案件页。")
    if done.left_out:
        notes.append(
            f"登记册中的{'、'.join(REGISTERS_ZH.get(n, n) for n in done.left_out)}以本平台为准，没有采用。"
        )
    return {
        "headline": headline,
        "notes": notes,
        "figures": [
            {"label": "收到事件", "value": intake.received},
            {"label": "新增事件", "value": intake.added},
            {"label": "以前收到过，未重复登记", "value": intake.replayed},
            {"label": "涉及事项", "value": len(intake.matters)},
            *(
                {"label": f"登记册新增：{REGISTERS_ZH.get(name, name)}", "value": count}
                for name, count in done.registers.items()
                if count
            ),
        ],
        "verdicts": [
            {"name": name, "label": VerdictKind(name).label, "value": count}
            for name, count in done.verdicts.items()
            if count
        ],
        "matters": sorted(intake.matters)[:200],
    }
