"""What runs logged of single examples, asked of a real store."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from assay import evidence
from assay.model.comparison.excerpts import Excerpt, ExcerptQuestion, Reply, RunReply
from assay.queries.comparison.excerpts import excerpts
from assay.queries.comparison.scores import fetched
from assay.workspace import Workspace
from scored import Scored
from stores import Store

IDS = ["a", "b", "c"]


def logged(store: Scored, model: str, seed: int, **columns: object) -> str:
    run_id = store.run("e", params={"model": model, "seed": seed}, metrics={"accuracy": 0.5})
    frame = pd.DataFrame({"example_id": IDS, "accuracy": [1.0, 0.0, 1.0], **columns})
    evidence.log_scores(frame, run_id=run_id, client=store.client)
    return run_id


@pytest.fixture
def ask(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Callable[..., dict[str, Excerpt]]:
    """Two runs of a, two of b, the first of which alone knows the input."""
    store = Scored(tmp_path / "store")
    before = [
        logged(store, "a", seed, label=list("xyz"), prediction=list(said)) for seed, said in enumerate(("xyx", "xxz"))
    ]
    after = [
        logged(store, "b", 0, prediction=[1.25, 2.0, 3.0], text=["하나", "two", "three"], image=["i/a.png", None, None])
    ]
    after.append(logged(store, "b", 1, prediction=[1.75, 2.0, 3.0]))
    work = work_of(store)
    fetched(work, [*before, *after])

    def asked(*ids: str, whole: bool = False, metric: str = "accuracy") -> dict[str, Excerpt]:
        question = ExcerptQuestion(tuple(before), tuple(after), metric, ids, whole)
        return dict(excerpts(work, question).found)

    return asked


def test_the_most_frequent_answer_is_told_with_how_many_runs_gave_it(ask: Callable[..., dict[str, Excerpt]]) -> None:
    found = ask("a", "b")
    assert found["a"].baseline == Reply("x", 2, 2)
    assert found["b"].baseline == Reply("x", 1, 2)  # a tie: the first by its text
    assert found["a"].candidate == Reply("1.25", 1, 2, mean=1.5)
    assert found["b"].candidate == Reply("2", 2, 2)


def test_label_input_and_image_come_from_whichever_run_has_them(ask: Callable[..., dict[str, Excerpt]]) -> None:
    one = ask("a")["a"]
    assert (one.label, one.input, one.letters) == ("x", "하나", 2)
    assert one.image is not None
    assert one.image[1] == "i/a.png"
    assert ask("b")["b"].image is None
    assert one.runs == ()


def test_one_example_alone_has_every_run(ask: Callable[..., dict[str, Excerpt]]) -> None:
    runs = ask("c", whole=True)["c"].runs
    assert [(row.score, row.said) for row in runs] == [(1.0, "x"), (1.0, "z"), (1.0, "3"), (1.0, "3")]
    assert all(isinstance(row, RunReply) for row in runs)


def test_an_example_that_no_run_scored_is_missing(ask: Callable[..., dict[str, Excerpt]]) -> None:
    assert list(ask("z", "a")) == ["a"]
    assert ask("a", metric="no such metric") == {}
