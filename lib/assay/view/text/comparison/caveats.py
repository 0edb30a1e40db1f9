"""How far a comparison can be trusted: what stands below the finding, and what deserves a look."""

from collections.abc import Iterable, Sequence

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.notes import ComparisonNote, TaskNote
from assay.model.note import Note, gathered
from assay.view.text.comparison.facts import UNITS
from assay.view.text.comparison.names import procedure
from assay.view.text.notes import words
from assay.view.text.numbers import count, percent

_METHOD = {ComparisonNote.COVERAGE, ComparisonNote.RESTS_ON_NORMALITY, TaskNote.COVERAGE_OVER_TASKS}
_MOST_METRICS = 3


def limits(found: Comparison) -> tuple[str, ...]:
    """What the claims do not speak of, most important first; of several candidates over seeds the winner's luck."""
    if found.over_seeds and not found.single and not found.first.tasks:
        return (words(found.first.luck, found.labels),) if found.first.luck else ()
    notes = (note for candidate in found.first.candidates for note in candidate.caveats if note.code not in _METHOD)
    return tuple(dict.fromkeys(words(note, found.labels) for note in notes))


def method(found: Comparison) -> tuple[str, ...]:
    """How the intervals of the first metric were made, how often such ones are right, and what the verdict rests on."""
    first = found.first
    said = [text for candidate in first.candidates for text in _made(found, candidate)]
    notes = [note for candidate in first.candidates for note in candidate.caveats] + list(first.notes)
    rests = gathered(note for note in notes if note.code in _METHOD)
    return tuple(dict.fromkeys([*said, *(words(note, found.labels) for note in rests)]))


def beside(found: Comparison, by_examples: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Caveats and warnings of slices that the comparison over seeds, beside which they stand, has not said itself."""
    first, labels = by_examples.first, by_examples.labels
    rests = dict.fromkeys(words(note, labels) for candidate in first.candidates for note in candidate.caveats)
    known = {*limits(found), *method(found), *warnings(found)}
    new = [text for text in warnings(by_examples) if text not in known]
    return tuple(text for text in rests if text not in known), tuple(new)


def _made(found: Comparison, candidate: Candidate) -> list[str]:
    """Over examples how the interval was made, which over seeds is a note of its own."""
    interval = candidate.difference.interval
    if interval is None or candidate.examined is None:
        return []
    return [f"{percent(interval.level)} {procedure(interval.procedure)} interval over {UNITS[found.rules.unit]}."]


def warnings(found: Comparison) -> list[str]:
    """Those of every metric; see `of_headline`."""
    return [*of_headline(found), *of_others(found)]


def of_headline(found: Comparison) -> list[str]:
    """What deserves a look on the first metric, each once, the same of several sides together.

    What not all metrics say names its own. What the headline gives as its reason is not said again, nor what `method`
    says.
    """
    return [text for text, own in _warnings(found).items() if own]


def of_others(found: Comparison) -> list[str]:
    """What deserves a look on other metrics alone."""
    return [text for text, own in _warnings(found).items() if not own]


def _warnings(found: Comparison) -> dict[str, bool]:
    """Each with whether the first metric says it."""
    told = {c.difference.reason for c in found.first.candidates}
    # Of a single candidate `limits` says it.
    said = _METHOD | ({ComparisonNote.SIDE_IS_CHECKPOINT} if found.single else set())
    metrics: dict[str, list[str]] = {}
    for one in found.metrics:
        for note in _ordered(note for note in one.notes if note not in told and note.code not in said):
            metrics.setdefault(words(note, found.labels), []).append(one.metric.name)
    every, first = len({one.metric.name for one in found.metrics}), found.first.metric.name
    ranked = sorted(metrics, key=lambda text: len(set(metrics[text])) < every)
    return {
        text if len(set(metrics[text])) == every else of_metrics(metrics[text], text): first in metrics[text]
        for text in ranked
    }


def of_metrics(metrics: Sequence[str], text: str) -> str:
    """A sentence that says of which metrics it speaks, once."""
    names = list(dict.fromkeys(metrics))
    if text.startswith(f"{names[0]} "):
        return text
    more = len(names) - _MOST_METRICS
    named = ", ".join(names[:_MOST_METRICS]) + (f" and {count(more, 'more metric')}" if more > 0 else "")
    return f"On {named}, {text}"


def _ordered(notes: Iterable[Note]) -> list[Note]:
    """Those that begin with the side they speak of first, the same of several sides as one."""
    return list(gathered(sorted(notes, key=lambda note: len(note.sides) != 1)))
