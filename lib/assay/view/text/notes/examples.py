"""The words for what there is to say of a comparison by examples."""

from collections.abc import Mapping

from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import OF_PREDICTIONS, Statistic
from assay.model.evidence.files import LABEL
from assay.model.note import Code
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import count, p_phrase, percent


def _of(template: str) -> Words:
    """A template with `{term}`, the name of the note's statistic."""
    return lambda said: template.format_map(said | {"term": Statistic(said["statistic"]).term})


def _not_binary(said: Said) -> str:
    more = f" and {said['more']} more" if said["more"] else ""
    other = "; f1_macro takes any" if said["macro"] else ""
    return f"{said['metric']} needs the labels 0 and 1, and they are {said['labels']}{more}{other}"


def _no_column(said: Said) -> str:
    whose = ("the", "its", "their")[min(said["runs"], 2)]
    parts = [f"{said[kind]} ({kind})" for kind in ("metrics", "slices") if said[kind]]
    held = f"they hold {' and '.join(parts) or 'nothing but ids'}"
    line = f"; `{said['line']}` with the columns {LABEL} and {said['said']} logs what it can be computed from"
    lacks = f"{whose} example scores have no column {said['column']!r}"
    return f"{lacks}; {held}{line if said['line'] else ''}"


def _unknown_slice(said: Said) -> str:
    known = ", ".join(map(repr, said["known"])) or "no text column at all"
    return f"There is no column {said['name']!r} to slice by. The example scores hold {known}."


def _unknown_cluster(said: Said) -> str:
    known = ", ".join(map(repr, said["known"])) or "no text column at all"
    return f"There is no column {said['name']!r} to cluster by. The example scores hold {known}."


def _alike(said: Said) -> str:
    """Where ignoring it flatters, and what to do about it."""
    how = f"ICC {said['icc']:.2f}, {p_phrase(said['p'])}, {count(said['clusters'], 'cluster')}"
    return (
        f"Examples of one {said['column']} are alike ({how}). If it names where examples come from, as a document or a "
        f"person does, cluster by it: the interval is then {said['wider']:.1f} times as wide."
    )


def _large(said: Said) -> str:
    return (
        f"One {said['column']} holds {percent(said['share'])} of the examples: the interval rests on few degrees of "
        "freedom."
    )


def _without_partner(said: Said) -> str:
    """Of a pair of sides those that have such examples."""
    pairs = zip(said["alone"], said["names"], strict=True)
    alone = " and ".join(f"{count(n, 'example')} of {name}" for n, name in pairs if n)
    return f"{alone} lack a partner on the other side and are left out; {said['shared']:,} are shared."


def _these_trainings(said: Said) -> str:
    ours, theirs, statistic = said["baseline"], said["candidate"], Statistic(said["statistic"])
    runs = f"{ours}" if ours == theirs else f"{ours} and {theirs}"
    averaged = f"their {statistic.term} averaged" if statistic in OF_PREDICTIONS else "averaged for each example"
    wider = "; seeds × examples speaks of new ones" if statistic is Statistic.MEAN else ""
    return f"{runs} trainings per side, {averaged}: resampling examples speaks of these trainings only{wider}."


WORDS: Mapping[Code, Words] = {
    Says.NO_SHARED_EXAMPLE: "the two sides share no example",
    Says.NO_EXAMPLE: "one side has no example score",
    Says.FEW_EXAMPLES: "{n:example} on both sides, fewer than the {needed} that a verdict may rest on",
    Says.FEW_SEEDS: (
        "{n:paired run}, fewer than the {needed} that are needed to tell the luck of seeds from that of examples"
    ),
    Says.EXAMPLES_ALIKE: "no variation seen in {n} examples, so there is no interval and no p value",
    Says.SIDE_EXAMPLES_ALIKE: "no variation seen in {n:,} examples, so there is no interval",
    Says.SLICE_OF_FEW: "{n:example}, fewer than the {needed} that a verdict may rest on",
    Says.SLICE_ALIKE: "no variation seen in {n:,} examples",
    Says.MEANS_ONLY: "what is missing here is told of means only",
    Says.UNDEFINED: _of("the {term} of these examples is undefined"),
    Says.MOSTLY_UNDEFINED: _of("in a tenth or more of the resamples the {term} is undefined"),
    Says.SAME_DIFFERENCE: _of(
        "every resample gives the same difference of the {term}, so there is no interval and no p value"
    ),
    Says.SAME_VALUE: _of("no resample of {n:,} examples changes the {term}, so there is no interval"),
    Says.NO_RUN: "{side}: no finished run to take example scores from",
    Says.SIDE_LACKS: "{side}: {why}",
    Says.OTHER_SIDE_EMPTY: "the other side has nothing to compare with",
    Says.NO_FLIPS: "scores are not 0 or 1: no flips",
    Says.NO_FLIPS_OF_STATISTIC: _of("no example has a {term} of its own: no flips"),
    Says.ONE_CLUSTER: "all examples are of one cluster, and a verdict needs {needed} or more",
    Says.FEW_CLUSTERS: "{n:cluster} on a side, fewer than the {needed} that a verdict may rest on",
    Says.CLUSTERS_ALIKE: "no variation seen between {n:cluster}, so there is no interval and no p value",
    Says.NO_STATISTIC_OF_IT: _of("{metric} is computed from all examples together, so there is no {term} of it"),
    Says.NOT_A_MEAN: "seeds × examples compares means, and {metric} is none; choose the unit examples",
    Says.NO_LABEL: "one side has no example with a label that its runs agree on",
    Says.NOT_BINARY: _not_binary,
    Says.ONE_LABEL: "{metric} needs both labels, 0 and 1, among the examples of each side",
    Says.LABELS_DIFFER: "{n:example} whose label differs between runs {n:is|are} left out.",
    Says.PREDICTIONS_ARE_NO_LABELS: "No prediction of one side is any of the labels: are they written alike?",
    Says.SCORES_NOT_LOGGED: "no example scores are logged; `{line}` logs them",
    Says.NO_COLUMN: _no_column,
    Says.UNKNOWN_SLICE: _unknown_slice,
    Says.UNKNOWN_CLUSTER: _unknown_cluster,
    Says.CLUSTER_NEEDS_EXAMPLES: (
        "Clusters are of examples: {column} needs the unit examples or both, and the unit is seeds."
    ),
    Says.COMPUTED: (
        f"{{metric}} is computed from the scores' columns {LABEL} and {{column}}: examples and slices have none of "
        "their own."
    ),
    Says.READ_FROM_COLUMN: "{metric} is read from the scores' column {column}.",
    Says.MATCHED_BY: "The scores have no example_id: examples are matched by their {column}.",
    Says.UNPAIRED_EXAMPLES: (
        "{first} and {second} share no example id, so their {baseline:,} and {candidate:,} examples are compared "
        "unpaired."
    ),
    Says.WITHOUT_PARTNER: _without_partner,
    Says.UNEVEN: (
        "{side}: {n:example} are scored in only some of its {runs} runs and left out; {kept:,} are in every one."
    ),
    Says.SCORES_UNDEFINED: "{side}: {n:score} that are no finite number, or not known, are left out.",
    Says.IDS_REPEATED: "{side}: {n:score} whose example id is repeated within a run are left out.",
    Says.ROWS_AVERAGED: (
        "{side}: {rows:,} rows are of {n:example} that {n:has|have} several in one run; they are averaged there, so "
        "that each counts once."
    ),
    Says.CLUSTER_MISSING: "{n:example} {n:has|have} no {column} and {n:is|are} a cluster of {n:its|their} own.",
    Says.CLUSTER_DIFFERS: (
        "{n:example} {n:has|have} another {column} in another row, run or side and {n:is|are} a cluster of "
        "{n:its|their} own."
    ),
    Says.RUNS_NOT_LOGGED: "{side}: {n:run} without usable example scores left out ({why}).",
    Says.SLICES_ARE_OF_MEANS: _of("Slices compare means: by the {term} there are none."),
    Says.DIFFERENCES_SKEWED: (
        "The differences of {n:example} are skewed ({skew:.1f}), so a t interval covers less than it says; compare the "
        "bootstrap's beside it, or more examples."
    ),
    Says.TOO_MANY_TO_DRAW: (
        "{method} was asked for but would draw {n:,} examples {resamples:,} times; with so many examples {instead} "
        "gives the same answer and is used."
    ),
    Says.PERCENTILE_INSTEAD: _of("{method} was asked for but is made for means; for the {term} percentile is used."),
    Says.CLUSTERED_INSTEAD: "{method} was asked for but is made for independent examples; {instead} is used.",
    Says.COLUMNS_ARE_CLUSTERS: "Seeds × {n:cluster} of {column}: clusters take the place of examples.",
    Says.FEWER_RESAMPLES: ("{n:,} examples are drawn {resamples:,} times instead of {asked:,}, to answer in time."),
    Says.ALIKE: _alike,
    Says.CLUSTERS_OF_ONE: "Every {column} is of a single example, so that there is nothing to cluster by.",
    Says.LARGE_CLUSTER: _large,
    Says.FEW_BEYOND: _of(
        "With {n:example} the {term} rests on about {beyond:,}, fewer than {needed}: its interval covers less than "
        "it says."
    ),
    Says.BEYOND: _of("With {n:example} the {term} rests on about {beyond:,}."),
    Says.SEEDS_AND_EXAMPLES: "The interval allows for other seeds and for other examples of this kind.",
    Says.THESE_TRAININGS: _these_trainings,
}
