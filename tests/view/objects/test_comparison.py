"""The documented object of a comparison."""

import json
from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Comparison, ParamDifference, Setting
from assay.model.comparison.examples import Example, Flips
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import ExampleCounts, NotLogged
from assay.model.note import Quote, note
from assay.model.runs.exclusion import Exclusion
from assay.view.objects import plain
from assay.view.objects.comparison import comparison, sliced, slices
from examined import answer, candidate

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
ALWAYS = {
    "metric", "direction", "direction_source", "method", "level", "unit", "correction", "comparisons", "resamples",
    "seed", "filter", "baseline", "candidates", "slices", "warnings", "notes", "aim", "margin", "margin_source",
    "alpha", "simultaneous", "also", "selected_from", "data", "commits",
}  # fmt: skip
SIDE = {
    "label", "filter", "n", "replicates", "run_ids", "excluded", "left_out", "mean", "std", "interval", "method",
    "bootstrap_interval", "bootstrap_method",
}  # fmt: skip
COUNTS = {"examples", "uneven", "only_here", "undefined", "repeated", "averaged", "not_logged"}


def test_over_seeds_it_holds_scores_params_and_plans(compare: Compare) -> None:
    found = replace(compare(both=BOTH, smallest=0.01), setting=Setting((ParamDifference("k", ("1", None)),)))
    made = json.loads(json.dumps(plain(comparison(found))))
    assert set(made) == {*ALWAYS, "params"}
    assert set(made["baseline"]) == {*SIDE, "scores"}
    assert made["baseline"]["scores"][0] == {
        "run_id": "baseline-0",
        "run_ids": ["baseline-0"],
        "value": 0.659,
        "seed": "42",
    }
    assert made["params"] == [{"key": "k", "values": ["1", None]}]
    (own,) = made["candidates"]
    assert set(own) == {*SIDE, "scores", "difference", "plan"}
    assert own["difference"]["method"] == "paired t"
    assert "reason" not in own["difference"]
    assert own["plan"]["needs"][0]["effect"] == 0.01
    assert set(own["plan"]) == {
        "n",
        "paired",
        "power",
        "upper_std",
        "detectable",
        "needs",
        "permutation_n",
        "supported_margin",
    }


def test_nulls_have_a_reason_and_its_note_beside_them(compare: Compare) -> None:
    made = comparison(compare(empty=()))["candidates"][0]
    assert made["reason"] == "no finished run with a finite score of this metric"
    assert made["note"] == {"code": "side_empty"}
    assert made["plan"]["note"] == {"code": "plan_needs_spread"}
    unpaired = comparison(compare(both=BOTH, seeded=False))["candidates"][0]["difference"]
    assert unpaired["reason"] == "unpaired: there are no paired differences to have an sd"
    assert unpaired["note"] == {"code": "unpaired_std"}


def test_what_an_interval_covers_is_said_of_the_candidate_it_is_of(compare: Compare) -> None:
    notes = comparison(compare(both=BOTH, fewer=BOTH[:4]))["notes"]
    assert [(own["n"], own["sides"]) for own in notes if own["code"] == "coverage"] == [(5, ["both"]), (4, ["fewer"])]


def test_a_need_that_no_number_of_replicates_meets_has_a_reason(compare: Compare) -> None:
    (own,) = comparison(compare(both=BOTH, smallest=1e-7))["candidates"]
    assert own["plan"]["needs"] == [
        {
            "effect": 1e-7,
            "replicates": None,
            "reason": "not even a million replicates would show this difference",
            "note": {"code": "plan_beyond_a_million"},
        }
    ]


def test_slices_beside_seeds_bring_what_is_to_know_of_examples(compare: Compare) -> None:
    found, said = compare(both=BOTH), note(ExampleNote.MATCHED_BY, column="id")
    over_seeds = replace(found, metrics=(replace(found.first, notes=(note(ComparisonNote.NO_SCORE),)),))
    own = replace(candidate(), caveats=(note(ExampleNote.SEEDS_AND_EXAMPLES),))
    beside = replace(answer(own), slice_comparisons=7)
    beside = replace(beside, metrics=(replace(beside.first, notes=(note(ComparisonNote.NO_SCORE), said)),))
    made = sliced(over_seeds, beside)
    assert set(made) == {*ALWAYS, "params", "slice_comparisons"}
    assert made["slice_comparisons"] == 7
    assert [one["code"] for one in made["notes"]] == ["no_score", "coverage", "matched_by", "seeds_and_examples"]
    assert made["warnings"] == [
        "one side has no score to compare",
        "The scores have no example_id: examples are matched by their id.",
        "The interval allows for other seeds and for other examples of this kind.",
    ]


def test_without_shared_examples_no_scores_are_blamed_for_lacking_flips() -> None:
    shared, none = (comparison(answer(candidate(n=n)))["candidates"][0] for n in (200, 0))
    assert shared["note"] == {"code": "no_flips"}
    assert (none["reason"], none["note"]) == ("the two sides share no example", {"code": "no_shared_example"})


def test_what_was_left_out_is_counted_in_words(compare: Compare) -> None:
    found = compare(both=BOTH)
    base = found.first.baseline
    sample = replace(base.sample, excluded={Exclusion.NOT_LOGGED: 2, Exclusion.REPEAT: 1})
    one = replace(found.first, baseline=replace(base, sample=sample))
    made = comparison(replace(found, metrics=(one,)))
    assert made["baseline"]["excluded"] == {"f1_score not logged": 2, "exact copy of another run": 1}


def test_notes_caveats_and_luck_stand_once_with_their_sides_and_sentence(compare: Compare) -> None:
    found = compare(both=BOTH, same=BOTH, third=BOTH)
    said = note(ComparisonNote.RUNS_SHARED, 1, n=2)
    made = comparison(replace(found, metrics=(replace(found.first, notes=(said,)),)))
    assert [own["code"] for own in made["notes"]] == ["runs_shared", "coverage", "best_of_several"]
    assert [own["sides"] for own in made["notes"]] == [["both"], ["both", "same", "third"], []]
    sentence = "both: 2 runs of the baseline's stand here too; the two sides are not independent."
    assert made["notes"][0] == {"code": "runs_shared", "n": 2, "sides": ["both"], "sentence": sentence}
    assert made["warnings"] == [sentence]


def test_by_examples_every_candidate_has_its_own_baseline() -> None:
    flips = Flips(1, 0, 100, 99, averaged=False, higher=True, limit=500)
    changed = Example("e1", 0.0, 1.0, 1.0, {"lang": "de"})
    made = json.loads(json.dumps(plain(comparison(answer(candidate(flips=flips, gains=(changed,)))))))
    assert set(made) == {*ALWAYS, "statistic", "column", "id_column", "cluster", "slice_comparisons"}
    (own,) = made["candidates"]
    assert set(own) == {*SIDE, *COUNTS, "baseline", "difference", "flips", "losses", "gains"}
    assert set(own["baseline"]) == {*SIDE, *COUNTS}
    assert (own["n"], own["replicates"], own["run_ids"]) == (3, 2, ["r1", "r2", "r3"])
    assert own["flips"]["rule"] == "right is a score of 1"
    assert set(own["flips"]) == {
        "gained", "lost", "both_right", "both_wrong", "rule", "limit", "gained_examples", "lost_examples",
        "unsettled",
    }  # fmt: skip
    assert own["gains"] == [
        {"example_id": "e1", "baseline": 0.0, "candidate": 1.0, "difference": 1.0, "slices": {"lang": "de"}}
    ]


def test_no_median_stands_under_mean() -> None:
    own = comparison(answer(statistic=Statistic.MEDIAN))["candidates"][0]
    assert (own["value"], own["difference"]["value"]) == (0.93, 0.03)
    assert "mean" not in own
    f1 = comparison(answer(metric="f1", statistic=Statistic.F1))["candidates"][0]
    assert f1["reason"] == "no example has a F1 of its own: no flips"


def test_a_note_within_a_note_is_an_object() -> None:
    lacks = note(ExampleNote.SCORES_NOT_LOGGED, line=Quote("log()"))
    why = note(ExampleNote.SIDE_LACKS, 1, why=lacks)
    own = candidate(reason=why, id_column="", column="")
    own = replace(own, side=replace(own.side, examples=ExampleCounts(not_logged=(NotLogged("r1", lacks),))))
    made = plain(comparison(answer(own)))
    assert made["reason"] == "model=b: no example scores are logged; `log()` logs them"
    assert made["note"] == {"code": "side_lacks", "why": {"code": "scores_not_logged", "line": "log()"}}
    assert made["candidates"][0]["not_logged"] == [
        {
            "run_id": "r1",
            "reason": "no example scores are logged; `log()` logs them",
            "note": {"code": "scores_not_logged", "line": "log()"},
        }
    ]


def test_warnings_by_examples_are_notes_and_caveats() -> None:
    own = replace(candidate(), caveats=(note(ExampleNote.SEEDS_AND_EXAMPLES),))
    found = answer(own)
    one = replace(found.first, notes=(note(ExampleNote.MATCHED_BY, column="id"),))
    assert comparison(replace(found, metrics=(one,)))["warnings"] == [
        "The scores have no example_id: examples are matched by their id.",
        "The interval allows for other seeds and for other examples of this kind.",
    ]
    assert slices(found) == []
