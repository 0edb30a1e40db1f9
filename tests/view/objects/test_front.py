"""The documented JSON object of a front."""

from dataclasses import replace

from assay.model.criteria import Limit
from assay.view.objects import plain
from assay.view.objects.front import front
from fronted import F1, LATENCY, fronted


def test_runs_and_replicates_are_counted_apart_as_a_comparison_counts_them() -> None:
    found = fronted({"a": (0.9, 1.0)}, (F1, LATENCY))
    point = replace(found.points[0], run_ids=("r1", "r2", "r3"), n=2)
    own = front(replace(found, points=(point,)))["front"][0]
    assert (own["n"], own["replicates"]) == (3, 2)


def test_limits_are_numbers_beside_their_comparators() -> None:
    found = replace(fronted({"a": (0.9, 1.0)}, (F1, LATENCY)), limits=(None, Limit("<", 300.0)))
    assert plain(front(found))["limits"] == {LATENCY.name: {"comparator": "<", "threshold": 300.0}}
