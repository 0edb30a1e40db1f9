"""Fronts made by hand, for tests of how they are shown."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from assay.analysis.comparison.sides import side
from assay.analysis.tradeoffs.front import front as on_front
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate, Sample
from assay.model.criteria import Limit, Objective
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.runs.name import Name
from assay.model.tradeoffs.front import Front, Place, Point, Seen
from assay.model.tradeoffs.question import FrontQuestion

F1 = Metric("f1_score", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
LATENCY = Metric("latency_p95_ms", Direction.MINIMIZE, "policy", MetricUnit.MILLISECONDS)
COST = Metric("cost_per_1k_queries_usd", Direction.MINIMIZE, "policy", MetricUnit.USD)

RAG: Mapping[str, tuple[float, ...]] = {
    "both-rerank": (0.801, 371.0, 1.08),
    "both": (0.782, 238.0, 0.62),
    "hyde": (0.764, 412.0, 1.34),
    "model_only": (0.745, 214.0, 0.46),
    "bge-m3": (0.731, 164.0, 0.21),
    "bge-m3-int8": (0.724, 166.0, 0.21),
    "dim_only": (0.662, 252.0, 0.78),
    "baseline": (0.659, 246.0, 0.74),
    "e5-small": (0.618, 121.0, 0.05),
    "chunk-128": (0.048, 250.0, 0.70),
}
SPREAD = (0.013, 9.0, 0.03)


def fronted(
    means: Mapping[str, Sequence[float]] = RAG,
    metrics: Sequence[Metric] = (F1, LATENCY, COST),
    *,
    limits: Sequence[Limit | None] = (),
    candidate: str = "",
    baseline: str = "",
    n: int = 5,
    seen: Sequence[str] | None = None,
) -> Front:
    """A front of these means, `n` replicates each; whoever is near the front may be on it."""
    generator = np.random.default_rng(3)
    way = [metric.direction for metric in metrics]
    order = sorted(means, key=lambda name: -metrics[0].direction.gain(means[name][0]))
    table = np.array([means[name][: len(metrics)] for name in order])
    on = on_front(table, way)
    points, shown = [], {}
    for place, name in enumerate(order):
        where = Place.ON_FRONT if on[place] else Place.POSSIBLE if name.endswith("int8") else Place.BEATEN
        chance = {Place.ON_FRONT: 0.97, Place.POSSIBLE: 0.6, Place.BEATEN: 0.0}[where] if n > 2 else None
        ids = tuple(f"{name}-{seed}" for seed in range(n))
        points.append(
            Point(
                Name((("variant", name),), bare=True), {"variant": name}, f"params.variant = '{name}'", "rag", ids, n,
                tuple(map(float, table[place])), bool(on[place]), where, chance,
            )
        )  # fmt: skip
        if name in (candidate, baseline) or (where is not Place.BEATEN if seen is None else name in seen):
            sides = []
            for k, mean in enumerate(table[place]):
                noise = generator.normal(0, SPREAD[k % 3] * abs(mean) / RAG["both"][k % 3], n)
                scores = mean + noise - noise.mean()
                replicates = tuple(Replicate((ids[i],), (float(score),), str(i)) for i, score in enumerate(scores))
                sides.append(side(Sample(name, points[-1].filter, replicates), Rules()))
            shown[place] = Seen(tuple(sides))
    stairs = {}
    for first, second in combinations(range(len(metrics)), 2):
        pair = on_front(table[:, [first, second]], [way[first], way[second]])
        stairs[first, second] = tuple(int(place) for place in np.flatnonzero(pair))
    asked = FrontQuestion(tuple(Objective(metric.name) for metric in metrics), ("rag",))
    return Front(
        asked,
        Rules(),
        tuple(metrics),
        tuple(points),
        shown,
        stairs,
        limits=tuple(limits) or (None,) * len(metrics),
        baseline=order.index(baseline) if baseline else None,
        candidate=order.index(candidate) if candidate else None,
    )
