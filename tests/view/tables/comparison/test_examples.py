"""Tables of a comparison by examples."""

from dataclasses import replace

from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Example, Flips, Slice
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import ExampleCounts, NotLogged
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.view.tables.comparison import examples as tables
from assay.view.tables.comparison.metrics import metrics
from assay.view.tables.comparison.sides import sides
from assay.view.text.comparison.scale import scale_of
from examined import DIFFERENCE, REACH, answer, candidate

SLICES = (
    Slice("lang", "de", 40, 0.9, 0.8, -0.1, REACH, 0.01, 0.02, verdict=Verdict.WORSE),
    Slice(
        "lang", "fr", 2, 0.9, 0.95, 0.05, verdict=Verdict.TOO_FEW,
        reason=note(ExampleNote.SLICE_OF_FEW, n=2, needed=5),
    ),
)  # fmt: skip


def test_sides_hold_trainings_and_examples_and_no_verdict_without_a_difference() -> None:
    none = candidate(difference=replace(DIFFERENCE, value=None, interval=None))
    table = sides(answer(none), scale_of(answer().first))
    assert table.frame["verdict"].tolist() == [[], []]
    assert table.frame["side"].tolist() == ["model=a (baseline)", "model=b"]
    assert (table.frame["runs"].tolist(), table.frame["examples"].tolist()) == ([2, 2], [200, 200])
    assert table.alt == "Baseline and candidates compared by examples on accuracy"


def test_runs_without_example_scores_are_counted_as_left_out() -> None:
    own = candidate()
    counts = ExampleCounts(200, not_logged=(NotLogged("r3", note(ExampleNote.NO_EXAMPLE)),))
    sample = replace(own.side.sample, excluded={Exclusion.FAILED: 2})
    found = answer(replace(own, side=replace(own.side, examples=counts, sample=sample)))
    left = sides(found, scale_of(found.first)).frame["excluded"].tolist()
    assert left == ["", "2 failed, 1 without example scores of accuracy"]


def test_a_median_is_nowhere_called_a_mean() -> None:
    found = answer(statistic=Statistic.MEDIAN)
    table, every = sides(found, scale_of(found.first)), metrics(found)
    assert table.columns["mean"].header == "accuracy, %, median"
    assert table.columns["interval"].header == "95 % CI of the median"
    assert [every.columns[side].header for side in ("baseline", "value")] == ["model=a, median", "model=b, median"]
    assert every.frame["value"].tolist() == ["93.0"]


def test_f1_of_predictions_has_a_column_of_its_own_beside_means() -> None:
    mean, f1 = answer(), answer(metric="f1_macro", statistic=Statistic.MACRO_F1)
    table = metrics(replace(mean, metrics=(mean.first, f1.first)))
    assert table.frame["of"].tolist() == ["mean", "macro F1"]
    assert [table.columns[side].header for side in ("baseline", "value")] == ["model=a", "model=b"]


def test_every_metric_names_one_method_in_its_header() -> None:
    table = metrics(answer())
    assert table.columns["interval"].header == "95 % CI, percentile bootstrap, exact"
    assert table.columns["p"].header == "p, Holm over 2"
    assert table.frame["n"].tolist() == ["200"]
    assert "candidate" not in table.columns


def test_flips_are_counted_for_each_candidate_that_has_some() -> None:
    flips = Flips(3, 4, 100, 93, averaged=False, higher=True, limit=500)
    table = tables.flips(answer(candidate(flips=flips), candidate("model=c")))
    assert table.frame.to_dict("records") == [
        {"candidate": "model=b", "lost": 4, "gained": 3, "right": 100, "wrong": 93}
    ]


def test_changed_examples_show_what_they_can_be_sliced_by() -> None:
    own = candidate(slice_columns=("lang", "length"))
    changed = Example("=1+1", 1.0, 0.0, -1.0, {"lang": "de"})
    found = answer(own)
    table = tables.changes(found, own, [changed], scale_of(found.first), "Largest losses")
    assert list(table.columns) == ["id", "baseline", "candidate", "difference", "slice:lang"]
    assert table.frame.iloc[0].tolist() == ["'=1+1", "100.0", "0.0", "−100.0", "de"]


def test_slices_that_regress_most_stand_on_top_and_small_ones_say_why_not() -> None:
    found = replace(answer(candidate(slices=SLICES[::-1])), slice_comparisons=2)
    table = tables.slices(found, scale_of(found.first))
    assert table.frame["slice"].tolist() == ["lang = de", "lang = fr"]
    assert table.frame["verdict"].tolist() == [["▼ worse"], ["– too few"]]
    assert table.frame["reason"].tolist() == ["", "2 examples, fewer than the 5 that a verdict may rest on"]
    assert table.columns["p"].header == "p, Holm over 2"
    assert len(tables.slices(found, scale_of(found.first), most=1).frame) == 1
