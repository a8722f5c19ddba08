"""The pages of a list, by somebody who keeps it, somebody who reviews it, and somebody who only reads."""

from __future__ import annotations

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.powers.models import GuideItem, PowerItem
from plumbline.apps.registers.models import ListText, ListUpload, Revision
from plumbline.apps.registers.queries import Wanted
from plumbline.platform import clock
from plumbline.platform.desk import tasks_for
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import run_now
from plumbline.platform.lists import find_register
from plumbline.platform.lists.sheets import open_book

from .world import DEPARTMENT, ITEMS, ListWorld, power, workbook

LIST = f"/registers/{ITEMS}"


def test_a_list_is_drafted_reviewed_and_published_on_its_pages(lists: ListWorld) -> None:
    keeper, reviewer, reader = (lists.client(each) for each in (lists.keeper, lists.reviewer, lists.bare))
    said = keeper.get(LIST).content.decode()
    assert "修订清单" in said and "随意倾倒建筑垃圾" in said and "没有清单" in said
    assert "修订清单" not in reader.get(LIST).content.decode()
    assert keeper.post(f"{LIST}/revise?agency={DEPARTMENT}", {"reason": ""}).status_code == 200
    page = keeper.post(f"{LIST}/revise?agency={DEPARTMENT}", {"reason": "依据新的规定调整。"})["Location"]
    refused = keeper.post(f"{page}/row", power("A-3", basis="第五条"))
    assert "看不出是哪部法规的哪一条" in refused.content.decode()
    assert keeper.post(f"{page}/row", power("A-3"))["Location"] == page
    keeper.post(f"{page}/row/end", {"key": "A-2"})
    keeper.post(f"{page}/row/drop", {"key": "A-2"})
    keeper.post(f"{page}/row/end", {"key": "A-2"})
    assert reader.get(page).status_code == 404
    assert keeper.post(f"{page}/submit", {"effective_on": "没有"}).status_code == 400
    keeper.post(f"{page}/submit", {"effective_on": clock.today().isoformat()})
    assert [task.title for task in tasks_for(lists.actor(lists.reviewer))[0]] == [
        "审核清单修订：行政执法事项清单"
    ]  # type: ignore[union-attr]
    reviewer.post(f"{page}/return", {"text": "A-3 的依据再核对。"})
    assert [task.title for task in tasks_for(lists.actor(lists.keeper))[0]] == [
        "修改被退回的清单：行政执法事项清单"
    ]  # type: ignore[union-attr]
    keeper.post(f"{page}/submit", {"effective_on": clock.today().isoformat()})
    assert "核对变化，给出意见" in reviewer.get(page).content.decode()
    reviewer.post(f"{page}/approve", {"text": ""})
    reviewer.post(f"{page}/publish")
    said = reader.get(LIST, {"agency": DEPARTMENT}).content.decode()
    assert "违法行为A-3" in said and "沿途遗撒" not in said and "现行第 1 版" in said
    assert "没有符合条件的行" in reader.get(LIST, {"q": "没有的字"}).content.decode()
    _search_is_answered_from_the_index(reader)
    yesterday = reader.get(LIST, {"on": "2020-01-01"}).content.decode()
    assert "违法行为A-3" not in yesterday
    assert "第 1 版" in reader.get(f"{LIST}/versions", {"agency": DEPARTMENT}).content.decode()
    assert (
        "违法行为A-3"
        in reader.get(f"{LIST}/difference", {"agency": DEPARTMENT, "from": "0", "to": "1"}).content.decode()
    )
    assert "修订经过" in reader.get(f"{LIST}/row", {"agency": DEPARTMENT, "key": "A-3"}).content.decode()
    assert reader.get(f"{LIST}/row", {"agency": DEPARTMENT, "key": "无"}).status_code == 404
    assert reader.get("/registers").status_code == 200
    answer = keeper.get(f"{LIST}/restore", {"agency": DEPARTMENT, "number": "0"})
    assert "恢复到第 0 版" in answer.content.decode()
    back = keeper.post(f"{LIST}/restore?agency={DEPARTMENT}&number=0", {"reason": "恢复。"})["Location"]
    assert "沿途遗撒" in keeper.get(back).content.decode()
    keeper.post(f"{back}/withdraw", {"text": "不必了。"})
    assert Revision.objects.unscoped("测试").filter(state="withdrawn").count() == 1


def _search_is_answered_from_the_index(reader: Client) -> None:
    """By two characters, by what a column shows and not what it keeps, and never by a row as it was before."""
    register = find_register(ITEMS)
    assert register is not None
    for words in ("违法", "A-3", "住房和城乡建设、城市管理", "建筑 垃圾"):
        by_hand = [
            row.values["item"]
            for row in register.table.rows(None, clock.today())
            if any(words.lower() in column.show(row.values).lower() for column in register.columns)
        ]
        wanted = Wanted(register, clock.today(), words=words)
        assert [row.values["item"] for row in wanted.rows()] == by_hand, words
        assert wanted.count() == len(by_hand)
    assert ListText.objects.filter(register=ITEMS).count() >= 2
    PowerItem.objects.filter(item="A-3").update(violation="占道堆放物料")
    assert "占道堆放" in reader.get(LIST, {"q": "堆放物料"}).content.decode()
    assert "没有符合条件的行" in reader.get(LIST, {"q": "违法行为A-3"}).content.decode()
    PowerItem.objects.filter(item="A-3").update(violation="违法行为A-3")


def test_a_search_knows_the_present_names_of_what_a_row_refers_to(lists: ListWorld) -> None:
    """An agency is renamed and an item worded anew: no row of the list is written, and the search still goes by what is shown."""
    register = find_register("takeover-guide")
    assert register is not None
    GuideItem.objects.create(
        item="A-1", granting_id=DEPARTMENT, decision="省级决定（示例）", published_on=date(2021, 3, 3),
        guidance="每季度培训", oversight="日常监管", valid_from=clock.today(),
    )  # fmt: skip

    def found(words: str) -> int:
        return Wanted(register, clock.today(), words=words).count()

    assert (found("城管局"), found("随意倾倒")) == (1, 1)
    Agency.objects.filter(pk=DEPARTMENT).update(short_name="综合执法局")
    assert (found("综合执法局"), found("城管局")) == (1, 0)
    PowerItem.objects.filter(item="A-1").update(violation="乱倒建筑垃圾")
    assert (found("乱倒建筑"), found("随意倾倒")) == (1, 0)
    assert ListText.objects.filter(register="takeover-guide").count() == 1


def test_a_workbook_goes_through_the_pages_and_an_export_says_what_it_is(lists: ListWorld) -> None:
    keeper = lists.client(lists.keeper)
    book = workbook(ITEMS, [power("A-7", violation="=1+1"), power("A-8")])
    keeper.post(
        f"{LIST}/upload?agency={DEPARTMENT}", {"file": SimpleUploadedFile("清单.xlsx", book), "whole": ""}
    )
    sent = ListUpload.objects.unscoped("测试").get()
    run_now(Job.objects.get(pk=sent.job))
    assert "需要修改" in keeper.get(f"/jobs/{sent.job}").content.decode()
    faults = keeper.get(f"/registers/uploads/{sent.pk}/faults.xlsx")
    assert b"".join(faults.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert lists.client(lists.second).get(f"/registers/uploads/{sent.pk}/faults.xlsx").status_code == 404
    answer = keeper.post(
        f"{LIST}/upload?agency={DEPARTMENT}", {"file": SimpleUploadedFile("清单.xlsx", workbook(ITEMS, [power("A-8", violation="-减号开头")])), "whole": ""}
    )  # fmt: skip
    sent = ListUpload.objects.unscoped("测试").latest("pk")
    assert answer["Location"] == f"/jobs/{sent.job}"
    run_now(Job.objects.get(pk=sent.job))
    assert "与现行清单相比" in keeper.get(f"/registers/uploads/{sent.pk}").content.decode()
    draft = keeper.post(f"/registers/uploads/{sent.pk}", {"reason": "补充。"})["Location"]
    lists.publish(Revision.objects.unscoped("测试").get(pk=int(draft.rsplit("/", 1)[1])))
    export = keeper.get(f"{LIST}/export.xlsx", {"agency": DEPARTMENT, "q": "减号"})
    cover, sheet = open_book(io.BytesIO(export.content))
    said = {row[0]: row[1] for _, row in cover.rows()}
    assert (
        "含“减号”" in said["筛选"] and said["行数"] == "共 1 项，全部导出" and "人员r-bian" in said["导出人"]
    )
    assert any("'-减号开头" in row for _, row in sheet.rows())
    # What was exported can be taken in again and changes nothing; another agency cannot pass it off as its own.
    _, done = lists.upload(keeper.get(f"{LIST}/export.xlsx", {"agency": DEPARTMENT}).content)
    assert "与现行清单相同" in done.result["headline"]
    assert keeper.get(f"{LIST}/template.xlsx").content[:2] == b"PK"
