"""Which forecasts hang together: those of one article, and those that continue, repeat or supersede each other.

An article's forecasts are one node, a forecast without an article is its own. Only nodes that a link ties to others
have a row, so that nothing is written where a forecast is made. A cluster is named by its smallest node: whoever makes
them again from the links comes to the same names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from forecasts.choices import Relation
from forecasts.models import ClusterTie, Forecast, Lineage
from forecasts.services.scorekeeping import own_clusters, rescore_owned

# What is only related was not said of the same thing.
TIES: Final = (Relation.CONTINUES, Relation.REPEATS, Relation.SUPERSEDES)
_ENDS: Final = ("later_id", "later__article_id", "earlier_id", "earlier__article_id")
Node = int


def node_of(forecast: int, article: int | None) -> Node:
    """The node of a forecast: its article's, or its own."""
    return article * 2 if article is not None else forecast * 2 + 1


def tie(forecasts: Sequence[Forecast], *, at: datetime) -> None:
    """Let the clusters of these forecasts be one, because a link was made; within the caller's transaction."""
    own_clusters()
    nodes = {node_of(each.pk, each.article_id) for each in forecasts}
    if len(nodes) > 1:
        _settle(_whole(nodes), at=at)


def untie(forecasts: Iterable[Forecast], *, at: datetime) -> None:
    """Part what no link ties any more, because one was ended; within the caller's transaction."""
    own_clusters()
    _settle(_whole({node_of(each.pk, each.article_id) for each in forecasts}), at=at)


def components(edges: Iterable[tuple[Node, Node]], nodes: Iterable[Node]) -> dict[Node, Node]:
    """The smallest node that each of the nodes hangs together with, by these edges."""
    above = {node: node for node in nodes}

    def top(node: Node) -> Node:
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    for one, other in edges:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    return {node: top(node) for node in above}


def all_components() -> dict[Node, Node]:
    """What every tied node hangs together with, made anew from the links alone."""
    edges = _edges(Q())
    return components(edges, {node for edge in edges for node in edge})


def _whole(nodes: Collection[Node]) -> set[Node]:
    """All nodes of the clusters that these belong to."""
    clusters = set(ClusterTie.objects.filter(node__in=nodes).values_list("cluster", flat=True))
    return set(nodes) | set(ClusterTie.objects.filter(cluster__in=clusters).values_list("node", flat=True))


def _edges(which: Q) -> list[tuple[Node, Node]]:
    rows = Lineage.objects.filter(which, ended_at=None, relation__in=TIES)
    pairs = [(node_of(row[0], row[1]), node_of(row[2], row[3])) for row in rows.values_list(*_ENDS)]
    return [pair for pair in pairs if pair[0] != pair[1]]


def _settle(nodes: set[Node], *, at: datetime) -> None:
    """Write down what hangs together among these nodes, which no link ties to any other."""
    had = dict(ClusterTie.objects.filter(node__in=nodes).values_list("node", "cluster"))
    edges = _edges(_of_nodes("later", nodes) | _of_nodes("earlier", nodes))
    has = components(edges, nodes)
    tied = {node for edge in edges for node in edge}
    ClusterTie.objects.filter(node__in=[node for node in had if node not in tied]).delete()
    ClusterTie.objects.bulk_create(
        [ClusterTie(node=node, cluster=has[node]) for node in sorted(tied)],
        update_conflicts=True,
        update_fields=["cluster"],
        unique_fields=["node"],
    )
    moved = {node for node in nodes if had.get(node, node) != has[node]}
    if moved:
        rescore_owned(_scored(moved), why=_("it hangs together with others than before"), at=at)


def _of_nodes(end: str, nodes: Iterable[Node]) -> Q:
    articles = [node // 2 for node in nodes if node % 2 == 0]
    forecasts = [node // 2 for node in nodes if node % 2]
    own = Q(**{f"{end}__in": forecasts, f"{end}__article": None})
    return Q(**{f"{end}__article__in": articles}) | own if articles else own


def _scored(nodes: Iterable[Node]) -> list[int]:
    articles = [node // 2 for node in nodes if node % 2 == 0]
    forecasts = [node // 2 for node in nodes if node % 2]
    rows = Forecast.objects.filter(Q(article__in=articles) | Q(pk__in=forecasts, article=None))
    return list(rows.filter(resolutions__superseded_at=None, resolutions__isnull=False).values_list("pk", flat=True))
