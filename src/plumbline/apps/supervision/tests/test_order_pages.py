"""The instrument page through the browser: what each side does in each state, and who is turned away."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Instrument, InstrumentState
from plumbline.platform import clock

from .scene import Scene, soon


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def page_of(scene: Scene, person: Any, instrument: Instrument) -> str:
    answer = scene.client(person).get(f"/orders/{instrument.matter_id}")
    assert answer.status_code == 200
    text = html.unescape(answer.content.decode())
    return text[text.index("<main") : text.index("</main>")]


def send(scene: Scene, person: Any, instrument: Instrument, do: str, **values: Any) -> Any:
    fields = {f"{do}-{name}": value for name, value in values.items()}
    return scene.client(person).post(f"/orders/{instrument.matter_id}", {"do": do, **fields})


def turned_away(scene: Scene, person: Any, instrument: Instrument, do: str, why: str, **values: Any) -> None:
    """The step is refused with its reason and nothing has moved; to another agency there is no such page."""
    before = scene.fresh(instrument)
    answer = send(scene, person, instrument, do, **values)
    assert answer.status_code == 200 and why in html.unescape(answer.content.decode())
    hidden = send(scene, scene.elsewhere, instrument, do, **values)
    assert hidden.status_code == 404
    after = scene.fresh(instrument)
    assert (after.state, after.respond_by) == (before.state, before.respond_by)


def replied(scene: Scene) -> Instrument:
    letter = scene.letter()
    actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已补送达。")
    return scene.fresh(letter)


def escalated(scene: Scene) -> Instrument:
    letter = scene.late(scene.letter())
    actions.escalate(actor=scene.actor(scene.clerk), instrument=letter, text="逾期未报送。")
    return scene.fresh(letter)


def test_issued_the_addressee_reads_it_and_both_sides_see_the_receipt(scene: Scene) -> None:
    letter = scene.letter()
    assert "打开即为签收" not in page_of(scene, scene.head, letter)
    assert scene.client(scene.elsewhere).get(f"/orders/{letter.matter_id}").status_code == 404
    assert "报送纠正情况" in page_of(scene, scene.answering, letter)
    at = scene.fresh(letter).read_at
    receipt = f"答复岗 · {at.astimezone(clock.CHINA):%H:%M} 打开即为签收"
    for person in (scene.answering, scene.head, scene.clerk):
        assert receipt in page_of(scene, person, letter)


def test_the_addressee_replies_with_a_file_and_others_do_not(scene: Scene) -> None:
    letter = scene.letter()
    for person in (scene.clerk, scene.mayor):
        if scene.client(person).get(f"/orders/{letter.matter_id}").status_code == 200:
            turned_away(scene, person, letter, "reply", "只有收文机关可以答复", text="已办。")
    proof = SimpleUploadedFile("回证.txt", "送达回证三份。".encode())
    assert send(scene, scene.answering, letter, "reply", text="已补送达。", files=proof).status_code == 302
    assert scene.fresh(letter).state == InstrumentState.REPLIED
    kept = letter.replies.get().files.get()
    for person in (scene.answering, scene.clerk):
        assert "已补送达。" in page_of(scene, person, letter)
        got = scene.client(person).get(f"/orders/{letter.matter_id}/files/{kept.pk}")
        assert b"".join(got.streaming_content).decode() == "送达回证三份。"
    assert scene.client(scene.elsewhere).get(f"/orders/{letter.matter_id}/files/{kept.pk}").status_code == 404


def test_an_empty_reply_is_shown_at_its_field(scene: Scene) -> None:
    letter = scene.letter()
    answer = send(scene, scene.answering, letter, "reply", text="")
    assert answer.status_code == 200 and answer.context["forms"]["reply"].errors["text"]
    assert not letter.replies.exists()


def test_the_addressee_objects_and_the_issuer_answers(scene: Scene) -> None:
    letter = scene.letter()
    turned_away(scene, scene.clerk, letter, "object", "只有收文机关可以答复", text="不同意。")
    assert send(scene, scene.answering, letter, "object", text="公告期未满。").status_code == 302
    assert "公告期未满。" in page_of(scene, scene.clerk, letter)
    assert "答复异议" not in page_of(scene, scene.answering, letter)
    done = send(scene, scene.clerk, letter, "answer_objection", sustained="0", answer="公告期已满。")
    assert done.status_code == 302
    assert "异议不成立" in page_of(scene, scene.answering, letter)


def test_the_addressee_asks_for_a_later_date_and_the_signer_grants_it(scene: Scene) -> None:
    letter = scene.letter()
    later = letter.respond_by + timedelta(days=7)
    turned_away(scene, scene.head, letter, "extend", "只有收文机关可以答复", reason="来不及。", until=later)
    assert send(scene, scene.answering, letter, "extend", reason="待检验。", until=later).status_code == 302
    assert "答复以前仍按" in page_of(scene, scene.answering, letter)
    assert "提出延期申请" not in page_of(scene, scene.answering, letter)
    turned_away(
        scene, scene.clerk, letter, "decide_extension", "签发权", granted="1", until=later, answer="可以。"
    )
    turned_away(
        scene,
        scene.answering,
        letter,
        "decide_extension",
        "签发权",
        granted="1",
        until=later,
        answer="可以。",
    )
    assert "答复延期申请" in page_of(scene, scene.head, letter)
    done = send(
        scene, scene.head, letter, "decide_extension", granted="1", until=later, answer="检验周期属实。"
    )
    assert done.status_code == 302 and scene.fresh(letter).respond_by == later
    for person in (scene.answering, scene.clerk):
        said = page_of(scene, person, letter)
        assert f"原期限 {letter.respond_by}" in said and f"准予延至 {later}" in said


def test_refused_extension_keeps_the_date_on_the_page(scene: Scene) -> None:
    letter = scene.letter()
    send(
        scene,
        scene.answering,
        letter,
        "extend",
        reason="待检验。",
        until=letter.respond_by + timedelta(days=7),
    )
    send(scene, scene.head, letter, "decide_extension", granted="0", answer="理由不充分。")
    assert scene.fresh(letter).respond_by == letter.respond_by
    assert "理由不充分。" in page_of(scene, scene.answering, letter)


def test_no_extension_is_offered_once_the_term_is_over(scene: Scene) -> None:
    letter = scene.late(scene.letter())
    assert "提出延期申请" not in page_of(scene, scene.answering, letter)
    turned_away(scene, scene.answering, letter, "extend", "届满", reason="来不及。", until=soon(9))


def test_reminding_is_seen_by_the_addressee_on_the_page(scene: Scene) -> None:
    letter = scene.letter()
    assert "已催办" not in page_of(scene, scene.answering, letter)
    assert send(scene, scene.clerk, letter, "remind").status_code == 302
    assert "已催办" in page_of(scene, scene.answering, letter)
    assert "最近催办" in page_of(scene, scene.clerk, letter)


def test_replied_the_issuer_accepts_and_the_addressee_cannot(scene: Scene) -> None:
    letter = replied(scene)
    assert "认可并销号" in page_of(scene, scene.clerk, letter)
    assert "认可并销号" not in page_of(scene, scene.answering, letter)
    turned_away(
        scene, scene.answering, letter, "accept", "没有执法监督的权能", checked_how="papers", text="认可。"
    )
    assert _accepted(scene, letter).status_code == 302
    assert "已销号" in page_of(scene, scene.answering, letter)
    turned_away(scene, scene.answering, letter, "reply", "已销号", text="又报。")


def test_refused_the_new_date_is_on_both_pages(scene: Scene) -> None:
    letter = replied(scene)
    turned_away(scene, scene.answering, letter, "refuse", "没有执法监督的权能", text="不够。")
    assert send(scene, scene.clerk, letter, "refuse", text="缺回证。", respond_by=soon(20)).status_code == 302
    for person in (scene.answering, scene.clerk):
        said = page_of(scene, person, letter)
        assert "纠正不到位，待再报" in said and str(soon(20)) in said and "缺回证。" in said


def test_escalated_the_government_decides_and_nobody_else(scene: Scene) -> None:
    letter = escalated(scene)
    wanted = {"facts": "逾期未送达。", "demands": "立即送达。", "respond_by": soon()}
    for person in (scene.clerk, scene.head, scene.answering):
        assert "以政府名义作出监督决定" not in page_of(scene, person, letter)
        turned_away(scene, person, letter, "decide", "只能由本级人民政府制发", **wanted)
    assert "以政府名义作出监督决定" in page_of(scene, scene.mayor, letter)
    turned_away(scene, scene.mayor, letter, "reply", "只有收文机关可以答复", text="已办。")
    turned_away(
        scene, scene.mayor, letter, "accept", "没有执法监督的权能", checked_how="papers", text="认可。"
    )
    done = send(scene, scene.mayor, letter, "decide", **wanted)
    decision = Instrument.objects.unscoped("测试").get(escalated_from=letter)
    assert done["Location"].endswith(f"/orders/{decision.matter_id}")
    assert "报送纠正情况" in page_of(scene, scene.answering, decision)
    assert scene.client(scene.elsewhere).get(f"/orders/{decision.matter_id}").status_code == 404


def test_within_the_term_nothing_but_a_major_matter_is_escalated(scene: Scene) -> None:
    letter = scene.letter()
    page = page_of(scene, scene.clerk, letter)
    assert "仍在期限内" in page and "涉及重大问题" in page and "未按要求履职" not in page
    turned_away(scene, scene.clerk, letter, "escalate", "仍在期限内", ground="unmet", text="不履行。")


def test_an_opinion_that_may_not_be_issued_says_so_before_its_form(scene: Scene) -> None:
    alert = scene.alert()
    said = scene.client(scene.head).get(f"/alerts/{alert.pk}/issue/opinion").content.decode()
    assert "还没有经过核实" in said and "签发监督意见书" not in said
    said = scene.client(scene.clerk).get(f"/alerts/{alert.pk}/issue/letter").content.decode()
    assert "没有签发监督文书的权能" in said and "签发督办函" not in said


def _accepted(scene: Scene, letter: Instrument) -> Any:
    said = "到街道查看送达回证，属实。"
    return send(scene, scene.clerk, letter, "accept", checked_how="onsite", text=said, result_use="通报")
