"""The parts of the design system: what each draws, and what a screen reader is told."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory

import plumbline.platform.ui as ui
from plumbline.law import Limit, Unit, day_strip, reckon, statutory_calendar
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.components import SEVERITY_TAGS, VERDICT_TAGS, Figure, Sparkline, Tag
from plumbline.platform.ui.forms import LabelledForm
from plumbline.platform.ui.samples import samples
from plumbline.platform.ui.templatetags.ui import due_class, due_phrase, folded, md, query, weekday, yuan

FOLDER = Path(ui.__file__).parent
TODAY = date(2026, 6, 16)  # a Tuesday; 19 June 2026 is the Dragon Boat holiday, 19-21 June are off


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.fixture
def tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("fen", "said"), [(None, "—"), (0, "0"), (800_000, "8,000"), (800_050, "8,000.50"), (5, "0.05")]
)
def test_money_is_written_from_integer_fen(fen: int | None, said: str) -> None:
    assert yuan(fen) == said


@pytest.mark.parametrize(
    ("due", "unit", "said"),
    [
        (date(2026, 6, 16), "wd", "今天到期"),
        (date(2026, 6, 17), "wd", "剩 1 个工作日"),
        (date(2026, 6, 22), "wd", "剩 3 个工作日"),  # 19-21 June do not count
        (date(2026, 6, 15), "wd", "超期 1 个工作日"),
        (date(2026, 6, 22), "cd", "剩 6 日"),
        (date(2026, 6, 10), "cd", "超期 6 日"),
        (None, "wd", ""),
    ],
)
def test_a_due_phrase_always_prints_its_unit(tuesday: None, due: date | None, unit: str, said: str) -> None:
    assert due_phrase(due, unit) == said


def test_dates_carry_the_year_only_where_it_differs(tuesday: None) -> None:
    assert (md(date(2026, 8, 14)), md(date(2027, 1, 4)), weekday(date(2026, 8, 14))) == (
        "08-14",
        "2027-01-04",
        "周五",
    )
    assert (due_class(date(2026, 6, 15)), due_class(date(2026, 6, 17)), due_class(date(2026, 8, 1))) == (
        "late",
        "soon",
        "",
    )


@pytest.mark.parametrize("each", [*VERDICT_TAGS.values(), *SEVERITY_TAGS.values(), Tag("曾超期", "out")])
def test_a_status_is_shape_word_and_colour(each: Tag) -> None:
    drawn = draw("{% tag each %}", each=each)
    assert each.word in drawn and f'aria-hidden="true">{each.mark}<' in drawn and each.colour in drawn


def test_an_unknown_verdict_is_never_drawn_as_met() -> None:
    assert VERDICT_TAGS["unknown"].colour != VERDICT_TAGS["met"].colour
    assert "符合" not in draw('{% tag "unknown" %}')


def test_a_figure_with_an_address_links_to_its_rows_and_text_is_escaped() -> None:
    drawn = draw("{% figures items %}", items=[Figure("<超期>", "3", "/cases?due=late", "件", "red")])
    assert 'href="/cases?due=late"' in drawn and "<small>件</small>" in drawn
    assert "&lt;超期&gt;" in drawn and "<超期>" not in drawn


def test_the_day_strip_says_which_days_do_not_count() -> None:
    drawn = draw("{% days strip %}", strip=samples()["strip"])
    assert drawn.count('class="off"') >= 2 and 'class="due"' in drawn and 'class="today"' in drawn


def test_a_sparkline_stays_inside_its_box() -> None:
    points = Sparkline([0, 5, 10], "由 0 到 10").points
    assert points == "0.0,28.0 50.0,16.0 100.0,4.0" and Sparkline([], "没有数据").points == ""


def test_a_changed_filter_drops_the_page_key() -> None:
    request = RequestFactory().get("/cases?stage=review&after=k9")
    assert query({"request": request}, due="7d") == "?stage=review&due=7d"
    assert query({"request": request}, stage="") == "?"


class Served(LabelledForm):
    on = forms.CharField(label="送达日期", help_text="可写 20260612")
    note = forms.CharField(label="说明", required=False)


def test_a_faulty_field_is_named_once_at_the_top_and_once_at_the_field() -> None:
    drawn = str(Served({"on": ""}))
    assert "有 1 处需要修改" in drawn and 'href="#id_on"' in drawn and 'id="id_on_error"' in drawn
    assert 'aria-invalid="true"' in drawn and 'for="id_on"' in drawn
    assert re.search(r'aria-describedby="[^"]*id_on_helptext', drawn)


def test_a_sound_form_has_no_summary_and_marks_what_may_stay_empty() -> None:
    drawn = str(Served())
    assert "errsum" not in drawn and drawn.count("可不填") == 1


def packed(*names: str) -> int:
    return sum(len(gzip.compress((FOLDER / "static/ui" / n).read_bytes(), 9)) for n in names)


class GrowingForm(LabelledForm):
    """Asks for more than it declares, as forms do whose questions are data."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关")
    sure = forms.BooleanField(label="以上属实")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = forms.ChoiceField(label="方式", choices=[("", "请选择"), ("phone", "电话")])


def test_what_a_form_adds_later_is_drawn_and_named_like_the_rest() -> None:
    form = GrowingForm({})
    assert 'class="in"' in str(form["way"])
    assert form.errors["way"] == ["请选择“方式”。"]


class LimitedForm(LabelledForm):
    share = forms.IntegerField(label="比例（%）", min_value=1, max_value=100)
    why = forms.CharField(label="理由", max_length=5)
    way = forms.ChoiceField(label="方式", choices=[("phone", "电话")])
    at = forms.DateTimeField(label="时间")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"share": "0"}, "“比例（%）”不能小于 1。请核对。"),
        ({"share": "101"}, "“比例（%）”不能大于 100。请核对。"),
        ({"share": "多"}, "“比例（%）”应当是数字。请只填数字。"),
        ({"why": "一二三四五六"}, "“理由”有 6 个字，最多 5 个。请缩短。"),
        ({"way": "letter"}, "“方式”没有这个选项。请重新选择。"),
        ({"at": "明天"}, "“时间”不是有效的日期和时刻。请按 2026-06-12 09:30 的样式填写。"),
    ],
)
def test_a_message_says_which_field_what_is_wrong_and_what_to_do(given: dict[str, str], said: str) -> None:
    (name,) = given
    assert LimitedForm(given).errors[name] == [said]


def test_the_title_says_that_something_is_wrong_whichever_form_it_is() -> None:
    def title(**context: object) -> str:
        page = Template('{% extends "ui/base.html" %}{% block title %}登记{% endblock %}')
        return page.render(Context(context)).partition("<title>")[2].partition("</title>")[0]

    wrong, untouched = LimitedForm({}), LimitedForm()
    assert title(form=wrong) == title(forms={"a": untouched, "b": wrong}) == "错误：登记 · 准绳"
    assert title() == title(form=untouched) == title(forms={"a": untouched}) == "登记 · 准绳"


@pytest.mark.django_db
def test_a_drop_down_asks_in_words() -> None:
    said = str(GrowingForm()["agency"])
    assert "请选择" in said and "---" not in said


@pytest.mark.django_db
def test_one_box_to_tick_stands_before_its_words() -> None:
    said = GrowingForm()["sure"].as_field_group()
    assert said.index("<input") < said.index("以上属实") and said.count("<label") == 1


def test_days_and_appointments_carry_the_weekday() -> None:
    assert draw("{{ day|on_day }}", day=TODAY) == "2026-06-16 周二"
    assert draw("{{ at|appointed }}", at=datetime(2026, 6, 16, 1, 30, tzinfo=UTC)) == "2026-06-16 周二 09:30"
    assert draw("{{ day|on_day }}{{ at|appointed }}", day=None, at=None) == ""


def test_the_sheets_and_the_script_stay_within_their_weight() -> None:
    assert packed(*(p.name for p in (FOLDER / "static/ui").glob("*.css"))) <= 25 * 1024
    assert (FOLDER / "static/ui/desk.js").stat().st_size <= 12 * 1024


def test_every_static_file_a_base_page_names_exists_and_the_desk_scripts_stay_light() -> None:
    pages = "".join(p.read_text() for p in (FOLDER / "templates/ui").glob("*.html"))
    named = set(re.findall(r"{% static '([^']+)' %}", pages))
    found = {name: finders.find(name) for name in named}
    assert {name for name, path in found.items() if path is None} == set()
    scripts = [Path(path) for name, path in found.items() if path and name.endswith(".js")]
    assert sum(len(gzip.compress(p.read_bytes(), 9)) for p in scripts) <= 60 * 1024


def test_every_class_the_partials_use_has_a_rule_in_a_loaded_sheet() -> None:
    base = (FOLDER / "templates/ui/base.html").read_text()
    sheets = "".join((FOLDER / "static" / n).read_text() for n in re.findall(r"'(ui/[\w.]+\.css)'", base))
    styled = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    parts = "".join(p.read_text() for p in (FOLDER / "templates/ui/parts").glob("*.html"))
    used = {c for names in re.findall(r'class="([a-z0-9 -]+)"', parts) for c in names.split()}
    assert used - styled == set()


def test_the_sheets_ask_nothing_of_a_browser_newer_than_chromium_90() -> None:
    sheets = "".join(p.read_text() for p in (FOLDER / "static/ui").glob("*.css"))
    sheets = re.sub(r"/\*.*?\*/", "", sheets, flags=re.S)
    for newer in (":has(", "@layer", "@container", "color-mix(", "100dvh", "@scope"):
        assert newer not in sheets


def test_the_sheets_keep_a_phone_layout_and_a_print_layout() -> None:
    sheets = "".join(p.read_text() for p in (FOLDER / "static/ui").glob("*.css"))
    assert "@media print" in sheets and "max-width: 760px" in sheets and ".print-by" in sheets


@pytest.mark.parametrize("path", sorted(FOLDER.glob("templates/**/*.html")), ids=lambda p: p.name)
def test_no_template_needs_what_the_content_policy_forbids(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("templates/**/*.html")), ids=lambda p: p.name)
def test_no_message_shouts_or_says_nothing(path: Path) -> None:
    seen = re.sub(r"<!.*?>|{[%#].*?[%#]}", "", path.read_text())
    for banned in ("操作失败", "系统繁忙", "未知错误", "！", "非法"):
        assert banned not in seen


def test_a_long_count_stays_in_one_row_and_says_what_it_folds() -> None:
    calendar = statutory_calendar()
    count = reckon(date(2026, 3, 2), Limit(90, Unit.DAYS), calendar=calendar)
    strip = day_strip(count, today=date(2026, 6, 2), calendar=calendar)
    cells = folded(strip)
    assert len(cells) == 14
    hidden = next(cell for cell in cells if isinstance(cell, int))
    assert hidden + len(cells) - 1 == len(strip.days) + strip.left_out
    drawn = draw("{% days strip %}", strip=strip)
    assert f"<b>{hidden} 日</b>" in drawn and drawn.count('class="due"') == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [("/?mark=", "><summary>更多条件</summary>"), ("/?mark=late&year=2026&q=a", " open><summary>更多条件（已选 2 项）</summary>")],
)  # fmt: skip
def test_less_used_filters_are_behind_a_fold_that_is_open_when_one_is_set(address: str, said: str) -> None:
    request = RequestFactory().get(address)
    assert f'<details class="more-filters"{said}' in draw('{% more_filters "mark" "year" %}', request=request)
