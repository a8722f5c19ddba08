"""The whole way on a thousand made decisions: by rule, then by a second person, then the bytes of everything that leaves."""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.test import Client
from pypdf import PdfReader

from plumbline.apps.publicity import actions, generating, names, redaction
from plumbline.apps.publicity.credit_layout import values_of
from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.apps.publicity.redaction import redact_text
from plumbline.platform.identity.actor import Actor, Grant
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.rates import limiting
from plumbline.platform.rates.models import RateCount
from plumbline.platform.scope.rows import set_database_scope

from .corpus import DECOYS, Decision, decision, made_doubtful

DECISIONS, SEED = 1_000, 20260302
RECALL, PRECISION = 0.999, 0.97
CODE = "91110000600037341L"
ATOM = "{http://www.w3.org/2005/Atom}"


def measured(decisions: list[Decision]) -> tuple[int, float, float, list[str]]:
    """Number of plants, recall, precision, and examples of what was missed."""
    planted = hit = masks = right = 0
    missed: list[str] = []
    for made in decisions:
        text = str(made.facts["facts"])
        known = [made.facts["party_name"], made.facts["legal_representative"], *made.facts["people"]]  # type: ignore[misc]
        found = redact_text(text, names=known)  # type: ignore[arg-type]
        covered = {place for span in found.spans for place in range(span.start, span.end)}
        for plant in made.plants:
            letters = [place for place in range(plant.start, plant.end) if text[place].isalnum()]
            # A community's name may stay (the address is cut to the district); its numbers may not.
            needed = 0.6 if plant.kind == "home" else 1.0
            seen = sum(place in covered for place in letters) >= needed * len(letters)
            hit += seen
            missed += [] if seen else [f"{plant.kind}: {text[plant.start - 6 : plant.end + 6]!r}"]
        planted += len(made.plants)
        masks += len(found.spans)
        right += sum(any(p.start < s.end and s.start < p.end for p in made.plants) for s in found.spans)
    return planted, hit / planted, right / masks, missed


def folded(text: str) -> str:
    """Text with nothing left to hide behind: tags dropped, forms folded, gaps and invisible characters gone."""
    bare = html.unescape(re.sub(r"<[^>]*>", "", text))
    kept = (c for c in unicodedata.normalize("NFKC", bare) if unicodedata.category(c) not in {"Cf", "Cc"})
    return re.sub(r"[\s\-－—·.,，]", "", "".join(kept)).lower()


def leaks(said: str, secrets: list[str]) -> list[str]:
    """Planted strings in a published text: as they are, folded, reversed, in full width."""
    shown = folded(said)
    found = []
    for secret in secrets:
        bare = folded(secret)
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in secret)
        if bare in shown or bare[::-1] in shown or secret in said or wide in said:
            found.append(secret)
    return found


@pytest.fixture(scope="module")
def decisions() -> list[Decision]:
    rng = random.Random(SEED)
    return [decision(rng) for _ in range(DECISIONS)]


# What runs with every change, and the whole. The whole has the numbers of the goal; a share fails for the same reasons.
SHARE = 100
PUBLISHED = 24
PAPERS = 8
WHOLE = pytest.param(DECISIONS, marks=pytest.mark.exhaustive)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", [SHARE, WHOLE])
def test_recall_and_precision_by_rule_alone(
    share: int, decisions: list[Decision], capsys: pytest.CaptureFixture[str]
) -> None:
    planted, recall, precision, missed = measured(decisions[:share])
    with capsys.disabled():
        print(
            f"\nredaction: {share} decisions, {planted} planted, recall {recall:.4%}, precision {precision:.4%}"
        )
    assert planted >= 30 * share
    assert recall >= RECALL, missed[:10]
    assert precision >= PRECISION


def test_the_measure_falls_when_a_recogniser_is_lost_or_wild(
    decisions: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redaction, "numbers_in", lambda folded: iter(()))
    assert measured(decisions[:30])[1] < RECALL
    monkeypatch.undo()
    monkeypatch.setattr(
        names,
        "names_in",
        lambda folded: (folded.span(*m.span(), "name") for m in re.finditer("米|元", folded.text)),
    )
    assert measured(decisions[:30])[2] < PRECISION


def _reader(number: int) -> Actor:
    grant = Grant("publicity.publish", frozenset({"T"}), False, 1, "other")
    return Actor(label=f"公示员{number}", number=f"P{number}", person_id=number, grants=(grant,))


def _read_and_hide(publication: Publication, second: Actor) -> int:
    """The second person hides the words that were laid before him, and nothing that he was not asked about."""
    hidden = 0
    for words in list(publication.doubts):
        if redaction.hide_everywhere(publication.facts, words)[1]:
            actions.hide(actor=second, publication=publication, words=words)
            hidden += 1
    return hidden


@dataclass
class Out:
    """What left: for each decision its planted strings and every text that was published of it."""

    secrets: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    bulk: dict[str, str] = field(default_factory=dict)
    by_hand: int = 0
    to_second: int = 0

    def leaked(self) -> list[tuple[str, str]]:
        """Where a planted string stands: in a text of its own decision, or, if long enough to be no chance, in any file."""
        own = [
            (kind, secret)
            for pid, texts in self.texts.items()
            for kind, text in texts
            for secret in leaks(text, self.secrets[pid])
        ]
        long = [secret for secrets in self.secrets.values() for secret in secrets if len(folded(secret)) >= 8]
        files = {name: folded(text) for name, text in self.bulk.items()}
        return own + [
            (name, secret) for name, text in files.items() for secret in long if folded(secret) in text
        ]


def _body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def publish_all(
    decisions: list[Decision], monkeypatch: pytest.MonkeyPatch, *, second_person: bool = True, papers: int = 0
) -> Out:
    """Publish made decisions, every second one of an organisation, and gather everything that leaves."""
    Agency.objects.create(
        code="T", name="阳逻街道", short_name="阳逻", kind="department", level="district", enforces=True
    )
    second = _reader(Person.objects.create_person(login_name="fuhe", display_name="复核", password=None).pk)
    RateCount.objects.all().delete()
    monkeypatch.setattr(limiting, "seconds_to_wait", lambda *a, **k: 0)
    current: dict[str, object] = {}
    monkeypatch.setattr(generating, "public_facts", lambda matter: current)
    client, out = Client(), Out()
    for number, made in enumerate(decisions):
        person = number % 2 == 0
        current.clear()
        current.update(made.facts)
        if not person:
            known = [made.facts["party_name"], *made.facts["people"]]  # type: ignore[misc]
            current.update(party_name=f"武汉清源{number}环保有限公司", credit_code=CODE, people=known)
        row = Publication(
            matter_id=f"M{number}", decision_event=f"E{number}", agency_id="T", decided_on="2026-05-20", due_on="2026-05-29",
            party_kind="natural_person" if person else "legal_person", published_on="2026-05-25", state=PublicationState.DUE,
        )  # fmt: skip
        generating.generate(row, SimpleNamespace(data={"penalty": {"kinds": ["fine"], "fine": 20_000}}))  # type: ignore[arg-type]
        row.save()
        out.to_second += row.doubtful
        out.by_hand += _read_and_hide(row, second) if second_person else 0
        Publication.objects.filter(pk=row.pk).update(state=PublicationState.PUBLISHED)
        row.refresh_from_db()
        out.secrets[row.public_id] = made.secrets
        out.texts[row.public_id] = [("page", _body(client, f"/open/decisions/{row.public_id}").decode())]
        if number < papers:
            paper = PdfReader(io.BytesIO(_body(client, f"/open/decisions/{row.public_id}.pdf")))
            text = "".join(page.extract_text() for page in paper.pages)
            assert "隐去" in text
            out.texts[row.public_id].append(("pdf", text + str(paper.metadata)))
        if not person:
            values = values_of(
                row, inside=dict(current), confiscated_fen=None, display_until=None, agency_code=CODE
            )
            named = {"CF_XDR_MC", "CF_FRDB"}  # the two names that the layout itself asks for
            told = "\n".join(value for code, value in values.items() if code not in named)
            out.texts[row.public_id].append(("双公示", told))
    _gather(client, out)
    set_database_scope(None)
    return out


def _gather(client: Client, out: Out) -> None:
    """Files, feeds, maps and lists; each line that can be told apart goes to its own decision as well."""
    for name in (
        "data/penalty-decisions.csv", "data/penalty-decisions.json", "feeds/decisions.atom", "sitemap.xml", "sitemaps/decisions-0.xml",
        "decisions", "search?q=清源", "",
    ):  # fmt: skip
        out.bulk[name] = _body(client, f"/open/{name}").decode()
    table = csv.DictReader(io.StringIO(out.bulk["data/penalty-decisions.csv"].removeprefix("\ufeff")))
    for kind, lines in (
        ("csv", list(table)),
        ("json", json.loads(out.bulk["data/penalty-decisions.json"])["rows"]),
    ):
        assert len(lines) == len(out.texts)
        for line in lines:
            pid = str(line.get("url") or line.get("固定网址")).rpartition("/")[2]
            told = {k: v for k, v in line.items() if k not in {"url", "固定网址"}}
            out.texts[pid].append((kind, "\n".join(map(str, told.values()))))
    for entry in ET.fromstring(out.bulk["feeds/decisions.atom"]).iter(f"{ATOM}entry"):
        pid = (entry.findtext(f"{ATOM}id") or "").rpartition("/")[2]
        out.texts[pid].append(
            ("atom", f"{entry.findtext(f'{ATOM}title')}\n{entry.findtext(f'{ATOM}summary')}")
        )


@pytest.mark.slow
@pytest.mark.timeout(3_000)
@pytest.mark.django_db
@pytest.mark.parametrize("share", [PUBLISHED, WHOLE])
def test_no_planted_string_is_in_anything_that_is_published(
    share: int,
    decisions: list[Decision],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rng = random.Random(SEED + 1)
    mixed = [made_doubtful(each, rng) if n % 3 == 0 else each for n, each in enumerate(decisions[:share])]
    out = publish_all(mixed, monkeypatch, papers=PAPERS if share < DECISIONS else share)
    leaked = out.leaked()
    with capsys.disabled():
        planted = sum(map(len, out.secrets.values()))
        texts = Counter(kind for each in out.texts.values() for kind, _ in each)
        print(
            f"\nredaction: {planted} planted strings sought in {dict(texts)} and {len(out.bulk)} files and lists, {len(leaked)} found; {out.to_second} of {len(mixed)} decisions went to a second person, {out.by_hand} words hidden by hand"
        )
    assert leaked == []
    unsettled = sum(len(each.unsettled) for each in mixed)
    assert out.to_second >= len(mixed) / 3 and out.by_hand >= 0.9 * unsettled > 0
    assert {"page", "pdf", "双公示", "csv", "json", "atom"} <= set(texts)


def test_what_no_rule_settles_is_laid_before_a_person(decisions: list[Decision]) -> None:
    """Every planted one is pointed at, or taken out already; a text without any is seldom laid before anybody."""
    rng = random.Random(SEED + 2)
    missed = []
    for made in (made_doubtful(each, rng) for each in decisions[:40]):
        text = str(made.facts["facts"])
        known = [made.facts["party_name"], made.facts["legal_representative"], *made.facts["people"]]  # type: ignore[misc]
        found = redact_text(text, names=known)  # type: ignore[arg-type]
        missed += [
            e for e in made.unsettled if e in found.text and not any(e in doubt for doubt in found.doubts)
        ]
    assert missed == []
    plain = [redact_text("，".join(DECOYS[n:] + DECOYS[:n])) for n in range(len(DECOYS))]
    assert not [each.doubts for each in plain if each.doubts]


@pytest.mark.django_db
def test_the_search_finds_what_is_let_through_in_every_kind_of_output(
    decisions: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redaction, "numbers_in", lambda folded: iter(()))
    leaked = publish_all(decisions[:4], monkeypatch, second_person=False, papers=2).leaked()
    assert {"page", "pdf", "双公示", "csv", "json", "data/penalty-decisions.csv"} <= {
        kind for kind, _ in leaked
    }
