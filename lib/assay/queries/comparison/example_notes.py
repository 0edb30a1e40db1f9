"""What must be known beside an example-level comparison?"""

import math

from assay.model.comparison import OF_PREDICTIONS, Statistic
from assay.model.evidence import LABEL
from assay.model.examples import ExampleComparison, ExampleSide

_BEYOND = {Statistic.P90: 10, Statistic.P95: 20, Statistic.P99: 100}
_FEWEST_BEYOND = 10


def warnings(found: ExampleComparison) -> tuple[str, ...]:
    """Sentences on what was left out and on what was read instead of what was asked for."""
    said = []
    words = found.statistic.words
    if found.statistic in OF_PREDICTIONS:
        said.append(
            f"{found.metric} is computed from the scores' columns {LABEL} and {found.column}: examples and slices have "
            "none of their own."
        )
    elif found.column != found.metric:
        said.append(f"{found.metric} is read from the scores' column {found.column}.")
    if found.id_column != "example_id":
        said.append(f"The scores have no example_id: examples are matched by their {found.id_column}.")
    said += _partners(found)
    for side in (found.baseline, found.candidate):
        said += _side(side)
    if found.statistic is not Statistic.MEAN and found.statistic not in OF_PREDICTIONS:
        said.append(f"Slices compare means: by the {words} there are none.")
    return (
        *said,
        *(
            f"{text}, fewer than {_FEWEST_BEYOND}: its interval covers less than it says."
            for text in _tail(found, few=True)
        ),
    )


def caveats(found: ExampleComparison) -> tuple[str, ...]:
    """What the difference does not speak of."""
    return (*(f"{text}." for text in _tail(found, few=False)), *_trainings(found))


def _tail(found: ExampleComparison, *, few: bool) -> list[str]:
    """On how many examples a high quantile rests; `few`: where these are fewer than ten, else where they are not."""
    n = found.examples or min(found.baseline.examples, found.candidate.examples)
    beyond = n / _BEYOND.get(found.statistic, math.inf)
    if found.statistic not in _BEYOND or few != (beyond < _FEWEST_BEYOND):
        return []
    return [f"With {_examples(n)} the {found.statistic.words} rests on about {max(1, round(beyond)):,}"]


def _trainings(found: ExampleComparison) -> tuple[str, ...]:
    fewest, most = sorted((found.baseline.runs, found.candidate.runs))
    if found.unit == "both" and found.difference.interval is not None:
        return ("The interval allows for other seeds and for other examples of this kind.",)
    if fewest == most == 1:
        return ("1 training per side: this compares two checkpoints, not two methods.",)
    runs = f"{fewest}" if fewest == most else f"{found.baseline.runs} and {found.candidate.runs}"
    wider = "; seeds × examples speaks of new ones" if found.statistic is Statistic.MEAN else ""
    averaged = (
        f"their {found.statistic.words} averaged" if found.statistic in OF_PREDICTIONS else "averaged for each example"
    )
    return (f"{runs} trainings per side, {averaged}: resampling examples speaks of these trainings only{wider}.",)


def _partners(found: ExampleComparison) -> list[str]:
    base, other = found.baseline, found.candidate
    if not found.examples:
        return [
            f"{base.label} and {other.label} share no example id, so their {base.examples:,} and {other.examples:,} "
            "examples are compared unpaired."
        ]
    alone = [f"{_examples(side.only_here)} of {side.label}" for side in (base, other) if side.only_here]
    if not alone:
        return []
    return [f"{' and '.join(alone)} lack a partner on the other side and are left out; {found.examples:,} are shared."]


def _side(side: ExampleSide) -> list[str]:
    said = []
    if side.uneven:
        said.append(
            f"{side.label}: {_examples(side.uneven)} are scored in only some of its {side.runs} runs and left out; "
            f"{side.examples:,} are in every one."
        )
    if side.undefined:
        said.append(f"{side.label}: {_scores(side.undefined)} that are no finite number are left out.")
    if side.repeated:
        said.append(f"{side.label}: {_scores(side.repeated)} whose example id is repeated within a run are left out.")
    if side.not_logged:
        count = f"{len(side.not_logged):,} run{'' if len(side.not_logged) == 1 else 's'}"
        said.append(f"{side.label}: {count} without usable example scores left out ({side.not_logged[0].reason}).")
    return said


def _examples(count: int) -> str:
    return "1 example" if count == 1 else f"{count:,} examples"


def _scores(count: int) -> str:
    return "1 score" if count == 1 else f"{count:,} scores"
