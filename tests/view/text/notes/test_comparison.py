"""The words of comparisons: every code has some, and those that a template can't say are said."""

import pytest

from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.question import Method, Statistic
from assay.model.note import Code, Quote, Value, note
from assay.model.runs.exclusion import Exclusion
from assay.view.text.notes import CATALOGUE, words
from assay.view.text.notes.exclusions import excluded, reason

NAMES = ("base", "cand", "other")
LOG = note(ExampleNote.SCORES_NOT_LOGGED, line=Quote("evidence.log_scores(frame)"))
Says = ComparisonNote


@pytest.mark.parametrize("kind", [ComparisonNote, ExampleNote])
def test_every_code_has_words_and_no_words_are_left_over(kind: type[Code]) -> None:
    assert set(kind) <= set(CATALOGUE)


SAID: list[tuple[Code, tuple[int, ...], dict[str, Value], str]] = [
    (Says.NO_VARIATION, (), {"pairs": 5}, "no variation seen in 5 pairs, so there is no interval and no p value"),
    (Says.NO_VARIATION, (), {"pairs": None}, "no variation seen in either side, so there is no interval and no p value"),
    (
        Says.FEW_REPLICATES, (), {"n": 2, "paired": False, "needed": 3},
        "2 replicates on a side are fewer than the 3 that a verdict may rest on, so there is no p value",
    ),
    (Says.SEEDS_NOT_LOGGED, (0, 1), {}, "not every run of base and cand has a logged seed"),
    (Says.FEW_SHARED_SEEDS, (1, 0), {"shared": True}, "cand and base share one seed"),
    (
        Says.PARTLY_SHARED_SEEDS, (1, 0), {"common": 2, "alone": tuple("abcdefghij")},
        "cand and base share only 2 seeds; seeds a, b, c, d, e, f, g, h and 2 more are without a partner, so they are "
        "compared unpaired.",
    ),
    (
        Says.SEEDS_LEFT_OUT, (1, 0), {"alone": ("7",)},
        "The difference of cand to base rests on the seeds both have; seed 7 is without a partner.",
    ),
    (
        Says.SEED_REPEATED, (1,), {"seeds": ("7",)},
        "cand: seed 7 is that of several configurations, so its runs cannot be paired by it.",
    ),
    (
        Says.SEED_AVERAGED, (1,), {"seeds": 1, "runs": 5, "sd": 0.01234},
        "cand: 5 runs share 1 seed; they are averaged, so that the seed counts once. The sd within a seed is 0.012.",
    ),
    (
        Says.SEED_AVERAGED, (0,), {"seeds": 2, "runs": 5, "sd": None},
        "base: 5 runs share 2 seeds; they are averaged, so that each seed counts once.",
    ),
    (
        Says.PAIRS_REFUSED, (), {"why": note(Says.SEED_NOT_UNIQUE)},
        "a seed stands for more than one configuration; runs are paired by seed only, for pairs by order would be invented",
    ),
    (
        Says.REPLICATES_FILTERED_OUT, (1,), {"n": 1, "by_score": True},
        "cand: 1 run more of the same configuration is left out by its filter; runs picked by their score look better "
        "or worse than they are.",
    ),
    (
        Says.OTHER_EXPERIMENTS, (1,), {"own": ("a", "b"), "baseline": ("c",)},
        "cand: its runs come from a, b, the baseline's from c. Data and tasks may differ there: equal seeds make no "
        "pairs, and the difference need not be the model's.",
    ),
    (
        Says.SKEWED, (0,), {"skew": -1.26, "n": 8},
        "base: its scores are skewed (−1.3, n = 8), so a t interval covers less than it says.",
    ),
    (
        Says.RESTS_ON_NORMALITY, (1,), {"alpha": 0.05, "smallest_p": 0.0625, "enough": 6, "paired": True},
        "cand: the verdict rests on scores being near normal, for no permutation test could reach 0.05 here (its "
        "smallest p is 0.0625); with 6 paired seeds one could.",
    ),
    (
        Says.STATISTIC_NEEDS_EXAMPLES, (), {"statistic": Statistic.P95, "unit": "seeds"},
        "The statistic 'p95' needs the unit 'examples', not 'seeds': a resample of some five seeds says nothing about "
        "a quantile. Choose examples under Method, Resampled (--unit examples).",
    ),
    (
        Says.UNKNOWN_OPTION, (), {"what": "unit", "given": "it's", "allowed": ("seeds", "both")},
        'There is no unit "it\'s"; allowed are \'seeds\', \'both\'.',
    ),
    (
        ExampleNote.NOT_BINARY, (), {"metric": "f1", "labels": ("a", "b"), "more": 2, "macro": True},
        "f1 needs the labels 0 and 1, and they are a, b and 2 more; f1_macro takes any",
    ),
    (
        ExampleNote.NO_COLUMN, (),
        {"column": "f1", "runs": 1, "metrics": ("a", "b"), "slices": ("c",), "line": Quote("log()"), "said": "p"},
        "its example scores have no column 'f1'; they hold a, b (metrics) and c (slices); `log()` with the columns "
        "label and p logs what it can be computed from",
    ),
    (
        ExampleNote.UNKNOWN_SLICE, (), {"name": "x", "known": ("a", "b")},
        "There is no column 'x' to slice by. The example scores hold 'a', 'b'.",
    ),
    (
        ExampleNote.WITHOUT_PARTNER, (0, 2), {"alone": (1, 3000), "shared": 12000},
        "1 example of base and 3,000 examples of other lack a partner on the other side and are left out; 12,000 are "
        "shared.",
    ),
    (
        ExampleNote.WITHOUT_PARTNER, (0, 2), {"alone": (0, 7), "shared": 9},
        "7 examples of other lack a partner on the other side and are left out; 9 are shared.",
    ),
    (
        ExampleNote.RUNS_NOT_LOGGED, (1,), {"n": 2, "why": LOG},
        "cand: 2 runs without usable example scores left out (no example scores are logged; "
        "`evidence.log_scores(frame)` logs them).",
    ),
    (
        ExampleNote.THESE_TRAININGS, (), {"baseline": 3, "candidate": 5, "statistic": Statistic.F1},
        "3 and 5 trainings per side, their F1 averaged: resampling examples speaks of these trainings only.",
    ),
    (
        ExampleNote.PERCENTILE_INSTEAD, (), {"method": Method.BCA, "statistic": "trimmed-mean"},
        "bca was asked for but is made for means; for the 10 % trimmed mean percentile is used.",
    ),
    (ExampleNote.SIDE_EXAMPLES_ALIKE, (), {"n": 5000}, "no variation seen in 5,000 examples, so there is no interval"),
    (
        Says.SIDE_WITHOUT_VARIATION, (), {"n": 5},
        "no variation seen in 5 replicates, which is no certainty, so there is no interval",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sides", "values", "said"), SAID, ids=[f"{case[0]}-{i}" for i, case in enumerate(SAID)]
)
def test_notes_say_who_and_how_many(code: Code, sides: tuple[int, ...], values: dict[str, Value], said: str) -> None:
    assert words(note(code, *sides, **values), NAMES) == said


def test_coverage_is_said_as_far_as_it_was_simulated() -> None:
    def said(**values: Value) -> str:
        known: dict[str, Value] = {"n": 5, "level": 0.95, "procedure": "Welch t", "detail": "", "paired": False}
        shares: dict[str, Value] = {"low": 0.96, "high": 0.96, "bootstrap_low": 0.87, "bootstrap_high": 0.87}
        return words(note(Says.COVERAGE, **{**known, **shares, **values}))

    own, right = "n = 5 seeds, 95 % Welch t interval", "in simulations such an interval was right"
    assert said(low=None) == f"{own}."
    assert said() == (
        f"{own}: {right} 96 % of the time, for normal scores; a percentile bootstrap would be right 87 %."
    )
    assert said(paired=True, low=0.912, high=0.951, bootstrap_low=None).endswith(
        f": {right} 91–95 % of the time, depending on skew."
    )
    assert said(low=None, detail="exact").startswith("n = 5 seeds, 95 % Welch t (exact) interval.")


def test_a_side_lacks_what_the_note_within_says_without_its_full_stop() -> None:
    within = note(Says.RUNS_SHARED, 2, n=1)
    assert words(note(ExampleNote.SIDE_LACKS, 1, why=within), NAMES) == (
        "cand: other: 1 run of the baseline's stand here too; the two sides are not independent"
    )
    assert words(None) == ""


def test_exclusions_are_counted_most_first() -> None:
    assert excluded({Exclusion.FAILED: 1, Exclusion.REPEAT: 3, Exclusion.KILLED: 0}, "f1") == (
        "3 exact copy of another run, 1 failed"
    )
    assert excluded({Exclusion.FAILED: 2}, "f1", unscored=1) == "2 failed, 1 without example scores of f1"
    assert {reason(why, "f1") for why in Exclusion} >= {"f1 is NaN", "f1 not logged", "scheduled"}
