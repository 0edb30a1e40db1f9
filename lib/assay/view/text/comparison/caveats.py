"""How far a comparison can be trusted: what stands below the finding, and what deserves a look."""

from collections.abc import Iterable

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.note import Note, gathered
from assay.view.text.comparison.facts import UNITS
from assay.view.text.comparison.names import procedure
from assay.view.text.notes import words
from assay.view.text.numbers import percent


def caveats(found: Comparison) -> tuple[str, ...]:
    """Sentences for the caption below the headline, most important first; of several candidates over seeds the luck."""
    if found.over_seeds and not found.single and not found.first.tasks:
        return (words(found.first.luck, found.labels),) if found.first.luck else ()
    said = (text for candidate in found.first.candidates for text in _caveats(found, candidate))
    return tuple(dict.fromkeys(said))


def beside(found: Comparison, by_examples: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Caveats and warnings of slices that the comparison over seeds, beside which they stand, has not said itself."""
    first, labels = by_examples.first, by_examples.labels
    limits = dict.fromkeys(words(note, labels) for candidate in first.candidates for note in candidate.caveats)
    known = {*caveats(found), *warnings(found)}
    new = [text for text in warnings(by_examples) if text not in known]
    return tuple(text for text in limits if text not in known), tuple(new)


def _caveats(found: Comparison, candidate: Candidate) -> list[str]:
    """Over examples first how the interval was made, which over seeds is a note of its own."""
    said, interval = [], candidate.difference.interval
    if interval and candidate.examined:
        made = f"{percent(interval.level)} {procedure(interval.procedure)} interval"
        said.append(f"{made} over {UNITS[found.rules.unit]}.")
    return said + [words(note, found.labels) for note in candidate.caveats]


def warnings(found: Comparison) -> list[str]:
    """Those of every metric, each once, the same of several sides together; what not all metrics say names its own.

    What the headline gives as its reason is not said again.
    """
    told = {c.difference.reason for c in found.first.candidates}
    everywhere = set.intersection(*(set(one.notes) for one in found.metrics))
    said = [
        words(note, found.labels) for note in _ordered(note for note in found.first.notes if note in everywhere - told)
    ]
    for one in found.metrics:
        own = _ordered(note for note in one.notes if note not in everywhere and note not in told)
        said += [_of_metric(one.metric.name, words(note, found.labels)) for note in own]
    return list(dict.fromkeys(said))


def _of_metric(metric: str, text: str) -> str:
    """A sentence that says of which metric it speaks, once."""
    return text if text.startswith(f"{metric} ") else f"{metric}, {text}"


def _ordered(notes: Iterable[Note]) -> list[Note]:
    """Those that begin with the side they speak of first, the same of several sides as one."""
    return list(gathered(sorted(notes, key=lambda note: len(note.sides) != 1)))
