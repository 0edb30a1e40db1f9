"""What is on record, and what is not, in words: numbers as people read them, names flat, never too many."""

from typing import Any

import pytest

from assay.model.evidence.notes import RecordNote as Says
from assay.model.note import Quote, note
from assay.view.text.notes import as_markdown, words

LINE = Quote("evidence.log_environment()")


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        (Says.NO_COMMIT, {"line": LINE}, "No commit is logged; evidence.log_environment() logs it."),
        (Says.COMMIT_NO_HASH, {"found": "main\n"}, "The commit is logged as “main”, which is no hash."),
        (
            Says.COMMITS_VARY,
            {"n": 7, "runs": 1400, "commits": ("a", "b", "c", "d", "e")},
            "The 1,400 runs of this configuration are of 7 commits (a, b, c, d, e and 2 more): they need not be replicates of "
            "one thing.",
        ),
        (Says.TREE_KEPT, {"lines": 1}, "1 line of changes was not committed, and the run keeps them."),
        (
            Says.TREE_TOO_LARGE,
            {"bytes": 2_500_000},
            "The changes that were not committed (2.5 MB) are too large to be kept (at most 1 MB); commit first.",
        ),
        (
            Says.DATA_LOCAL,
            {"n": 1, "of": 2, "names": ("digits",)},
            "1 dataset of 2 (digits) has a path of one machine, or no source: nobody else can fetch the data there.",
        ),
        (Says.DIGESTS_KNOWN, {"n": 2}, "2 datasets have a digest, which covers the first 10,000 rows."),
        (Says.SPLITS_HASHED, {"n": 0}, "The splits are logged row by row and have a hash."),
        (
            Says.SEEDS_SET,
            {"levels": ("random", "numpy"), "child": True},
            "Seeds are set at 2 levels: random, numpy. PYTHONHASHSEED is set for child processes only; start Python "
            "with it for hashes that repeat.",
        ),
        (
            Says.HARDWARE_KNOWN,
            {"cpu": "Xeon", "cpus": 32, "ram": 137_438_953_472, "gpus": ("A100", "A100")},
            "Xeon, 32 CPUs, 137 GB of memory, GPU A100, A100.",
        ),
        (Says.PACKAGES_KNOWN, {"n": 5000}, "5,000 packages are logged with their versions."),
        (
            Says.PACKAGES_LOCAL,
            {"n": 1, "of": 140, "names": ("assay",)},
            "1 package of 140 is from a folder of that machine, which nobody else can install: assay.",
        ),
        (
            Says.COMMAND_HIDDEN,
            {"n": 1, "command": Quote("python t.py --token ***")},
            "1 value of the command looked like a secret and is not on record: python t.py --token ***",
        ),
        (Says.LOGGED, {"params": 3, "metrics": 1, "model": True}, "3 params, 1 metric and a model are logged."),
        (
            Says.REPEAT_DIFFERS,
            {"groups": 1, "runs": 2, "fields": ("train", "commit"), "n": 2},
            "Runs of the same setup and seed do not agree (1 setup, 2 runs); they differ in training data, commit too.",
        ),
        (
            Says.REPEAT_DISAGREES,
            {"groups": 2, "runs": 5, "metric": "accuracy", "first": ""},
            "Runs of the same setup and seed do not agree in accuracy (2 setups, 5 runs), though nothing on record "
            "differs.",
        ),
    ],
)
def test_what_is_on_record_is_said_in_a_sentence(code: Says, values: dict[str, Any], said: str) -> None:
    assert words(note(code, **values)) == said


def test_what_people_copy_stands_as_code_and_names_do_not_act() -> None:
    said = as_markdown(note(Says.NO_PIPELINE, line=Quote("evidence.log_recipe(mapping)")))
    assert said == "No recipe is logged\\; `evidence.log_recipe(mapping)` logs one\\."
    hostile = as_markdown(note(Says.DATA_LOCAL, n=1, of=1, names=("[x](javascript:x)\n# y",)))
    assert "[x](" not in hostile
    assert "\n" not in hostile
