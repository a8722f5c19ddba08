"""The public text of a decision: nothing personal gets out, and what is not personal stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from plumbline.apps.publicity import generating
from plumbline.apps.publicity.models import Publication
from plumbline.apps.publicity.redaction import (
    field,
    hide_everywhere,
    never_published,
    redact_text,
    surname_only,
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-11 发现，罚款 8,000 元，面积 386 平方米，依据第二十五条第一款。",
        "新阳街综执罚〔2026〕19号，统一社会信用代码 91110000100000088B 不在此列。",
        "当事人在平江路北侧空地倾倒建筑垃圾约 386 立方米，5 月 12 日清理完毕。",
        "负责人高度重视，投诉人反映夜间施工。",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redact_text(text).masks == ()


def test_a_valid_credit_code_of_an_organisation_is_shown() -> None:
    from stdnum.cn import uscc

    code = "91110000600037341L"
    assert uscc.is_valid(code) and code in redact_text(f"信用代码 {code}。").text


def test_a_mistyped_identity_number_is_removed_too() -> None:
    assert "420117198005061234" not in redact_text("身份证 420117198005061234").text


@pytest.mark.parametrize(("age", "domain", "withheld"), [
    (17, "market", True), (18, "market", False), (None, "market", False), (40, "public_security", True),
])  # fmt: skip
def test_minors_and_public_security_are_never_published(age: int | None, domain: str, withheld: bool) -> None:
    why = never_published(domain=domain, age_at_act=age)
    assert (why is not None) is withheld and (why is None or (why["reason"] and why["basis"]))


def test_natural_persons_by_surname_organisations_in_full() -> None:
    assert field("party_name", "natural_person", "陈立群")[0] == "陈某某"
    assert field("party_name", "legal_person", "武汉恒泰源建材有限公司") == ("武汉恒泰源建材有限公司", None)
    assert field("legal_representative", "legal_person", "陈立群")[0] == ""
    assert surname_only("欧阳晓明").startswith("欧阳某") and surname_only("阿不都·热合曼").startswith("阿某")


@pytest.mark.parametrize(
    "text",
    [
        "微信号 abc_12345", "QQ：12345678", "1980年5月6日出生", "生于 1980.5.6", "男，1980-05-06，汉族", "账号 6222021234567",
        "支付宝：lisi_1980", "护照 E12345678", "电话 86921234", "鄂（2021）武汉市新洲区不动产权第0012345号", "手机一三八零零一三八零零零",
        "wx13800138000", "+86 138-0013-8000",
    ],
)  # fmt: skip
def test_accounts_certificates_and_birth_dates(text: str) -> None:
    assert redact_text(text).masks


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\ufe0f"])
def test_invisible_characters_hide_nothing(hidden: str) -> None:
    found = redact_text(hidden.join("电话13800138000"))
    assert len(found.masks) == 1 and not any(c.isdigit() for c in found.text)


@pytest.mark.parametrize(
    "text",
    ["住：平江小区 3 栋 2 单元 301 室", "平江小区3栋\n2单元301室", "平 江 小 区 3 栋 2 单 元 3 0 1 室", "平江小区３栋２单元３０１室",
     "平江小区三栋二单元三〇一室", "平江小区3-2-301", "涨渡湖村3组12号", "家住平江路18号"],
)  # fmt: skip
def test_a_home_is_seen_however_it_is_written(text: str) -> None:
    found = redact_text(text)
    assert [m.category for m in found.masks] == ["门牌住址"] and "301" not in found.text


def test_names_nobody_registered_are_taken_out_where_they_stand_clearly() -> None:
    found = redact_text("现场负责人李明承认倾倒。证人：欧阳晓明、张翀翯。在场：王晟昱、李㛃䶮。")
    assert len(found.masks) == 5
    assert not any(each in found.text for each in ("李明", "欧阳", "张翀", "王晟", "李㛃"))


@pytest.mark.parametrize(
    "text", ["驾驶员周志鹏驶离。", "房东李清源家中漏水。", "患有高血压。", "其电话不详。", "涉及商业秘密。"]
)
def test_what_no_rule_can_judge_is_doubtful(text: str) -> None:
    found = redact_text(text)
    assert found.doubtful and found.doubts


@pytest.mark.parametrize(
    "text",
    [
        "负责人于5月11日签收。",
        "当事人曾于平江路施工。",
        "投诉人反映夜间施工。",
        "负责人高度重视。",
        "电话：13800138000。",
    ],
)
def test_words_that_only_look_like_a_name_raise_no_doubt(text: str) -> None:
    assert not redact_text(text).doubtful


def test_dates_and_figures_side_by_side_stay() -> None:
    for text in (
        "2026-05-11 2026-05-12",
        "386 8000 12 2026 15 90",
        "1，386 平方米",
        "噪声 68.5 分贝 12.5 立方米",
    ):
        assert redact_text(text).masks == (), text


def test_the_writers_own_punctuation_stays() -> None:
    assert redact_text("当事人，电话：138 0013 8000（手机）。").text == "当事人，电话：【电话号码】（手机）。"


def test_a_shop_bears_its_trade_name() -> None:
    assert field("party_name", "natural_person", "阳逻老街烧烤店") == ("阳逻老街烧烤店", None)
    shown, mask = field("party_name", "natural_person", "阳逻老街烧烤店（经营者：李明）")
    assert shown == "阳逻老街烧烤店" and mask
    assert field("party_name", "natural_person", "王庄")[0] == "王某"


def test_the_public_name_of_a_firm_stays_whole_though_it_holds_a_persons() -> None:
    found = redact_text(
        "武汉李明清建材有限公司由李明清经营。", names=["李明清"], shown=["武汉李明清建材有限公司"]
    )
    assert found.text == "武汉李明清建材有限公司由【姓名】经营。"


@pytest.mark.parametrize(("kind", "party", "masked"), [
    ("legal_person", "", True), ("legal_person", "陈翯昉", False), ("natural_person", "阳逻老街烧烤店（经营者：陈翯昉）", True),
])  # fmt: skip
def test_the_representative_is_never_taken_for_the_party(
    monkeypatch: pytest.MonkeyPatch, kind: str, party: str, masked: bool
) -> None:
    facts = {"party_name": party, "legal_representative": "陈翯昉", "facts": "陈翯昉到场。", "title": "案"}
    monkeypatch.setattr(generating, "public_facts", lambda matter: facts)
    row = Publication(matter_id="M", party_kind=kind)
    generating.generate(row, SimpleNamespace(data={}))  # type: ignore[arg-type]
    assert ("陈翯昉" not in row.facts + row.party_name) is masked
    assert masked or row.doubtful  # a firm with a person's name is looked at by a second person
    assert row.party_name and not row.party_name.startswith("（某")


def test_hiding_by_hand_sees_through_gaps_and_only_adds() -> None:
    text, masks = hide_everywhere("驾驶员周 志\n鹏驶离，周志鹏签收【姓名】。", "周志鹏")
    assert text == "驾驶员【经复核遮盖】驶离，【经复核遮盖】签收【姓名】。" and len(masks) == 2
