"""What differs between the bases of two looks at a review."""

from collections.abc import Iterator, Mapping
from typing import Any

from assay.model.note import note
from assay.model.review.acts import Basis
from assay.model.review.evidence import Change, Inputs, RunInputs
from assay.model.review.notes import InputsNote as Says

_SHORT = 8
_FACTS = (
    (Says.RUN_PARAMS, "params"),
    (Says.RUN_METRICS, "metrics"),
    (Says.RUN_DATA, "data"),
    (Says.RUN_FILES, "files"),
)


def changed(before: Inputs, now: Inputs) -> tuple[Change, ...]:
    """Everything that makes what was signed stale: runs first, then rules and lists; none where they are equal."""
    if before.text == now.text:
        return ()
    sides = (("baseline", before.baseline, now.baseline), ("candidate", before.candidate, now.candidate))
    found = (
        *(change for what, then, own in sides for change in _side(what, then, own)),
        *_mapping(Says.QUESTION_CHANGED, before.question, now.question),
        *_mapping(Says.RULES_CHANGED, _leaves(before.rules), _leaves(now.rules)),
        *_mapping(Says.LISTS_CHANGED, before.checklists, now.checklists),
    )
    return tuple(dict.fromkeys(found)) or (Change(note(Says.RULES_CHANGED, names=())),)


def changed_basis(before: Basis, now: Basis) -> tuple[Change, ...]:
    """Blocking answers and waivers that are others; the inputs are compared by `changed`."""
    answers = (
        Change(note(Says.ANSWER_CHANGED, item=item), str(then or ""), str(own or ""))
        for item, then, own in _apart(before.answers, now.answers)
    )
    waivers = (
        Change(note(Says.WAIVER_CHANGED, criterion=criterion.value), _entry(then), _entry(own))
        for criterion, then, own in _apart(before.waivers, now.waivers)
    )
    return (*answers, *waivers)


def _side(what: str, before: Mapping[str, RunInputs], now: Mapping[str, RunInputs]) -> Iterator[Change]:
    came, went = sorted({*now} - {*before}), sorted({*before} - {*now})
    for code, ids in ((Says.RUNS_CAME, came), (Says.RUNS_WENT, went)):
        if ids:
            yield Change(note(code, n=len(ids), side=what), f"n = {len(before)}", f"n = {len(now)}")
    for run_id in sorted({*before} & {*now}):
        yield from _run(run_id, before[run_id], now[run_id])


def _run(run_id: str, before: RunInputs, now: RunInputs) -> Iterator[Change]:
    if before.status != now.status:
        yield Change(note(Says.RUN_STATUS, run=run_id), before.status, now.status)
    if before.commit != now.commit:
        yield Change(note(Says.RUN_COMMIT, run=run_id), _cut(before.commit), _cut(now.commit))
    for code, name in _FACTS:
        yield from _mapping(code, getattr(before, name), getattr(now, name), run=run_id)


def _mapping(code: Says, before: Mapping[str, Any], now: Mapping[str, Any], **of: str) -> Iterator[Change]:
    """All that differs in one, if anything does."""
    if apart := _apart(before, now):
        names, then, own = zip(*apart, strict=True)
        yield Change(note(code, names=names, **of), _listed(then), _listed(own))


def _apart(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> list[tuple[Any, Any, Any]]:
    """Each key whose values differ, with both; None where there is none. NaN is itself."""
    keys = sorted({*before, *now})
    return [
        (key, before.get(key), now.get(key)) for key in keys if repr(before.get(key)) != repr(now.get(key))
    ]  # fmt: skip


def _leaves(rules: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Every rule by its path."""
    found: dict[str, Any] = {}
    for key, own in rules.items():
        if isinstance(own, Mapping):
            found |= _leaves(own, f"{above}{key}.")
        else:
            found[f"{above}{key}"] = own
    return found


def _listed(values: Any) -> str:
    return ", ".join(_shown(one) for one in values if one is not None)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cut(commit: str | None) -> str:
    return (commit or "")[:_SHORT]


def _entry(seq: int | None) -> str:
    return "" if seq is None else str(seq)
