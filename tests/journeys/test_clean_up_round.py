"""主体清理, in a browser: opened, handed in, returned, put right, confirmed, consented to by the government, published, seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.subjects.models import CleanupEntry, Subject
from plumbline.platform.verdicts.models import StoredVerdict

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]
STREET, PHONE = "AG-ST-002", "027-86960117"


def test_a_clean_up_ends_in_the_public_list(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        liu = Official(browser, site, "liu").goes("/subjects/rounds/new")
        liu.fill({"title": "2026 年主体清理", "due_on": "2026-10-23", "agencies": [STREET]})
        liu.press("启动并通知各机关").sees("1 个机关收到报送任务", "待报送")
        cleanup = liu.path
        entry = CleanupEntry.objects.unscoped("测试").get(round__title="2026 年主体清理")
        fang = Official(browser, site, "fang").goes("/desk").sees("报送清理数据：2026 年主体清理")
        fang.goes(f"/subjects/entries/{entry.pk}").sees("数据已经齐全")
        fang.press("填报").fill({"phone": PHONE}).press("保存").press("报送区司法局").sees("等待区司法局审核")
        officer = entry.officer_rows.select_related("certificate").order_by("pk")[0]
        liu.goes(f"/subjects/entries/{entry.pk}")
        liu.fill({f"d-o{officer.pk}": "returned", f"r-o{officer.pk}": "该人员已借调，请核对"})
        liu.press("其余全部合格").press("完成审核").sees("已退回该机关补正")
        fang.goes(f"/subjects/entries/{entry.pk}").sees("退回：该人员已借调，请核对")
        fang.fill({f"standing-{officer.pk}": "left", f"note-{officer.pk}": "借调期满前不执法"})
        fang.press("保存人员情况").press("报送区司法局").sees("等待区司法局审核").leaves()
        liu.goes(f"/subjects/entries/{entry.pk}").press("其余全部合格").press("完成审核").sees("审核完成")
        liu.press("确认主体和人员资格").sees("已确认，待提请区政府", "本次确认的主体")
        liu.fill({"on": "2026-10-12", "number": "新司文〔2026〕41号"}).press("登记提请区政府").leaves()
    with at("2026-10-20 15:00"):
        citizen = Visitor(browser, site).goes(f"/open/subjects/{STREET}").misses(PHONE)
        qu = Official(browser, site, "qu").goes("/desk")
        qu.page.locator("main tr", has_text="2026 年主体清理").get_by_role("link").first.click()
        qu.page.wait_for_load_state()
        qu.fill({"on": "2026-10-19", "number": "新政函〔2026〕58号"}).press("登记区政府同意")
        qu.sees("区政府已同意，待公布").leaves()
        liu = Official(browser, site, "liu").goes(cleanup)
        liu.press("公布名录").sees("已公布").leaves()
        citizen.goes("/open/subjects?q=阳逻").press("新洲区人民政府阳逻街道办事处")
        citizen.sees(PHONE, "《行政处罚法》第二十四条", "新政函〔2026〕58号", "历次公布")
        citizen.misses(officer.certificate.number).leaves()
    subject = Subject.objects.get(code=STREET, valid_to=None)
    assert officer.certificate.number not in {n for post in subject.posts.all() for n in post.officers}
    told = StoredVerdict.objects.unscoped("测试").get(
        rule="ESR-17-subject-officer", matter_id=f"SUBJ-{STREET}"
    )
    assert told.verdict == "met"
