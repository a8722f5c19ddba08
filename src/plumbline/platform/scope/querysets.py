"""The scope guard: a query on scoped rows that names no scope raises instead of answering.

An app declares its model with ``objects = ScopedManager()`` and the queryset twin of its reading policy with
``@visible(Model)``; pages then write ``Case.objects.visible_to(actor)`` or ``get_visible(Case, actor, pk=…)``.
System parts say why they look at everything: ``Case.objects.unscoped("重新计算结论")``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

from django.db import models
from django.http import Http404

from plumbline.platform.identity.actor import Actor

M = TypeVar("M", bound=models.Model)
Twin = Callable[[Actor, "ScopedQuerySet[Any]"], "ScopedQuerySet[Any]"]

_TWINS: dict[type[models.Model], Twin] = {}


class ScopeMissing(RuntimeError):
    """A query on scoped rows was about to run without ``visible_to`` or ``unscoped``: a defect of ours."""


def visible(model: type[models.Model]) -> Callable[[Twin], Twin]:
    """Register the queryset twin of the policy that says who may see a row of ``model``."""

    def register(twin: Twin) -> Twin:
        if model in _TWINS:
            raise ValueError(f"{model.__name__} has two queryset twins")
        _TWINS[model] = twin
        return twin

    return register


def twins() -> dict[type[models.Model], Twin]:
    """All registered twins, for the structural tests."""
    return dict(_TWINS)


class ScopedQuerySet(models.QuerySet[M]):
    _scope: str = ""

    def visible_to(self, actor: Actor) -> Self:
        scoped = self._marked(f"visible_to {actor.number}")
        return scoped if actor.is_system else _TWINS[self.model](actor, scoped)  # type: ignore[return-value]

    def unscoped(self, reason: str) -> Self:
        if not reason:
            raise ValueError("an unscoped query needs a reason")
        return self._marked(reason)

    def _marked(self, scope: str) -> Self:
        clone = self.all()
        clone._scope = scope
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scope = self._scope
        return clone

    def _demand_scope(self) -> None:
        if not self._scope:
            raise ScopeMissing(f"{self.model.__name__}: query without visible_to(actor) or unscoped(reason)")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._demand_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._demand_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._demand_scope()
        return super().delete()


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Manager whose rows are reached only through ``visible_to`` or ``unscoped``."""


def get_visible(model: type[M], actor: Actor, **lookup: Any) -> M:
    """The row ``actor`` may see; one that is missing and one that is out of scope give the same 404."""
    try:
        return model.objects.visible_to(actor).get(**lookup)  # type: ignore[attr-defined]
    except model.DoesNotExist:  # type: ignore[attr-defined]
        raise Http404("没有找到该页面，或您的岗位不能查看。") from None
