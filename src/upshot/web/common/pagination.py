"""Long lists in pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page the address asks for (``?page=``); an odd number gives the nearest page."""
    return _Pages(items, per_page).get_page(request.GET.get("page"))


def rows_between(rows: QuerySet[Any], first: int, last: int) -> QuerySet[Any]:
    """Some rows of a long list, in its order.

    The list is sorted by its keys alone: a database that sorts whole rows reads everything that
    stands in each, such as a run's answer, to throw most of it away.
    """
    keys = list(rows.values_list("pk", flat=True)[first:last])
    return rows.filter(pk__in=keys)


class _Pages(Paginator):
    def _get_page(self, object_list: Any, number: int, paginator: Paginator) -> Page[Any]:
        if isinstance(self.object_list, QuerySet):
            first = (number - 1) * self.per_page
            object_list = rows_between(self.object_list, first, first + self.per_page)
        return super()._get_page(object_list, number, paginator)
