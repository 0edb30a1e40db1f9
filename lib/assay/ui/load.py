"""Queries, memoised across sessions: the same question about the same snapshot and policy is answered once."""

from collections.abc import Callable, Hashable
from contextvars import copy_context
from time import monotonic
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.caching.cache_utils import CachedFunc

from assay.queries import freshness
from assay.queries.review.inputs import listed
from assay.workspace import Desk, Workspace

P = ParamSpec("P")
A = TypeVar("A")
Q = TypeVar("Q", bound=Hashable)

Progress = Callable[[int, int], None]
"""Takes how much is done, and of how much."""


def kept(entries: int) -> Callable[[Callable[P, A]], CachedFunc[P, A]]:
    """Keeps the last `entries` answers for every session; answers are values that nobody changes."""
    return st.cache_resource(max_entries=entries, show_spinner=False)


# A snapshot's path names its content and a policy's digest its own; neither has to be read to be told apart.
def identity(work: Workspace) -> tuple[Hashable, ...]:
    """What answers hang on besides the question."""
    settings = work.settings
    return str(work.snapshot.path), work.policy.digest or repr(work.policy), settings.tracking_uri, settings.mlflow_url


def rested_on(desk: Desk) -> tuple[Hashable, ...]:
    """What judgements hang on besides the journal and the question: runs, rules, lists, the day (UTC), and whether the
    store answers.
    """
    settings, policy = desk.settings, desk.policy
    runs = str(desk.snapshot.path) if desk.snapshot else ""
    lists = tuple(listed(settings, policy.promotion.checklists).items())
    away = freshness.current(settings).problem
    return runs, settings.tracking_uri, policy.digest or repr(policy), lists, desk.now.date(), away


@kept(64)
def _judged(known: tuple[Hashable, ...], name: str, question: Any, _ask: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _ask()


def judged(desk: Desk, head: str, query: Callable[[Desk, Q], A], question: Q) -> A:
    """What `query` answers of the journal as far as `head`, its last hash, and of the runs; the same all day (UTC).

    Only for what is the same for everybody: no drafts, and nothing of who is here.
    """
    known = head, desk.settings.journal, *rested_on(desk)
    found: A = _judged(known, f"{query.__module__}.{query.__qualname__}", repr(question), lambda: query(desk, question))
    return found


@kept(256)
def _answer(known: tuple[Hashable, ...], name: str, question: Any, _ask: Callable[[], Any]) -> tuple[Any, float]:  # noqa: ARG001
    """With when it was made."""
    return _ask(), monotonic()


def answer(work: Workspace, query: Callable[[Workspace, Q], A], question: Q) -> A:
    """What `query` answers; one that says how long it holds (`keeps_seconds`) is asked for again after that."""
    return _known(work, query, question, lambda: query(work, question))


def followed(work: Workspace, query: Callable[[Workspace, Q, Progress], A], question: Q, said: Callable[..., str]) -> A:
    """The same of a query that tells how far it is; a bar says it in the words of `said(done, total)` while it asks."""
    place, outside = st.empty(), copy_context()

    def show(done: int, total: int) -> None:
        # What is drawn while an answer is kept would be drawn again with it: this belongs to the asking alone.
        outside.copy().run(place.progress, min(done / total, 1.0) if total else 0.0, said(done, total))

    found = _known(work, query, question, lambda: query(work, question, show))
    place.empty()
    return found


def _known(work: Workspace, query: Callable[..., A], question: Hashable, ask: Callable[[], A]) -> A:
    """What is kept of the same question, else what `ask` gives."""
    name = f"{query.__module__}.{query.__qualname__}"
    key = identity(work), name, repr(question)
    began = monotonic()
    found: A
    found, since = _answer(*key, ask)
    if since < began and began - since >= getattr(found, "keeps_seconds", float("inf")):
        _answer.clear(*key, ask)
        found, _ = _answer(*key, ask)
    return found
