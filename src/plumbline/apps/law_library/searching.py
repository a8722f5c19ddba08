"""One search over the library: statutes, articles, rules, terms, documents and steps. Two characters are enough.

A few thousand articles are read through in milliseconds, so no index stands between the words and the text; every word
given has to be found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.urls import reverse

from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.platform.bigrams import normal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import SHOWN, Found, Hit, search_source
from plumbline.platform.verdicts.evaluation import rule_book

from .citers import Citer, citers
from .models import LoadedArticle, LoadedStatute

AROUND = 30


@dataclass(frozen=True)
class Passage:
    """An article with the stretch of it where the first word stands, in three parts for the mark."""

    article: LoadedArticle
    before: str
    hit: str
    after: str


def words_of(text: str) -> list[str]:
    return normal(text)[:100].split()


def statutes_about(words: list[str]) -> QuerySet[LoadedStatute]:
    rows = LoadedStatute.objects.all()
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(kind__icontains=word) | Q(issuer__icontains=word))
    return rows


def articles_about(words: list[str]) -> QuerySet[LoadedArticle]:
    """Every word in the text, the number or the title; those in force first."""
    rows = LoadedArticle.objects.select_related("statute")
    for word in words:
        inside = Q(text__icontains=word) | Q(number=word) | Q(statute__short_title__icontains=word)
        rows = rows.filter(inside)
    if words:
        # A title alone would give every article of it: one word has to be of the article itself.
        own = Q()
        for word in words:
            own |= Q(text__icontains=word) | Q(number=word)
        rows = rows.filter(own)
    return rows.order_by("statute__superseded", "statute_id", "place")


def passage(article: LoadedArticle, words: list[str]) -> Passage:
    lower = article.text.lower()
    at, word = min(((lower.find(w), w) for w in words if w in lower), default=(0, ""))
    begin, end = max(0, at - AROUND), at + len(word)
    return Passage(
        article,
        ("…" if begin else "") + article.text[begin:at],
        article.text[at:end],
        article.text[end : end + AROUND * 3],
    )


def _all_in(words: list[str], *texts: str) -> bool:
    joined = normal(" ".join(texts))
    return all(word in joined for word in words)


def rules_about(words: list[str]) -> list[RuleFacts]:
    """Rows of the register by id, law, article, area, and by the duty, breach and remedy in our own words."""
    book = rule_book().by_id

    def told(facts: RuleFacts) -> tuple[str, ...]:
        rule = book.get(facts.id)
        own = (rule.duty_zh, rule.breach_zh, rule.remedy_zh) if rule else ()
        return (facts.id, facts.law + facts.article, facts.area, *own)

    return [facts for facts in rule_facts().values() if _all_in(words, *told(facts))]


def forms_about(words: list[str]) -> list[tuple[Citer, str]]:
    """Documents and steps by name, with where they stand."""
    found: dict[str, tuple[Citer, str]] = {}
    for (law, number), each in citers().items():
        for citer in each:
            if citer.kind in {"document", "step"} and _all_in(words, citer.label, citer.key):
                found.setdefault(citer.ref, (citer, law + number))
    return sorted(found.values(), key=lambda pair: pair[0])


def _counted(found: int, more: Callable[[], int]) -> str:
    return str(found) if found <= SHOWN else str(more())


@search_source("rules", order=60)
def find_rules(actor: Actor, words: str) -> Found | None:
    """Rules for the search box of every page."""
    if actor.person_id is None:
        return None
    found = rules_about(words_of(words))
    book = rule_book().by_id
    hits = [
        Hit(
            book[facts.id].breach_zh if facts.id in book else facts.id,
            reverse("rule", args=[facts.id]),
            f"{facts.law}{facts.article} · {facts.id}",
        )
        for facts in found[:SHOWN]
    ]
    return Found("rules", "规则", hits, str(len(found)), f"/law/rules?q={quote(words)}")


@search_source("articles", order=70)
def find_articles(actor: Actor, words: str) -> Found | None:
    """Loaded articles for the search box of every page."""
    told = words_of(words)
    if actor.person_id is None or not told:
        return None
    rows = list(articles_about(told)[: SHOWN + 1])
    hits = []
    for row in rows[:SHOWN]:
        part = passage(row, told)
        note = f"{part.before}{part.hit}{part.after}"
        state = "已被替代" if row.statute.superseded else ""
        hits.append(Hit(str(row), reverse("article", args=[row.statute_id, row.number]), note, state))
    count = _counted(len(rows), articles_about(told).count)
    return Found("articles", "法规条文", hits, count, f"/law/search?q={quote(words)}")
