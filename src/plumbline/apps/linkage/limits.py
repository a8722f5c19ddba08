"""Limits that no rule of the register can count, because the event contract has no day for where they begin.

They are reckoned from what was entered beside the event, with the number and the unit of the register, and stand beside the clocks
of the rules: on the page, in the duties, in the notices, among the steps that were late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plumbline.apps.cases.contract import LOOKS, Check, LiveClock
from plumbline.law import Limit, Unit, reckon, statutory_calendar
from plumbline.lawbook import cited, rule_facts
from plumbline.platform import clock
from plumbline.vocabulary import Event

from .models import OWN_DAY, Route
from .reading import LinkageFile


@dataclass(frozen=True)
class OwnLimit:
    """``activities`` are the steps that keep it; ``late`` is what a breach is called.

    ``row`` is the row of the register that states its days; without one the letter set them, which ``basis`` says.
    """

    key: str
    activities: tuple[str, ...]
    duty: str
    late: str
    row: str = ""
    basis: str = ""


#: What is said of a limit that nobody has set and no verified text gives.
UNREGISTERED = "未登记"

#: 规定第九条第二款 binds the police to answer and gives the agency three days after it: one row of the register says both.
SUGGESTING = OwnLimit(
    key="own-suggest-after-reconsideration",
    activities=("filing_supervision_suggested",),
    duty="复议以后仍不立案、本机关还有异议的，收到复议决定后应在三日内建议检察院监督；没有异议的不用建议",
    late="复议之后建议立案监督已逾期",
    row="TSC-9-reconsider-answer-3d",
)
REPLYING = OwnLimit(
    key="own-day-of-the-letter",
    activities=("reply_sent", "supervisory_advice_replied"),
    duty="司法建议书、监察建议书自己写明回复期限的，书面回复不晚于这一天",
    late="没有按建议书写明的日期回复",
    basis="文书确定的期限",
)
OWN: dict[str, OwnLimit] = {each.key: each for each in (SUGGESTING, REPLYING)}


@dataclass(frozen=True)
class OwnClock:
    """Where an own limit stands. ``verdict`` is one of the rules' words; ``due_on`` is none where no day can be said.

    ``word`` is said in place of the verdict's own.
    """

    limit: OwnLimit
    verdict: str
    due_on: date | None
    finding: str
    word: str = ""

    @property
    def live(self) -> LiveClock:
        """In the shape that progress and duties read."""
        due = self.due_on.isoformat() if self.due_on is not None else ""
        unit = rule_facts()[self.limit.row].unit if self.limit.row else Unit.DAYS.value
        return LiveClock(self.limit.key, self.verdict, self.due_on, unit, due)

    def check(self, page: str) -> Check:
        """As a line among the checks of the rules; what the letter set is read at the letter, on ``page``."""
        css, mark, word = LOOKS[self.verdict]
        limit = self.limit
        url = f"/law/rules/{limit.row}" if limit.row else f"{page}#told"
        return Check(
            limit.key, css, mark, self.word or word, limit.duty, self.finding, basis_of(limit.key), url
        )


def own_clocks(file: LinkageFile, today: date) -> list[OwnClock]:
    """The own limits that a matter has, as they stand on a day."""
    found = None
    if file.linkage.route == Route.CRIME:
        found = _suggesting(file, today)
    elif file.linkage.route in OWN_DAY:
        found = _replying(file, today)
    return [found] if found is not None else []


def _suggesting(file: LinkageFile, today: date) -> OwnClock | None:
    """None where the police decided to file, or where supervision was suggested before they decided."""
    decided = file.last("police_reconsidered")
    if decided is None or decided.data.get("filed") is not False:
        return None
    suggested = file.all("filing_supervision_suggested")
    after = [each for each in suggested if each.order > decided.order]
    if len(after) < len(suggested):
        return None
    gone = file.happened("police_filed") or file.ended is not None
    if gone and not after:
        return None
    received = file.details.get(decided.id, {}).get("received_on")
    return after_reconsideration(
        date.fromisoformat(str(received)) if received else None, _day_of(after), today=today
    )


def _day_of(events: Iterable[Event]) -> date | None:
    return min((each.on for each in events), default=None)


def after_reconsideration(
    received_on: date | None, suggested_on: date | None, *, today: date
) -> OwnClock | None:
    """The days to suggest supervision after a reconsideration that kept the refusal (规定第九条第二款).

    A right for whoever still objects: once it has passed unused nothing is owed and nothing is shown, so None. A suggestion after
    the last day is a deviation. The day of receipt does not count, and a last day of rest moves on (民法典第二百零一条、第二百零三条).
    """
    if received_on is None:
        return OwnClock(SUGGESTING, "unknown", None, "没有登记收到复议决定通知书之日")
    facts = rule_facts()[SUGGESTING.row]
    assert facts.n is not None
    due = reckon(received_on, Limit(int(facts.n), Unit(facts.unit)), calendar=statutory_calendar()).due
    if not isinstance(due, date):
        return OwnClock(SUGGESTING, "unknown", None, "工作日历没有这一年，不能计算末日")
    began = f"{received_on} 收到，{due} 届满"
    if suggested_on is not None:
        verdict = "met" if suggested_on <= due else "breached"
        return OwnClock(SUGGESTING, verdict, due, f"{began}，{suggested_on} 提出")
    return OwnClock(SUGGESTING, "pending", due, began) if today <= due else None


LETTERS = ("judicial_suggestion_received", "supervisory_advice_received")


def _replying(file: LinkageFile, today: date) -> OwnClock | None:
    """None before the letter is received, and where a rule counts the days and the letter sets none."""
    letter = file.last(*LETTERS)
    if letter is None:
        return None
    set_to = file.detail(letter.activity, "reply_by")
    if not set_to and letter.data.get("about") == ABOUT_DOCUMENT:
        return None
    return day_of_letter(
        date.fromisoformat(str(set_to)) if set_to else None,
        _day_of(file.all(*REPLYING.activities)),
        today=today,
    )


#: What a court's suggestion has to be about for the sixty days of SPC-149-judicial-60d to run.
ABOUT_DOCUMENT = "normative_document"


def day_of_letter(set_to: date | None, replied_on: date | None, *, today: date) -> OwnClock:
    """The day that a letter sets for its reply. It is the letter's own: it does not move on, and nothing stands in for it."""
    if set_to is None:
        said = "文书没有写明回复期限，也没有核实到法律规定的日数，不判断是否按期"
        answered = f"；{replied_on} 已经回复" if replied_on is not None else ""
        return OwnClock(REPLYING, "unknown", None, said + answered, UNREGISTERED)
    if replied_on is not None:
        verdict = "met" if replied_on <= set_to else "breached"
        return OwnClock(REPLYING, verdict, set_to, f"文书确定不晚于 {set_to} 回复，{replied_on} 已经回复")
    verdict = "pending" if today <= set_to else "breached"
    return OwnClock(REPLYING, verdict, set_to, f"文书确定不晚于 {set_to} 回复，还没有回复")


def words_of(state: OwnClock) -> str:
    """The day that a letter set, as the letter's own; that nobody has set one, where that is so."""
    return f"{state.due_on}（{REPLYING.basis}）" if state.due_on is not None else state.word


def row_of(rule: str) -> str:
    """The row of the register that states a rule or an own limit."""
    own = OWN.get(rule)
    return own.row if own is not None else rule


def basis_of(rule: str) -> str:
    """Law and article of a rule or of an own limit."""
    own = OWN.get(rule)
    return own.basis if own is not None and own.basis else cited(row_of(rule))


def live_clocks(file: LinkageFile) -> list[LiveClock]:
    """The own limits of a matter today, for progress and duties."""
    return [each.live for each in own_clocks(file, clock.today())]
