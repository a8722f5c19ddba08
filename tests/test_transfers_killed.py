"""The server killed at random while officials hand cases over: each case is at exactly one body, no receipt lost, no number
twice or skipped, and what was half done is done again to its end.

Servers are processes of their own on a database of their own; the officials ask over HTTP and, when a connection breaks, ask
again as a person would. A small share runs with the other tests, a thousand transfers with ``./test -m exhaustive``.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import pytest
from django.db import connection, connections, transaction

ROOT = Path(__file__).resolve().parents[1]
#: A token of the form Django asks for, the same in the cookie and in the form.
TOKEN = "k" * 32
#: What becomes of a transfer, and the word of its state then.
ENDINGS = {"accept": "已接收", "return": "已退回", "take-back": "已撤回"}
#: The receiver takes it and the sender takes it back at the same moment: one of them does.
RACE = "race"


@pytest.fixture
def between(django_db_setup: None, django_db_blocker: Any, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The world of the other tests, committed, in a copy of the empty database."""
    from plumbline.apps.cases.tests.world import stated_registers
    from plumbline.apps.coordination.tests.between import Between
    from plumbline.apps.supervision.tests.scene import registers
    from tests.own_database import own_database

    settings.DATA_DIR = tmp_path
    settings.OUTBOX_INLINE = False
    with django_db_blocker.unblock(), own_database("transfers"), stated_registers(registers()):
        yield Between()


class Servers:
    """Servers, each of which answers by one process; where that is killed, the next takes its place on the same port."""

    def __init__(self, number: int, data: Path) -> None:
        self.ports = [_free_port() for _ in range(number)]
        self.killed = 0
        address = urlsplit(os.environ["PLUMBLINE_DATABASE_URL"])._replace(
            path=f"/{connection.settings_dict['NAME']}"
        )
        told = {
            **os.environ, "PLUMBLINE_DATABASE_URL": urlunsplit(address), "PLUMBLINE_DATA_DIR": str(data),
            "PLUMBLINE_ENV": "test", "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
            "PLUMBLINE_LOG_LEVEL": "CRITICAL", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.handing_server", *map(str, self.ports)], env=told, stdout=subprocess.PIPE,
            start_new_session=True, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self._said = self._process.stdout
        self._answering: dict[int, int] = {}

    def ready(self) -> None:
        assert self._said.readline() == "ready\n"
        for _ in self.ports:
            self._begun()

    def _begun(self) -> None:
        port, number = self._said.readline().split()
        self._answering[int(port)] = int(number)

    def kill(self, port: int) -> None:
        """End the process that answers there, wherever it is; returns when the next has begun."""
        os.kill(self._answering[port], signal.SIGKILL)
        self._begun()
        self.killed += 1

    def stop(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Officials:
    """Whoever hands cases over, by body, through one server. ``broken`` counts the requests that a kill cut off."""

    port: int
    sessions: Mapping[str, str]
    broken: int = 0
    again: Counter[str] = field(default_factory=Counter)
    beside: Officials | None = None

    def ask(self, body: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where to go and what is said; asked again until somebody answers."""
        headers = {"Cookie": f"sessionid={self.sessions[body]}; csrftoken={TOKEN}"}
        content = None
        if form is not None:
            content = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        while True:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            try:
                link.request("POST" if content else "GET", path, content, headers)
                answer = link.getresponse()
                # To http.client headers that a kill has cut off are headers that end there.
                if "Content-Length" not in answer.headers:
                    raise http.client.IncompleteRead(b"")
                return answer.status, answer.headers.get("Location", ""), answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.broken += 1
                time.sleep(0.02)
            finally:
                link.close()

    def hand_over(self, case: Mapping[str, str], ending: str, handler: int) -> None:
        """Send the case and have it taken, sent back or taken back. What was done before the answer was lost is said, not done twice."""
        from plumbline.apps.cases.tests.world import DEPARTMENT, STREET

        wanted = {"to": DEPARTMENT, "ground": "level", "text": "产生量大，由区级部门办理。"}
        status, page, said = self.ask(STREET, f"/transfers/new?case={quote(case['matter'])}", wanted)
        if status == 422:
            assert "还没有接收或者退回" in said, _fault(said)
            self.again["sent"] += 1
            found = re.search(
                r'href="(/transfers/XT-\w+)"', self.ask(STREET, f"/transfers/all?q={quote(case['title'])}")[2]
            )
            assert found is not None, case["title"]
            page = found.group(1)
        else:
            assert (status, page[:14]) == (302, "/transfers/XT-"), (status, page)
        asked: dict[str, tuple[str, dict[str, str]]] = {
            "accept": (DEPARTMENT, {"handler": str(handler), "item": case["item"]}),
            "return": (DEPARTMENT, {"reason": "street", "text": "由街道承接。"}),
            "take-back": (STREET, {"text": "清单有误。"}),
        }
        if ending != RACE:
            body, form = asked[ending]
            status, _, said = self.ask(body, f"{page}/do/{ending}", form)
            assert status == 302 or f"现在是“{ENDINGS[ending]}”" in said, _fault(said)
            self.again[ending] += status == 422
            return
        assert self.beside is not None
        with ThreadPoolExecutor(2) as both:
            answers = [
                both.submit(through.ask, asked[verb][0], f"{page}/do/{verb}", asked[verb][1])
                for through, verb in ((self, "accept"), (self.beside, "take-back"))
            ]
        done = [answer.result() for answer in answers]
        # None where a kill has lost the answer of the one who did it.
        assert sum(status == 302 for status, _, _ in done) <= 1
        for status, _, said in done:
            assert status == 302 or any(word in said for word in ("已接收", "已撤回")), _fault(said)


def _fault(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[:1500]


def _approved(between: Any, total: int) -> list[dict[str, str]]:
    """Cases whose transfer the head has approved: the first by every step, the others as copies with the same decision."""
    from plumbline.apps.cases.contract import receive_case
    from plumbline.apps.cases.models import Case
    from plumbline.apps.cases.tests.world import DEPARTMENT, STREET, ago
    from plumbline.platform.events.log import record
    from plumbline.platform.events.models import StoredEvent

    world = between.world
    first = between.approved(world.opened(5), DEPARTMENT, 4)
    chosen = StoredEvent.objects.unscoped("测试").get(matter_id=first.matter_id, activity="case_transferred")
    cases = [first]
    for part in range(1, total, 100):
        with transaction.atomic():
            for _ in range(part, min(part + 100, total)):
                case = receive_case(
                    actor=world.actor(world.officer), agency=first.agency, origin=first, item=first.item_code,
                    handler=world.officer, reference="", on=ago(4),
                )  # fmt: skip
                record(
                    actor=world.actor(world.head), matter=case.matter_id, kind="penalty", activity="case_transferred",
                    agency=STREET, data=chosen.data, occurred_at=ago(3),
                )  # fmt: skip
                cases.append(case)
    told = []
    for at, case in enumerate(cases):
        title = f"第{at:04d}件"
        Case.objects.unscoped("测试").filter(pk=case.pk).update(title=title)
        told.append({"matter": case.matter_id, "title": title, "item": case.item_code})
    return told


def _signed_in(people: Mapping[str, Any]) -> dict[str, str]:
    from django.test import Client

    found = {}
    for body, person in people.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        found[body] = client.cookies["sessionid"].value
    return found


def _handed_over_among_kills(between: Any, data: Path, *, total: int, kills: int, servers: int) -> None:
    from plumbline.apps.cases.tests.world import DEPARTMENT, STREET

    begun = time.monotonic()
    chance = random.Random(20261127)
    cases = _approved(between, total)
    sessions = _signed_in({code: between.office[code] for code in (STREET, DEPARTMENT)})
    handler = between.officer[DEPARTMENT].pk
    connections.close_all()
    running = Servers(servers, data)
    try:
        running.ready()
        officials = [Officials(port, sessions) for port in running.ports]
        for at, each in enumerate(officials):
            each.beside = officials[at - 1]
        endings = {case["matter"]: chance.choice([*ENDINGS, RACE]) for case in cases}
        done: list[str] = []

        def work(at: int) -> None:
            for case in cases[at::servers]:
                officials[at].hand_over(case, endings[case["matter"]], handler)
                done.append(case["matter"])

        made = time.monotonic()
        with ThreadPoolExecutor(servers) as pool:
            parts = [pool.submit(work, at) for at in range(servers)]
            _kill_now_and_then(running, parts, done, total, kills, chance)
            for part in as_completed(parts):
                part.result()
    finally:
        running.stop()
    _everything_is_whole(endings)
    killed, broken = running.killed, sum(each.broken for each in officials)
    again = sum((each.again for each in officials), Counter[str]())
    print(
        f"\n{total} transfers over {servers} servers, {killed} killed, {broken} requests cut off, of which {dict(again)} had "
        f"been done; {made - begun:.0f} s to prepare, {time.monotonic() - made:.0f} s handed over and checked"
    )
    assert killed == kills and broken >= kills // 3


def _kill_now_and_then(
    running: Servers, parts: Sequence[Any], done: Sequence[str], total: int, kills: int, chance: random.Random
) -> None:
    """Kill one server or another, spread over the work; what must be true at any moment is looked at after some of them."""
    for number in range(kills):
        # Not before this share of the work is done, then at any moment of the next seconds.
        while len(done) < number * total * 0.95 // kills and not any(part.done() for part in parts):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.6))
        running.kill(chance.choice(running.ports))
        if number % 4 == 0:
            _at_one_body()


def _at_one_body() -> None:
    """What must be true at any moment, whoever was killed: seen in one snapshot."""
    from plumbline.apps.coordination.models import Chain, Coordination, Holding, Receipt

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        held = Counter(Holding.objects.filter(to_at=None).values_list("chain_id", flat=True))
        assert set(held) == set(Chain.objects.values_list("pk", flat=True)) and set(held.values()) <= {1}
        signed: dict[int, list[str]] = {}
        for transfer, what in Receipt.objects.values_list("transfer_id", "what").order_by("pk"):
            signed.setdefault(transfer, []).append(what)
        for pk, state in Coordination.objects.unscoped("测试").values_list("pk", "state"):
            assert signed[pk] == (["sent"] if state == "sent" else ["sent", state]), state
        series: dict[str, list[int]] = {}
        for number in Receipt.objects.values_list("number", flat=True):
            mark, last = re.fullmatch(r"(.+〕)(\d+)号", number).groups()  # type: ignore[union-attr]
            series.setdefault(mark, []).append(int(last))
    for mark, numbers in series.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), f"{mark}: {sorted(numbers)}"


def _everything_is_whole(endings: Mapping[str, str]) -> None:
    """Every case ended where it was to end, once, with every seal, event and file of it."""
    matters = list(endings)
    from plumbline.apps.cases.models import Case
    from plumbline.apps.cases.tests.world import DEPARTMENT, STREET
    from plumbline.apps.coordination.models import Chain, Coordination, Receipt
    from plumbline.apps.coordination.packages import hash_of, package_hash
    from plumbline.apps.paperwork.contract import is_unaltered
    from plumbline.apps.paperwork.models import Document
    from plumbline.platform.events.models import StoredEvent
    from plumbline.platform.files.store import is_intact

    _at_one_body()
    rows = {row.about: row for row in Coordination.objects.unscoped("测试").select_related("chain")}
    assert (
        set(rows) == set(matters)
        and len(rows) == Coordination.objects.unscoped("测试").count() == Chain.objects.count()
    )
    for matter, row in rows.items():
        wanted = ("accept", "take-back") if endings[matter] == RACE else (endings[matter],)
        assert row.get_state_display() in {ENDINGS[each] for each in wanted}, matter
    taken = {row.about for row in rows.values() if row.state == "accepted"}
    assert 0 < len(taken) < len(matters)
    papers = {paper.code: paper for paper in Document.objects.unscoped("测试")}
    receipts: dict[int, list[Receipt]] = {}
    for each in Receipt.objects.order_by("pk"):
        receipts.setdefault(each.transfer_id, []).append(each)
    assert len(papers) == sum(len(each) for each in receipts.values()) == 2 * len(matters)
    said = Counter(
        StoredEvent.objects.unscoped("测试")
        .filter(activity__startswith="transfer_")
        .values_list("matter_id", "activity")
    )
    assert set(said.values()) == {1} and len(said) == 2 * len(matters)
    for matter, row in rows.items():
        first, second = receipts[row.pk]
        assert package_hash(row.package) == row.package_hash and all(
            is_intact(each["sha256"]) for each in row.package
        )
        assert second.seals == first.sha256
        for each in (first, second):
            assert hash_of(each.content) == each.sha256 and each.content["package"] == row.package_hash
            assert is_unaltered(papers[each.document_code])
        holding = row.chain.holdings.get(to_at=None)
        expected = (DEPARTMENT, row.result_matter) if matter in taken else (STREET, matter)
        assert (holding.agency_id, holding.matter_id) == expected
    cases = Case.objects.unscoped("测试")
    assert {case.matter_id for case in cases.filter(agency_id=DEPARTMENT)} == {
        rows[each].result_matter for each in taken
    }
    assert not cases.filter(agency_id=DEPARTMENT).exclude(stage="clue").exists()
    sent_back = cases.filter(matter_id__in=set(matters) - taken)
    assert not sent_back.filter(stage="transferred").exists()
    assert not cases.filter(matter_id__in=taken).exclude(stage="transferred").exists()


@pytest.mark.timeout(120)
def test_servers_killed_while_cases_are_handed_over(between: Any, tmp_path: Path) -> None:
    _handed_over_among_kills(between, tmp_path, total=14, kills=4, servers=2)


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_a_thousand_transfers_among_killed_servers(between: Any, tmp_path: Path) -> None:
    _handed_over_among_kills(between, tmp_path, total=1000, kills=150, servers=3)
