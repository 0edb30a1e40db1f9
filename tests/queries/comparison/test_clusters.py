"""Comparisons whose examples come in clusters, asked of real runs with real evidence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay import evidence
from assay.errors import SelectionError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Clustering
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Aim, Method, Statistic, Unit
from assay.model.note import note
from assay.view.text.notes import words
from noted import has, only
from saying import refused
from scored import Scored
from stores import Store

from .conftest import Ask, counts, examined, one

WRITERS, EACH = 30, 8
N = WRITERS * EACH


def scores(model: str, seed: int) -> pd.DataFrame:
    """Answers about 30 writers, whose own ease a model meets in its own way."""
    rng = np.random.default_rng([seed, ord(model)])
    ease = np.random.default_rng(ord(model)).normal(scale=0.35, size=WRITERS)
    writer = np.repeat(np.arange(WRITERS), EACH)
    right = rng.random(N) < np.clip(0.7 + ease[writer], 0.02, 0.98)
    label = np.random.default_rng(1).integers(0, 2, N)
    return pd.DataFrame(
        {
            "example_id": [f"x{k:04d}" for k in range(N)],
            "accuracy": right.astype(float),
            "loss": rng.exponential(size=N) + 2 * ease[writer],
            "writer": [f"w{k:02d}" for k in writer],
            "writer_number": writer,
            "kind": np.array(["cat", "owl"])[np.arange(N) % 2],
            "alone": [f"t{k}" for k in range(N)],
            "side": np.where(writer < 3, "left", "right"),
            "label": label,
            "prediction": np.where(right, label, 1 - label),
        }
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    made = Scored(tmp_path_factory.mktemp("clustered"))
    for model in "ab":
        for seed in range(3):
            made.scored(scores(model, seed), model=model, seed=seed)
    return made


@pytest.fixture
def ask(store: Scored, asking: Callable[[Store], Ask]) -> Ask:
    return asking(store)


def width(found: Any) -> float:
    interval = one(found).difference.interval
    assert interval is not None
    return float(interval.high - interval.low)


def test_without_a_cluster_a_note_names_the_column_by_which_examples_are_alike(ask: Ask) -> None:
    found = ask()
    said = only(found.first.notes, ExampleNote.ALIKE)
    told: Any = dict(said.values)
    assert "Examples of one writer are alike (ICC 0." in words(said)
    assert "30 clusters" in words(said)
    assert examined(found).cluster is None
    wider = width(ask(cluster="writer")) / width(found)
    assert told["wider"] == pytest.approx(wider, rel=0.05)
    assert not has(ask(cluster="none").first.notes, ExampleNote.ALIKE)
    assert not has(ask(cluster="writer").first.notes, ExampleNote.ALIKE)


def test_a_cluster_column_makes_everything_count_clusters(ask: Ask) -> None:
    plain, found = ask(), ask(cluster="writer")
    difference, own = one(found).difference, examined(found).cluster
    assert own == Clustering("writer", WRITERS, own.icc if own else None)
    assert own.icc is not None
    assert own.icc > 0.05
    assert difference.value == one(plain).difference.value
    assert difference.p_method == "cluster-robust t"
    assert width(found) > 1.2 * width(plain)
    for side in (found.first.baseline, one(found).side):
        assert side.interval is not None
        assert side.interval.procedure.technique is Technique.CLUSTERED_T
    rows = {(row.column, row.category): row for row in examined(found).slices}
    assert rows["kind", "owl"].p_method == "cluster-robust t"
    assert rows["side", "left"].reason == note(ExampleNote.FEW_CLUSTERS, n=3, needed=5)
    assert {row.column for row in examined(plain).slices} == {"kind", "side", "writer"}
    assert {row.column for row in examined(found).slices} == {"kind", "side"}
    [asked, *_] = examined(ask(cluster="writer", slice_by="writer")).slices
    assert asked.reason == note(ExampleNote.ONE_CLUSTER, needed=5)
    flips = examined(found).flips
    assert flips == examined(plain).flips
    numbered = one(ask(cluster="writer_number")).difference
    assert numbered.p_value == pytest.approx(difference.p_value)


def test_right_and_wrong_of_one_run_a_side_are_judged_by_clusters(ask: Ask) -> None:
    sides = {f: f"params.model = '{f}' and params.seed = '0'" for f in "ab"}
    found = ask(cluster="writer", baseline=sides["a"], candidates=(sides["b"],))
    assert one(found).difference.p_method == "cluster-robust t"
    assert found.first.baseline.interval is not None
    assert found.first.baseline.interval.method == "cluster-robust t"
    assert examined(found).flips is not None


@pytest.mark.parametrize(
    ("metric", "more", "how"),
    [
        ("accuracy", {"method": Method.PERCENTILE}, "percentile bootstrap of clusters, 1,000 resamples, inverted"),
        ("accuracy", {"method": Method.PERMUTATION}, "1,000 sign flips of clusters"),
        ("accuracy", {"unit": Unit.BOTH}, "two-way t"),
        (
            "loss",
            {"statistic": Statistic.P90},
            "percentile bootstrap of clusters of the p90, 1,000 resamples, inverted",
        ),
        ("f1_macro", {}, "percentile bootstrap of clusters of the macro F1, 1,000 resamples, inverted"),
    ],
)
def test_whole_clusters_are_drawn_and_flipped(ask: Ask, metric: str, more: dict[str, Any], how: str) -> None:
    plain, found = (ask(metric, cluster=cluster, resamples=1000, **more) for cluster in ("none", "writer"))
    assert one(found).difference.p_method == how
    assert width(found) > 1.1 * width(plain)
    assert one(found).difference.value == pytest.approx(one(plain).difference.value)
    own = examined(found).cluster
    assert own is not None
    assert own.clusters == WRITERS


def test_clusters_of_one_change_nothing_and_say_so(ask: Ask) -> None:
    found, plain = ask(cluster="alone"), ask(cluster="none")
    assert one(found).difference == one(plain).difference
    assert examined(found).cluster is None
    assert only(found.first.notes, ExampleNote.CLUSTERS_OF_ONE) == note(ExampleNote.CLUSTERS_OF_ONE, column="alone")


def test_few_clusters_or_one_carry_no_verdict(ask: Ask) -> None:
    found = one(ask(cluster="kind")).difference
    assert (found.verdict, found.reason) == (Verdict.TOO_FEW, note(ExampleNote.FEW_CLUSTERS, n=2, needed=5))
    both = one(ask(cluster="kind", unit=Unit.BOTH)).difference
    assert (both.verdict, both.reason) == (Verdict.TOO_FEW, note(ExampleNote.FEW_CLUSTERS, n=2, needed=5))
    large = ask(cluster="side")
    assert "One side holds 90 % of the examples" in words(only(large.first.notes, ExampleNote.LARGE_CLUSTER))


def test_a_column_that_is_not_there_and_seeds_that_have_no_clusters_are_refused(ask: Ask) -> None:
    with refused(SelectionError, "There is no column 'author' to cluster by"):
        ask(cluster="author")
    with refused(SelectionError, "writer needs the unit examples or both"):
        ask(cluster="writer", unit=Unit.SEEDS)


def test_several_rows_of_an_example_are_averaged_and_what_names_no_cluster_is_counted(
    tmp_path: Path, asking: Callable[[Store], Ask]
) -> None:
    made = Scored(tmp_path / "store")
    for model in "ab":
        rows = pd.concat([scores(model, seed).iloc[:40] for seed in range(4)]).sort_values("example_id")
        writers = rows["writer"].where(rows["example_id"] != "x0000")
        run_id = made.scored(None, model=model)
        evidence.log_scores(rows.assign(writer=writers), run_id=run_id, client=made.client)
    found = asking(made)(cluster="writer")
    assert counts(one(found).side).averaged == (160, 40)
    assert examined(found).n == 40
    assert {
        "a: 160 rows are of 40 examples that have several in one run; they are averaged there, so that each "
        "counts once."
    } <= {words(said, found.labels) for said in found.first.notes}
    assert only(found.first.notes, ExampleNote.CLUSTER_MISSING) == note(
        ExampleNote.CLUSTER_MISSING, column="writer", n=1
    )
    own = examined(found).cluster
    assert own is not None
    assert own.clusters == 6
    assert one(found).difference.p_method == "cluster-robust t"


def test_margins_and_simultaneous_intervals_count_clusters_too(ask: Ask) -> None:
    plain, counted = (ask(aim=Aim.NO_WORSE, margin=0.5, cluster=by) for by in ("none", "writer"))
    assert width(counted) > width(plain)
    assert one(counted).difference.verdict is Verdict.NO_WORSE
    together = ask("accuracy", "loss", cluster="writer", simultaneous=True)
    alone = ask("accuracy", "loss", cluster="writer")
    assert width(together) > width(alone)
