"""Sides whose runs are not replicates of one thing."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from mlflow.entities import Dataset, DatasetInput, InputTag

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Question
from assay.model.evidence.files import COMMIT_TAG
from assay.queries.comparison.answer import compare
from assay.view.objects.comparison import comparison
from assay.view.text.comparison.caveats import warnings
from assay.workspace import Workspace
from stores import Store

Run = tuple[str, str, str]
"""Its commit, the digest of its training data and that of its test data; "" for none."""
MLFLOW = "mlflow.source.git.commit"
OLD, NEW, THIRD, FOURTH = (letter * 40 for letter in "abcd")


@pytest.fixture
def ask(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Callable[..., dict[str, Comparison]]:
    """Compares in each experiment two sides of the same seeds."""

    def asked(**experiments: tuple[Sequence[Run], Sequence[Run]]) -> dict[str, Comparison]:
        store = Store.sqlite(tmp_path / "mlflow.db")
        for experiment, sides in experiments.items():
            for model, runs in zip("ab", sides, strict=True):
                for seed, (commit, *digests) in enumerate(runs):
                    scored = {"accuracy": 0.5 + seed / 10 + (model == "b") / 7}
                    # What Assay's evidence says comes first.
                    tags = {COMMIT_TAG: commit, MLFLOW: FOURTH} if commit and seed == 1 else {MLFLOW: commit}
                    run = store.run(experiment, params={"model": model, "seed": seed}, metrics=scored, tags=tags)
                    given = [
                        DatasetInput(
                            Dataset("digits", digest, "local", "{}"), [InputTag("mlflow.data.context", context)]
                        )
                        for context, digest in zip(("training", "test"), digests, strict=True)
                        if digest
                    ]
                    store.client.log_inputs(run, given)
        work = work_of(store)
        asking = Question(("accuracy",), "params.model = 'a'", ("params.model = 'b'",))
        return {
            name: compare(work, Question(asking.metrics, asking.baseline, asking.candidates, experiments=(name,)))
            for name in experiments
        }

    return asked


def said(found: Comparison) -> list[str]:
    codes = {Says.SEVERAL_COMMITS, Says.TRAINING_DATA_VARY, Says.TEST_DATA_VARY}
    notes = {note for note in found.first.notes if note.code in codes}
    return [text for text in warnings(found) if "seeds alone" in text or "new test data" in text] if notes else []


def test_code_and_training_data_that_vary_within_a_side_are_warned_of_and_no_digit_changes(
    ask: Callable[..., dict[str, Comparison]],
) -> None:
    one = (OLD, "t1", "d")
    # Two trained on other data than the rest, two of another commit, and one that says neither.
    mixed = [one, (NEW, "t1", "d"), (NEW, "t2", "d"), (OLD, "t2", "d"), ("", "", "d")]
    found = ask(
        mixed=(mixed, [one] * 5),
        alike=([one] * 5, [one, ("", "", ""), ("", "", "d"), one, one]),
        many=([(OLD, "", ""), (NEW, "", ""), (THIRD, "", ""), (FOURTH, "", ""), (OLD, "", "")], [one] * 5),
        drawn=([(OLD, f"t{k}", "d") for k in range(5)], [(OLD, f"t{k}", "d") for k in range(4)]),
        unlike=([(OLD, f"t{k // 2}", "d") for k in range(5)], [(OLD, f"u{k // 2}", "d") for k in range(5)]),
        tested=([(OLD, f"t{k % 2}", f"d{k}") for k in range(3)], [(OLD, f"u{k % 2}", f"d{k}") for k in range(3)]),
        hostile=([("<b>x</b>\n`rm`", "t", ""), ("| =1", "t", ""), (OLD, "t", "")], [(OLD, "t", "")] * 3),
    )
    baseline = found["mixed"].labels[0]
    assert said(found["mixed"]) == [
        f"{baseline}: its 5 runs are of 2 commits (aaaaaaa, bbbbbbb; 1 run logged none); they are not replicates "
        "of one thing, and their spread is not that of new seeds alone.",
        f"{baseline}: its 5 runs were trained on 2 different sets of data; they are not replicates of one thing, and "
        "their spread is not that of new seeds alone.",
    ]
    assert found["mixed"].setting.commits == ("aaaaaaa | bbbbbbb", "aaaaaaa")
    assert said(found["mixed"])[0] in comparison(found["mixed"])["warnings"]
    for side in (0, 1):
        own, alike = (found[name].first.sides[side] for name in ("mixed", "alike"))
        assert (own.value, own.std, own.interval) == (alike.value, alike.std, alike.interval)
    assert found["mixed"].first.candidates[0].difference == found["alike"].first.candidates[0].difference
    assert said(found["alike"]) == []
    assert "are of 4 commits (aaaaaaa, bbbbbbb, ccccccc, …); they" in said(found["many"])[0]
    assert said(found["drawn"]) == []
    assert ["trained on 3 different sets" in text for text in said(found["unlike"])] == [True]
    assert said(found["unlike"])[0].startswith(", ".join(found["unlike"].labels))
    assert ["tested on 3 different sets" in text for text in said(found["tested"])] == [True]
    assert "(<b>x</b, aaaaaaa, | =1)" in said(found["hostile"])[0]
