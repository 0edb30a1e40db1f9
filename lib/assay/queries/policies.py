"""Which rules hold?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from math import isclose
from pathlib import Path

from assay import policy
from assay.errors import SelectionError
from assay.model.criteria import Criterion, Scorecard
from assay.model.metric import MetricUnit
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.rules import PolicyNote, Rule, RuleBook, RuleLine
from assay.policy import reading
from assay.policy.cards import lines, scorecards
from assay.policy.rules import rules
from assay.policy.writing import written

_MOST_NAMED = 8


def current(path: Path) -> Policy:
    """The policy in `path`, read again only when the file changed; raises PolicyError as policy.load does."""
    return book(path).policy


def shipped() -> Policy:
    """The policy that holds where a team says nothing."""
    return current(reading.DEFAULT)


def book(path: Path) -> RuleBook:
    """Every rule of the policy in `path`, and what is doubtful of them; read and raising as `current`."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return _read(path)
    return _kept(path, stamp)


@lru_cache(maxsize=8)
def _kept(path: Path, _stamp: int) -> RuleBook:
    return _read(path)


def _read(path: Path) -> RuleBook:
    files = reading.pair(path)
    known = policy.of_files(*files)
    shipped, own = files
    judging = shipped if scorecards(own) is None else own
    found = RuleBook(known, rules(*files, known), lines(judging))
    return replace(found, notes=tuple(_doubts(found)))


def _doubts(found: RuleBook) -> Iterator[Note]:
    known = found.policy
    if not known.scorecards:
        yield note(PolicyNote.NO_SCORECARDS)
    everything = None
    for card in known.scorecards:
        line = found.line(card.name)
        yield from unbalanced(card, line=line)
        if everything:
            yield note(PolicyNote.SCORECARD_UNREACHED, name=card.name, before=everything, line=line)
        everything = everything or (card.name if "*" in card.experiments else None)
        for one in card.criteria:
            said = known.metric(one.metric)
            if said.unit is MetricUnit.SHARE:
                yield from _beyond_share(card, one, found.line(card.name, one.metric))
            better = said.direction
            if better not in (None, one.threshold.direction):
                yield note(
                    PolicyNote.SHIPPED_AGAINST, name=card.name, metric=one.metric,
                    threshold=one.threshold.text, better=better.better,
                )  # fmt: skip
    if not any(one.part == "evaluation" for one in found.rules):
        yield from (
            note(PolicyNote.PROMOTION_ALONE, line=one.line) for one in found.rules if one.path == "promotion_criteria"
        )


def _beyond_share(card: Scorecard, one: Criterion, line: int) -> Iterator[Note]:
    for limit in (one.threshold, one.alert):
        if limit and not 0 <= limit.value <= 1:
            yield note(PolicyNote.BEYOND_SHARE, name=card.name, metric=one.metric, limit=limit.text, line=line)


def unbalanced(card: Scorecard, **where: int) -> tuple[Note, ...]:
    """That the weights of a card do not add up to 1, where they don't; `where`: the `line` it stands in, if told."""
    if isclose(card.weight, 1.0, abs_tol=1e-6):
        return ()
    return (note(PolicyNote.WEIGHTS_NOT_ONE, name=card.name, total=card.weight, **where),)


def rule(found: RuleBook, path: str) -> Rule:
    """The rule that decides `path`; of a metric (`metrics.NAME.unit`) that of the entry that speaks of it.

    Raises SelectionError for a path without a rule, and for one that several rules stand below.
    """
    alike = [one for one in found.rules if one.path.lower() == path.lower()]
    if named := [one for one in alike if one.path == path] or alike or _of_metric(found, path):
        return named[0]
    below = [one.path for one in found.rules if one.path.lower().startswith(f"{path.lower()}.")]
    if below:
        raise SelectionError(
            PolicyNote.NO_SINGLE_RULE,
            path=path,
            close=tuple(below[:_MOST_NAMED]),
            more=max(0, len(below) - _MOST_NAMED),
        )
    close = get_close_matches(path, [one.path for one in found.rules], n=3, cutoff=0.5)
    raise SelectionError(PolicyNote.NO_RULE, path=path, close=tuple(close))


def _of_metric(found: RuleBook, path: str) -> list[Rule]:
    """The rule that decides a path of a metric, in a list; none where none does."""
    start, _, rest = path.partition(".")
    name, _, key = rest.rpartition(".")
    return [one for _, one in deciding(found, (name,)) if start.lower() == "metrics" and one.keys[-1] == key.lower()]


def as_file(found: Sequence[Rule]) -> tuple[RuleLine, ...]:
    """These rules as the lines of one policy file."""
    return tuple(written(found))


def whole(found: RuleBook) -> tuple[Rule, ...]:
    """The rules that make, as one file, a policy equal to the one they were read from.

    Shipped scorecards of which one asks for what the team's directions turn round are left out: a team's file may not
    ask for it, and without them they hold as they did.
    """
    turned = any(one.code is PolicyNote.SHIPPED_AGAINST for one in found.notes)
    return tuple(one for one in found.rules if not (turned and one.shipped and one.part == "scorecards"))


def deciding(found: RuleBook, names: Sequence[str]) -> Iterator[tuple[str, Rule]]:
    """Each metric with every rule that holds for it."""
    held = {one.keys: one for one in found.rules}
    for name in names:
        yield from ((name, held["metrics", entry.pattern, key]) for key, entry in found.policy.deciding(name).items())
