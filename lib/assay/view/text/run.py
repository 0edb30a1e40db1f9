"""One run in a line: its name, its main score, and where that stands among its replicates."""

from math import isfinite

from assay.model.runs.detail import Detail
from assay.view.text.escape import code, markdown, short
from assay.view.text.numbers import Scale, count

_LONGEST_NAME = 60


def name(found: Detail) -> str:
    """`svc-rbf, seed 42` as code; the seed where one is logged and the name does not say it."""
    run = found.run
    own = short(run.name or run.run_id[:8], _LONGEST_NAME)
    values = [run.params[key] for key in found.seeds]
    told = len(values) != 1 or values[0] in own
    return code(own if told else f"{own}, seed {short(values[0], 12)}")


def headline(found: Detail, metric: str | None, scale: Scale) -> str:
    """`svc, seed 42`: accuracy 97.4 %, the lowest of its 5 seeds."""
    if metric is None:
        return name(found)
    value, standing = found.run.metrics[metric], found.standings.get(metric)
    said = f"{name(found)}: {markdown(short(metric, _LONGEST_NAME))} {scale.value(value)}"
    if metric in found.unknown:
        return f"{said}, which means not known"
    if standing is None or len(standing.values) < 2 or not found.counts or not isfinite(value):
        return said
    of = f"its {count(len(standing.values), 'seed' if found.seeds else 'run')}"
    low, high = standing.values[0], standing.values[-1]
    if low == high:
        return f"{said}, as all of {of}"
    if value <= low or value >= high:
        return f"{said}, the {'lowest' if value <= low else 'highest'} of {of}"
    return f"{said}, within the range of {of}"
