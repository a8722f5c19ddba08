"""The district: agencies with their real division codes, posts, people, certificates, powers. People are invented."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password

from plumbline.apps.agencies.models import OfficerCertificate, ReviewerQualification
from plumbline.apps.law_library.models import LocalParameter
from plumbline.apps.powers.models import (
    Benchmark,
    LegalReviewEntry,
    PowerItem,
    PowerTransfer,
)
from plumbline.platform import clock
from plumbline.platform.identity.models import AdministratorAppointment, Agency, Person, Post, Scope, Tenure

from .names import person as invented

PASSWORD = "plumbline-demo"
#: Liaison officers (login → name, body): they see what is sent or opened to their body, and nothing else.
LIAISONS = {
    "jingguan": ("荆关平", "AG-XZ-GAJ"),
    "jiancha": ("简察言", "AG-XZ-JCY"),
    "jianwei": ("简维正", "AG-XZ-JW"),
}
SINCE = date(2023, 1, 1)
KINDS = {
    "government": "government",
    "public_security_organ": "public_security_organ",
    "supervision_organ": "supervision_organ",
    "enforcement": "department",
    "empowering": "department",
    "street": "subdistrict_office",
    "town": "town_government",
    "procuratorate": "procuratorate",
    "supervisory_commission": "supervisory_commission",
    "court": "court",
}
MARKS = {
    "AG-XZ-SFJ": "新司",
    "AG-XZ-GOV": "新政",
    "AG-XZ-SCJG": "新市监",
    "AG-XZ-XZSP": "新审批",
    "AG-FQ-01": "新自规",
    "AG-FQ-02": "新城管",
    "AG-FQ-03": "新环",
    "AG-FQ-04": "新水务",
    "AG-FQ-05": "新农",
    "AG-FQ-06": "新住建",
    "AG-FQ-07": "新应急",
    "AG-FQ-08": "新交",
    "AG-FQ-09": "新文旅",
    "AG-FQ-10": "新卫",
}
#: The field a certificate names; streets enforce in city management.
FIELDS = {
    "AG-XZ-SCJG": "市场监督管理",
    "AG-XZ-XZSP": "行政审批",
    "AG-FQ-01": "自然资源和规划",
    "AG-FQ-03": "生态环境",
    "AG-FQ-04": "水务",
    "AG-FQ-05": "农业农村",
    "AG-FQ-06": "住房和城乡建设",
    "AG-FQ-07": "应急管理",
    "AG-FQ-08": "交通运输",
    "AG-FQ-09": "文化和旅游",
    "AG-FQ-10": "卫生健康",
}
ENFORCING = ("enforcement", "empowering", "street", "town")


@dataclass(frozen=True)
class Item:
    """A violation item of the demonstration power list. Fines in fen: natural person, organisation."""

    code: str
    agency: str
    violation: str
    domain: str
    law: str
    article: str
    level: str
    person: tuple[int, int] | None
    organisation: tuple[int, int]
    streets: bool = False
    weight: int = 5


ITEMS = (
    Item(
        "CG-101",
        "AG-FQ-02",
        "随意倾倒建筑垃圾",
        "housing_construction",
        "城市建筑垃圾管理规定",
        "第二十六条",
        "department_rule",
        (0, 20_000),
        (500_000, 5_000_000),
        True,
        16,
    ),
    Item(
        "CG-102",
        "AG-FQ-02",
        "运输建筑垃圾沿途遗撒",
        "housing_construction",
        "城市建筑垃圾管理规定",
        "第二十三条",
        "department_rule",
        None,
        (500_000, 5_000_000),
        True,
        12,
    ),
    Item(
        "CG-103",
        "AG-FQ-02",
        "未经核准擅自处置建筑垃圾",
        "housing_construction",
        "城市建筑垃圾管理规定",
        "第二十五条",
        "department_rule",
        None,
        (500_000, 10_000_000),
        True,
        10,
    ),
    Item(
        "CG-104",
        "AG-FQ-02",
        "施工单位未及时清运建筑垃圾",
        "housing_construction",
        "城市建筑垃圾管理规定",
        "第二十二条",
        "department_rule",
        None,
        (500_000, 5_000_000),
        True,
        8,
    ),
    Item(
        "CG-105",
        "AG-FQ-02",
        "随意倾倒城市生活垃圾",
        "housing_construction",
        "城市生活垃圾管理办法",
        "第四十二条",
        "department_rule",
        (0, 20_000),
        (500_000, 5_000_000),
        True,
        12,
    ),
    Item(
        "ZJ-201",
        "AG-FQ-06",
        "物业服务企业挪用专项维修资金",
        "housing_construction",
        "物业管理条例",
        "第六十条",
        "administrative_regulation",
        None,
        (100_000, 5_000_000),
        False,
        3,
    ),
    Item(
        "ZJ-202",
        "AG-FQ-06",
        "燃气用户擅自改动燃气设施",
        "housing_construction",
        "城镇燃气管理条例",
        "第四十九条",
        "administrative_regulation",
        (0, 100_000),
        (0, 10_000_000),
        False,
        4,
    ),
    Item(
        "SJ-301",
        "AG-XZ-SCJG",
        "食品经营者未建立进货查验记录制度",
        "market",
        "食品安全法",
        "第一百二十六条",
        "law",
        (0, 5_000_000),
        (0, 5_000_000),
        False,
        14,
    ),
    Item(
        "SJ-302",
        "AG-XZ-SCJG",
        "为无照经营提供场所",
        "market",
        "无证无照经营查处办法",
        "第十四条",
        "administrative_regulation",
        (0, 500_000),
        (0, 500_000),
        False,
        10,
    ),
    Item(
        "YJ-401",
        "AG-FQ-07",
        "未按规定进行安全生产教育培训",
        "work_safety",
        "安全生产法",
        "第九十七条",
        "law",
        None,
        (0, 10_000_000),
        False,
        7,
    ),
    Item(
        "YJ-402",
        "AG-FQ-07",
        "主要负责人未履行安全生产管理职责",
        "work_safety",
        "安全生产法",
        "第九十四条",
        "law",
        (2_000_000, 5_000_000),
        (2_000_000, 5_000_000),
        False,
        3,
    ),
    Item(
        "ZG-501",
        "AG-FQ-01",
        "未按规划许可建设",
        "natural_resources",
        "城乡规划法",
        "第六十四条",
        "law",
        (0, 10_000_000),
        (0, 100_000_000),
        False,
        4,
    ),
)
THRESHOLDS = (
    ("housing_construction", 500_000, 5_000_000),
    ("natural_resources", 500_000, 5_000_000),
    ("work_safety", 2_000_000, 10_000_000),
    ("market", 1_000_000, 10_000_000),
    ("other", 500_000, 5_000_000),
)


@dataclass
class Unit:
    """An enforcing agency with its people, as the generator of cases needs it."""

    agency: Agency
    officers: list[str] = field(default_factory=list)
    head: str = ""
    reviewer: str = ""
    people: dict[str, str] = field(default_factory=dict)


@dataclass
class District:
    units: dict[str, Unit] = field(default_factory=dict)
    password: str = ""


def build(rng: random.Random) -> District:
    district = District(password=make_password(PASSWORD))
    _agencies()
    for agency in Agency.objects.filter(enforces=True).order_by("code"):
        district.units[agency.code] = _unit(district, agency, rng)
    _bureau(district, rng)
    _powers()
    return district


def _agencies() -> None:
    with (Path(__file__).parent / "data" / "agencies.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(line for line in source if not line.startswith("#")))
    known: set[str] = set()
    for row in rows:
        if row["kind"] == "group":
            continue
        enforces = row["kind"] in ENFORCING
        short = row["short_name"]
        mark = MARKS.get(
            row["agency_id"], f"新{short[0]}街综执" if row["kind"] == "street" else f"新{short[:2]}"
        )
        Agency.objects.create(
            code=row["agency_id"],
            name=row["name"],
            short_name=short,
            kind=KINDS.get(row["kind"], "other"),
            level=row["level"],
            parent_id=row["parent_id"] if row["parent_id"] in known else None,
            division_code=row["division_code12"],
            document_mark=mark,
            enforces=enforces,
            subject_confirmed_on=date(2021, 7, 20) if enforces else None,
            subject_published_on=date(2021, 8, 2) if enforces else None,
            illustrative=row["basis"] == "illustrative",
        )
        known.add(row["agency_id"])


OFFICER = ("cases.handle", "law.view")
HEAD = ("cases.approve", "cases.view", "documents.sign", "transfers.handle")
REVIEWER = ("cases.review", "cases.view", "normdocs.draft")
LIAISON = (
    "supervision.reply",
    "transfers.handle",
    "publicity.publish",
    "registers.maintain",
    "reports.prepare",
    "programme.report",
    "exchange.import",
    "agency.administer",
    "cases.view",
)


def _person(district: District, login: str, name: str, **fields: str) -> Person:
    return Person.objects.create(
        login_name=login, display_name=name, password=district.password, is_fictitious=True, **fields
    )


def _hold(
    person: Person,
    agency: Agency,
    title: str,
    role: str,
    capabilities: tuple[str, ...],
    scope: str = Scope.AGENCY,
) -> None:
    post, _ = Post.objects.get_or_create(
        agency=agency,
        title=title,
        defaults={"role": role, "capabilities": list(capabilities), "scope": scope},
    )
    Tenure.objects.create(person=person, post=post, from_on=SINCE)


def _unit(district: District, agency: Agency, rng: random.Random) -> Unit:
    """Six officers, a head, a legal reviewer and two liaison people."""
    unit = Unit(agency)
    short = agency.code.removeprefix("AG-").lower()
    yanglo = agency.code == "AG-ST-002"
    for number in range(1, 7):
        name = {1: "周晓岚", 2: "陈立群"}.get(number, "") if yanglo else ""
        name = name or invented(rng)
        certificate = f"HB17{agency.code[-6:].replace('-', '')}{number:02d}"
        login = {1: "zhou", 2: "chen"}.get(number, f"{short}-{number}") if yanglo else f"{short}-{number}"
        person = _person(district, login, name, certificate_number=certificate)
        _hold(person, agency, f"执法员{number}", "officer", OFFICER)
        OfficerCertificate.objects.create(
            number=certificate,
            person=person,
            name=name,
            agency=agency,
            area="武汉市新洲区",
            field=FIELDS.get(agency.code, "城市管理综合执法"),
            exam_passed_on=date(2022, 4, 16),
            issued_on=date(2022, 6, 1),
            published_on=date(2022, 8, 1),
            valid_from=date(2022, 6, 1),
            valid_to=date(2028, 5, 31),
            fictitious=True,
        )
        unit.officers.append(certificate)
        unit.people[certificate] = name
    head = _person(
        district,
        "he" if yanglo else f"{short}-head",
        "何建国" if yanglo else invented(rng),
        staff_number=f"HD-{agency.code}",
    )
    _hold(head, agency, "负责人", "agency_head", HEAD)
    reviewer = _person(
        district,
        "li" if yanglo else f"{short}-review",
        "李审言" if yanglo else invented(rng),
        staff_number=f"LR-{agency.code}",
    )
    _hold(reviewer, agency, "法制审核", "legal_reviewer", REVIEWER)
    ReviewerQualification.objects.create(
        number=reviewer.staff_number,
        name=reviewer.display_name,
        agency=agency,
        first_review_on=date(2020, 5, 1),
        qualified_on=date(2019, 4, 1),
    )
    for number, login in (
        (1, "fang" if yanglo else f"{short}-office"),
        (2, "gong" if yanglo else f"{short}-office2"),
    ):
        liaison = _person(
            district,
            login,
            {1: "方敏", 2: "龚文"}[number] if yanglo else invented(rng),
            staff_number=f"LX{number}-{agency.code}",
        )
        _hold(liaison, agency, f"综合岗{number}", "other", LIAISON)
    unit.head, unit.reviewer = head.staff_number, reviewer.staff_number
    return unit


def _bureau(district: District, rng: random.Random) -> None:
    """区司法局, the government's post, and the three administrators."""
    bureau, government = Agency.objects.get(pk="AG-XZ-SFJ"), Agency.objects.get(pk="AG-XZ-GOV")
    supervising = (
        "supervision.supervise",
        "supervision.sign",
        "cases.view",
        "law.view",
        "law.maintain",
        "registers.review",
    )
    for login, name, title in (("liu", "刘清源", "执法监督科科长"), ("mei", "梅兰", "执法监督科监督员")):
        person = _person(district, login, name, staff_number=f"SF-{login}")
        _hold(
            person,
            bureau,
            title,
            "supervisor",
            supervising if login == "liu" else (*supervising[:1], "cases.view", "registers.review"),
            Scope.DISTRICT,
        )
    importer = _person(district, "sun", "孙一鸣", staff_number="SF-sun")
    _hold(
        importer,
        bureau,
        "数据汇聚岗",
        "other",
        ("exchange.import", "cases.view", "registers.maintain"),
        Scope.DISTRICT,
    )
    office = _person(district, "fuyi", "傅怡然", staff_number="SF-fuyi")
    _hold(office, bureau, "行政复议应诉科", "other", ("challenges.reconsider",), Scope.DISTRICT)
    for login, name, agency, title, capability in (
        ("ouyang", "欧阳审", "AG-XZ-SFJ", "规范性文件审查科", "normdocs.review"),
        ("banwen", "班文佳", "AG-XZ-GOVO", "综合文电科", "normdocs.publish"),
    ):
        person = _person(district, login, name, staff_number=f"GF-{login}")
        _hold(person, Agency.objects.get(pk=agency), title, "other", (capability,), Scope.DISTRICT)
    for login, (name, code) in LIAISONS.items():
        person = _person(district, login, name, staff_number=f"LL-{login}")
        _hold(person, Agency.objects.get(pk=code), "衔接联络员", "other", ("linkage.liaise",))
    hearing = _person(district, "wen", "温晓岚", staff_number="SF-wen")
    _hold(hearing, bureau, "投诉举报受理岗", "other", ("complaints.handle",), Scope.DISTRICT)
    for login, name, title in (("jin", "金守信", "身份保管岗"), ("hu", "胡慎言", "身份保管岗（备用）")):
        keeper = _person(district, login, name, staff_number=f"SF-{login}")
        _hold(keeper, bureau, title, "other", ("complaints.custody",), Scope.DISTRICT)
    _society(district, bureau)
    mayor = _person(district, "qu", "区长办公室", staff_number="GOV-1")
    _hold(
        mayor,
        government,
        "区人民政府",
        "principal_head",
        ("supervision.decide", "cases.view"),
        Scope.DISTRICT,
    )
    for login, name, power in (
        ("xitong", "系统管理员", "system"),
        ("anquan", "安全管理员", "security"),
        ("shenji", "审计管理员", "audit"),
    ):
        person = _person(district, login, name, staff_number=f"ADM-{power}")
        AdministratorAppointment.objects.create(person=person, power=power, from_on=SINCE)


def _society(district: District, bureau: Agency) -> None:
    """Who manages volunteers, and two volunteers whose accounts hold nothing else."""
    managing = _person(district, "tong", "佟惠民", staff_number="SF-tong")
    _hold(managing, bureau, "社会监督岗", "other", ("volunteers.manage",), Scope.DISTRICT)
    for login, name in (("yiwu", "易武平"), ("yiwu2", "伍心宜")):
        person = _person(district, login, name, staff_number=f"YW-{login}")
        _hold(person, bureau, "义务监督员", "other", ("volunteers.serve",), Scope.OWN_MATTERS)


def _powers() -> None:
    streets = list(Agency.objects.filter(kind__in=["subdistrict_office", "town_government"]))
    for item in ITEMS:
        ranges = [{"party": "organization", "min": item.organisation[0], "max": item.organisation[1]}]
        if item.person is not None:
            ranges.append({"party": "natural_person", "min": item.person[0], "max": item.person[1]})
        power = PowerItem.objects.create(
            item=item.code,
            agency_id=item.agency,
            violation=item.violation,
            domain=item.domain,
            basis=[{"law": item.law, "article": item.article, "level": item.level}],
            kinds=["warning", "fine"],
            ranges=ranges,
            valid_from=date(2015, 1, 1),
            illustrative=True,
        )
        if item.streets:
            PowerTransfer.objects.bulk_create(
                PowerTransfer(
                    power=power,
                    street=street,
                    decision_published_on=date(2021, 3, 3),
                    taken_over_on=date(2021, 11, 1),
                )
                for street in streets
            )
        low, high = item.organisation
        third = (high - low) // 3
        Benchmark.objects.create(
            number=f"B-{item.code}",
            maker_id=item.agency,
            item=item.code,
            published_on=date(2023, 1, 10),
            valid_from=date(2023, 2, 1),
            steps=[
                {"code": "S1", "label": "较轻", "min": low, "max": low + third},
                {"code": "S2", "label": "一般", "min": low + third, "max": low + 2 * third},
                {"code": "S3", "label": "较重", "min": low + 2 * third, "max": high},
            ],
        )
    for agency in Agency.objects.filter(enforces=True):
        LegalReviewEntry.objects.create(agency=agency, fine_from=2_000_000, valid_from=date(2022, 1, 1))
    for domain, person, organisation in THRESHOLDS:
        for party, amount in (("natural_person", person), ("organization", organisation)):
            LocalParameter.objects.create(
                name="hearing_threshold",
                domain=domain,
                party=party,
                amount=amount,
                source="示例数额，不是任何文件的规定",
                valid_from=date(2021, 7, 15),
                illustrative=True,
                by_label="演示",
                entered_at=clock.now(),
            )
