"""A scorecard in words: who meets the team's thresholds, what is missing, and what was lost against the baseline."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assay.model.note import Note, gathered, note
from assay.model.rules import PolicyNote, RuleBook
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.scorecard import GroupScore, Judgement, Regression, Scored, Status
from assay.view.text.comparison.caveats import of_metrics
from assay.view.text.escape import code, flat, markdown
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import Scale, count, percent, scale
from assay.view.text.tradeoffs.front import Namer, brief
from assay.view.text.tradeoffs.scale import limit
from assay.view.text.verdicts import Mark

MARKS = {
    Status.ALERT: Mark("!!", "alert", "red"),
    Status.MISSED: Mark("✕", "missed", "red"),
    Status.UNCERTAIN: Mark("≈", "uncertain", "orange"),
    Status.NOT_LOGGED: Mark("–", "not logged", "gray"),
    Status.MET: Mark("✓", "met", "green"),
}
"""Glyph, word and colour of every status, gravest first."""

WORSE = Mark("▼", "worse", "red")
OPEN = Mark("!", "cannot exclude", "orange")

_LOST = (Status.ALERT, Status.MISSED)
_WITHOUT_SCORE = {
    *(ScorecardNote.NO_CARDS, ScorecardNote.NO_MATCHING_CARD),
    *(ScorecardNote.NONE_LOGGED, ScorecardNote.NO_RUN_FOUND),
}
_MOST_NAMED = 3
_FINER = 2


def mark(found: Scored) -> Mark:
    """The gravest status of all; grey where there is no score."""
    if found.score is None:
        return MARKS[Status.NOT_LOGGED]
    return next(own for status, own in MARKS.items() if found.of(status))


def headline(found: Scored, *, name: Namer = code) -> str:
    """Who meets the card's thresholds, else what is missed and missing; Markdown unless `name` says otherwise."""
    who = brief(name)(found.candidate)
    card, why = found.card, _unscored(found)
    if card is None or why:
        return (as_markdown if name is code else words)(why, found.labels)
    asked, total = _text(card.name, name), len(found.judgements)
    lost, met = found.of(*_LOST), found.of(Status.MET)
    if len(met) == total:
        return f"{who} meets {'the threshold' if total == 1 else f'all {total} thresholds'} of {asked}{by_value(met)}."
    rest = [_counted(found, status, name) for status in (Status.UNCERTAIN, Status.NOT_LOGGED) if found.of(status)]
    if not lost:
        return f"{who} is not shown to meet {asked}: {', '.join([*rest, f'{len(met)} of {total} met'])}."
    ranked = sorted(lost, key=lambda one: one.status is not Status.ALERT)
    named = [_missed(one, name) for one in ranked[:_MOST_NAMED]]
    more = [f"{len(lost) - _MOST_NAMED} more"] if len(lost) > _MOST_NAMED else []
    tail = f"; {', '.join(rest)}" if rest else ""
    return f"{who} misses {len(lost)} of {count(total, 'threshold')} of {asked}: {', '.join([*named, *more])}{tail}."


def by_value(met: Sequence[Judgement]) -> str:
    """`, 2 of them by a value that did not vary`; nothing where all of them rest on an interval."""
    still = sum(own.reason is not None and own.reason.code is ScorecardNote.JUDGED_BY_VALUE for own in met)
    of = "" if len(met) == 1 else f"{still} of them "
    return f", {of}by a value that did not vary" if still else ""


def score(found: Scored) -> str:
    """`Score 0.62 of 1.00; 0.80 if both uncertain ones turn out met.`; nothing where there is none."""
    if found.card is None or found.score is None or found.possible is None:
        return ""
    open_ = len(found.of(Status.UNCERTAIN))
    which = {1: "the uncertain one turns", 2: "both uncertain ones turn"}.get(open_, f"all {open_} uncertain ones turn")
    more = f"; {found.possible:.2f} if {which} out met" if open_ else ""
    weight = found.card.weight
    of = "of 1.00" if weight == 1 else f"({sum(own.met for own in found.groups):.2f} of {weight:.2f} by weight)"
    return f"Score {found.score:.2f} {of}{more}."


def group(own: GroupScore) -> str:
    """`0.30 of 0.40`, with what is possible where that is more: `0.30 of 0.40, 0.40 possible`."""
    more = f", {own.possible:.2f} possible" if own.possible != own.met else ""
    return f"{own.met:.2f} of {own.weight:.2f}{more}"


def basis(found: Scored, book: RuleBook) -> str:
    """How it was judged, and whose card it is, with its place in the policy's file: `the team's, policy.yaml:41`."""
    if found.card is None:
        return ""
    card, rules = found.card, found.rules
    line = book.line(card.name)
    place = f", {flat(Path(book.policy.origin).name)}:{line}" if line else ""
    whose = "shipped with Assay" if card.shipped else f"the team's{place}"
    return (
        f"Judged on the whole {percent(rules.level)} interval of {count(rules.fewest, 'run')} or more; what is not "
        f"logged counts as not met. {flat(card.name)} is {whose}."
    )


def regressions(found: Scored, *, name: Namer = code) -> str:
    """What was lost against the baseline, and what may have been; nothing without a baseline or a shared metric."""
    if not found.baseline or not found.family:
        return ""
    lost = [own for own in found.regressions if own.lost]
    open_ = [own for own in found.regressions if not own.lost]
    base = brief(name)(found.baseline)
    of = f"of {found.family} metrics (p corrected over all)" if found.family > 1 else "of the one metric they share"
    said = f"Worse than {base} on {len(lost) or 'none'} {of}"
    said += f": {_listed(lost, name)}" if lost else ""
    if open_:
        said += f"; a loss that matters cannot be excluded on {len(open_)}: {_listed(open_, name)}"
    return f"{said}."


def to_log(found: Scored) -> tuple[str, ...]:
    """A line of training code for each metric of the card that is not logged; none where nothing of it is."""
    if found.score is None:
        return ()
    return tuple(
        f"mlflow.log_metric({json.dumps(one.metric.name, ensure_ascii=False)}, value)"
        for one in found.of(Status.NOT_LOGGED)
        if one.reason is None or one.reason.code is not ScorecardNote.CRITERION_UNUSABLE
    )


def warnings(found: Scored) -> tuple[str, ...]:
    """What deserves a look: of the sides, then of single metrics, the same of several together."""
    said = [words(own, found.labels) for own in gathered(found.notes)]
    metrics: dict[str, list[str]] = {}
    for one in found.judgements:
        for own in one.notes:
            metrics.setdefault(words(own, found.labels), []).append(one.metric.name)
    return (*said, *(of_metrics(names, text) for text, names in metrics.items()))


def doubts(found: Scored, book: RuleBook) -> tuple[str, ...]:
    """The warnings below a headline: without the one that it is made of, and with the line that the card stands in."""
    why = _unscored(found)
    rest = (_placed(own, book) for own in found.notes if own != why)
    return warnings(replace(found, notes=tuple(rest)))


def _unscored(found: Scored) -> Note | None:
    """Why there is no score, where there is none."""
    if found.score is not None:
        return None
    return next(own for own in found.notes if own.code in _WITHOUT_SCORE)


def _placed(own: Note, book: RuleBook) -> Note:
    """Where the policy's file has what a note says of a card's weights, which the answer does not hang on."""
    if own.code is not PolicyNote.WEIGHTS_NOT_ONE:
        return own
    return note(own.code, *own.sides, **dict(own.values), line=book.line(str(own["name"])))


def scale_of(one: Judgement) -> Scale:
    """How a criterion's numbers are written: fine enough to tell them from the threshold, as far as that goes."""
    usual = scale(one.metric.unit, one.side.sample.scores, [one.side.std])
    ends = (one.side.interval.low, one.side.interval.high) if one.side.interval else ()
    seen = [value * usual.factor for value in (one.side.value, *ends) if value is not None]
    wanted = one.criterion.threshold.value * usual.factor
    for digits in range(usual.digits, usual.digits + _FINER):
        if all(round(value, digits) != round(wanted, digits) or value == wanted for value in seen):
            return replace(usual, digits=digits)
    return replace(usual, digits=usual.digits + _FINER)


def _missed(one: Judgement, name: Namer) -> str:
    """`latency_p99_ms is beyond its alert (1,612 ms, > 1,500 ms)`."""
    shown, metric = scale_of(one), _text(one.metric.name, name)
    value = shown.value(one.side.value)
    if one.status is Status.ALERT and one.criterion.alert:
        return f"{metric} is beyond its alert ({value}, alert {limit(one.criterion.alert, shown)})"
    return f"{metric} is missed ({value}, needs {limit(one.criterion.threshold, shown)})"


def _counted(found: Scored, status: Status, name: Namer) -> str:
    """`2 uncertain (a, b)`."""
    own = [one.metric.name for one in found.of(status)]
    return f"{len(own)} {MARKS[status].word} ({_cut([_text(metric, name) for metric in own])})"


def _listed(found: Sequence[Regression], name: Namer) -> str:
    return _cut([_text(own.metric.name, name) for own in found])


def _cut(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"


def _text(text: str, name: Namer) -> str:
    """A metric's or card's name in a sentence."""
    return markdown(text) if name is code else flat(text)
