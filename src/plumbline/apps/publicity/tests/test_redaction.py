"""The public text of a decision: nothing personal gets out, and what is not personal stays."""

from __future__ import annotations

import random
import re
import unicodedata
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.publicity.redaction import field, never_published, redact_text, surname_only

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(rng: random.Random) -> str:
    body = (
        f"42011719{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    )
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def phone(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{rng.randint(0, 999_999_999):09}"


def plate(rng: random.Random) -> str:
    return "鄂A" + "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(5))


def card(rng: random.Random) -> str:
    return "622202" + "".join(rng.choice("0123456789") for _ in range(13))


def mail(rng: random.Random) -> str:
    return f"user{rng.randint(1000, 9999)}@example.com"


def home(rng: random.Random) -> str:
    return f"平江小区{rng.randint(1, 30)}栋{rng.randint(1, 4)}单元{rng.randint(101, 909)}室"


def name(rng: random.Random) -> str:
    return rng.choice("赵钱孙李周吴郑王冯陈") + "".join(
        rng.choice("翀翯昉旻晟睿珩昱骞喆㛃䶮") for _ in range(2)
    )


PLANTED = (
    ("身份证", identity_number),
    ("电话", phone),
    ("车辆", plate),
    ("银行卡", card),
    ("邮箱", mail),
    ("住", home),
)


def disguised(text: str, rng: random.Random) -> str:
    """The item as people write it: full width, with spaces, broken over a line, with dashes."""
    way = rng.randrange(5)
    if way == 1:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if way == 2 and "@" not in text:
        return " ".join(text)
    if way == 3 and "@" not in text:
        return text[: len(text) // 2] + "\n" + text[len(text) // 2 :]
    if way == 4 and text.isdigit():
        return "-".join(text[i : i + 4] for i in range(0, len(text), 4))
    return text


def decision(rng: random.Random) -> tuple[dict[str, Any], list[str]]:
    """What a case knows, and every string of it that must not be seen."""
    people = [name(rng) for _ in range(3)]
    items = [(label, make(rng)) for label, make in rng.sample(PLANTED, 4)]
    told = "，".join(f"{label}：{disguised(item, rng)}" for label, item in items)
    facts = {
        "party_name": people[0],
        "legal_representative": people[1],
        "people": [people[2]],
        "credit_code": "",
        "title": f"{people[0]}擅自处置建筑垃圾案",
        "number": "新阳街综执〔2026〕19号",
        "facts": f"2026 年 5 月 11 日，{disguised(people[0], rng)}在平江路倾倒约 12 立方米。{told}。在场：{people[1]}、{people[2]}。",
    }
    return facts, [*people, *(item for _, item in items)]


def folded(text: str) -> str:
    """Text with nothing left to hide behind: forms folded, spaces and dashes dropped."""
    return re.sub(r"[\s\-－—·.]", "", unicodedata.normalize("NFKC", text)).lower()


def leaks(monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """250 made decisions with over 1,700 personal items: how many were planted, and which are in the published bytes."""
    from plumbline.apps.publicity import preparing
    from plumbline.apps.publicity.models import Publication, PublicationState
    from plumbline.platform.identity.models import Agency

    Agency.objects.create(code="T", name="阳逻街道", short_name="阳逻", kind="department", level="district")
    rng, client, planted, leaked = random.Random(20260302), Client(), 0, []
    for number in range(250):
        facts, secrets = decision(rng)
        monkeypatch.setattr(preparing, "public_facts", lambda matter, facts=facts: facts)
        row = Publication(
            matter_id=f"M{number}", decision_event=f"E{number}", agency_id="T", party_kind="natural_person",
            decided_on="2026-05-20", due_on="2026-05-29", published_on="2026-05-25", state=PublicationState.PUBLISHED,
        )  # fmt: skip
        preparing.generate(
            row, SimpleNamespace(data={"penalty": {"kinds": ["fine"], "fine": 20_000}, "basis": []})
        )
        row.save()
        page = client.get(f"/open/decisions/{row.public_id}")
        assert page.status_code == 200
        shown = folded(page.content.decode())
        planted += len(secrets)
        leaked += [secret for secret in secrets if folded(secret) in shown]
    return planted, leaked


@pytest.mark.django_db
def test_no_planted_number_or_name_reaches_the_public_page(monkeypatch: pytest.MonkeyPatch) -> None:
    planted, leaked = leaks(monkeypatch)
    assert planted >= 1_700
    assert [each for each in leaked if "小区" not in each] == []


@pytest.mark.xfail(strict=True, reason="写法变形（空格、换行）的门牌住址没有被遮盖，会出现在公开页上")
@pytest.mark.django_db
def test_gap_no_planted_address_reaches_the_public_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert leaks(monkeypatch)[1] == []


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


# -- known gaps: each turns red once mended, and then loses its mark --------------------------------------------------


@pytest.mark.xfail(strict=True, reason="微信号、QQ 号、出生日期没有识别规则")
@pytest.mark.parametrize(
    "text", ["微信号 abc_12345", "QQ：12345678", "1980年5月6日出生", "账号 6222021234567"]
)
def test_gap_other_accounts_and_birth_dates(text: str) -> None:
    assert redact_text(text).masks


@pytest.mark.xfail(strict=True, reason="零宽字符把号码隔开后不被识别")
def test_gap_invisible_characters() -> None:
    assert redact_text("电话 138\u200b0013\u200b8000").masks


@pytest.mark.xfail(strict=True, reason="未登记在案的人名（证人、负责人）既不遮盖也不提示第二人复核")
def test_gap_names_nobody_registered() -> None:
    found = redact_text("现场负责人李明承认倾倒。")
    assert "李明" not in found.text or found.doubtful


@pytest.mark.xfail(strict=True, reason="相邻的两个日期被当作银行账号遮盖")
def test_gap_two_dates_side_by_side() -> None:
    assert redact_text("2026-05-11 2026-05-12").masks == ()


@pytest.mark.xfail(strict=True, reason="个体工商户的字号应当显示全称")
def test_gap_trade_names() -> None:
    assert field("party_name", "natural_person", "阳逻老街烧烤店")[0] == "阳逻老街烧烤店"


@pytest.mark.xfail(strict=True, reason="当事人名称为空时，法定代表人被当作当事人而不遮盖")
def test_gap_empty_party_name_lets_the_representative_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.apps.publicity import preparing
    from plumbline.apps.publicity.models import Publication

    facts = {
        "party_name": "",
        "legal_representative": "陈翯昉",
        "facts": "陈翯昉到场。",
        "title": "案",
        "people": [],
    }
    monkeypatch.setattr(preparing, "public_facts", lambda matter: facts)
    row = Publication(matter_id="M", party_kind="legal_person")
    preparing.generate(row, SimpleNamespace(data={}))
    assert "陈翯昉" not in row.facts
