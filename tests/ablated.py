"""Ablations made from the scores of their cells, for tests of how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assay.analysis.ablation.answer import taken_apart
from assay.analysis.comparison.family import decided
from assay.analysis.comparison.seeds import compared
from assay.model.ablation.answer import Ablation, Arm, Component, Names
from assay.model.ablation.policy import AblationPolicy
from assay.model.ablation.question import AblationQuestion
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample, Side
from assay.model.metric import Direction, Metric, MetricUnit
from seeded import sample

Cells = Mapping[Names, Sequence[float]]

ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
LOG_LOSS = Metric("log_loss", Direction.MINIMIZE, "policy", MetricUnit.NONE, 0.02)
DEMO: Cells = {
    names: tuple(right / 540 for right in counts)
    for names, counts in {
        (): (507, 511, 498, 516, 523),
        ("pca",): (519, 519, 514, 518, 523),
        ("augmentation",): (509, 511, 503, 516, 513),
        ("pca", "augmentation"): (513, 507, 512, 514, 507),
        ("scaling",): (467, 447, 428, 427, 446),
        ("scaling", "augmentation"): (459, 441, 383, 414, 424),
        ("scaling", "pca"): (413, 289, 267, 282, 364),
        ("scaling", "pca", "augmentation"): (389, 285, 267, 281, 373),
    }.items()
}
"""The demo's accuracies of five seeds, by what is off."""

THREE = ("scaling", "pca", "augmentation")
SWITCHED = tuple(Component(name, "on", "off") for name in THREE)


def demo(*gone: Names, metric: Metric = ACCURACY, **more: Any) -> Ablation:
    """The demo's ablation without the cells `gone`; `more`: other parts of the answer."""
    cells = {off: scores for off, scores in DEMO.items() if set(off) not in map(set, gone)}
    return replace(ablated(cells, metric, components=SWITCHED), **more)


def ablated(
    cells: Cells, metric: Metric = ACCURACY, *, components: Sequence[Component] = (), seeded: bool = True
) -> Ablation:
    """Everything that these cells tell; replicates of equal places share a seed, unless not `seeded`.

    `components`: those that are off somewhere unless given.
    """
    found = {name: None for off in cells for name in off}
    known = tuple(components) or tuple(map(Component, found))
    order = sorted(cells, key=len)
    arms = [Arm(off, Side(own), own.filter) for off in order for own in [_sample(off, cells[off], seeded=seeded)]]
    if not order or order[0]:
        arms.insert(0, Arm((), Side(_sample((), (), seeded=seeded)), ""))
    full, *single = (arm.side.sample for arm in arms if len(arm.off) < 2)
    rules = Rules()
    [comparison] = decided([compared(metric, full, single, rules)], rules)
    asked = AblationQuestion(metric.name, tuple(one.name for one in known))
    return taken_apart(asked, rules, AblationPolicy(), known, arms, comparison)


def _sample(off: Names, scores: Sequence[float], *, seeded: bool) -> Sample:
    label = f"without-{'-'.join(off)}" if off else "full"
    return sample(label, scores, () if seeded else None)
