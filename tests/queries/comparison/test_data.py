"""What a comparison says of the data of its sides."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from mlflow.entities import Dataset, DatasetInput, InputTag

from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Question
from assay.model.runs.data import Sameness
from assay.queries.comparison.answer import compare
from assay.queries.runs.detail import detail
from assay.view.objects.comparison import comparison
from assay.view.text.comparison.data import badges, line, sentence
from assay.view.text.data import facts
from assay.view.text.notes import words
from assay.workspace import Workspace
from stores import Store

Given = Sequence[tuple[str, str, str]]
Ask = Callable[..., Comparison]
TEST, OTHER, TRAIN = ("digits", "f6d9e39f", "test"), ("digits", "0000aaaa", "eval"), ("digits", "a91c04d2", "train")


@pytest.fixture
def ask(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Ask:
    """Compares two configurations of two runs each, that used what is given for each run; or asks for a page."""

    def asked(
        *runs: Given,
        then: Callable[[Workspace, list[str]], object] | None = None,
        baseline: str = "params.model = 'a'",
    ) -> object:
        store = Store.sqlite(tmp_path / "mlflow.db")
        ids = []
        for number, given in enumerate(runs):
            model, seed = "ab"[number // 2], number % 2
            ids += store.configuration("one", {"model": model}, "accuracy", {seed: 0.5 + number / 10 + seed / 7})
            inputs = [
                DatasetInput(
                    Dataset(name, digest, "local", "{}", profile='{"num_rows": 540}'),
                    [InputTag("mlflow.data.context", context)],
                )
                for name, digest, context in given
            ]
            store.client.log_inputs(ids[-1], inputs)
        work = work_of(store)
        if then:
            return then(work, ids)
        return compare(work, Question(("accuracy",), baseline, ("params.model = 'b'",)))

    return asked  # type: ignore[return-value]


def said(found: Comparison) -> list[str]:
    return [words(note, found.labels) for note in found.first.notes if "test_data" in note.code]


def test_the_same_test_data_are_said_with_their_digest_and_no_warning(ask: Ask) -> None:
    found = ask([TEST, TRAIN], [TEST, TRAIN], [TEST], [TEST, ("digits", "other", "train")])
    assert found.setting.data.test is Sameness.SAME
    assert said(found) == []
    assert ":green-badge[✓ same test data as far as MLflow looks: digits f6d9e39f]" in badges(found.setting)
    assert line(found.setting.data) == "Same test data as far as MLflow looks: digits f6d9e39f."
    assert sentence(found.setting.data, str) == (
        "Training data differ. MLflow's digest looks at numbers and text of the first 10,000 rows of a table, or the "
        "first 10,000 numbers of an array."
    )


def test_other_test_data_are_a_warning(ask: Ask) -> None:
    found = ask([TEST], [TEST], [OTHER], [OTHER])
    assert found.setting.data.test is Sameness.DIFFERENT
    assert said(found) == [
        f"{found.labels[1]}: tested on other data than the baseline: digits 0000aaaa, the baseline on digits f6d9e39f. "
        "The difference need not be the model's."
    ]
    assert ":orange-badge[! test data differ]" in badges(found.setting)
    data = comparison(found)["data"]
    assert data["test"] == "different"
    assert [side["test"][0][0]["digest"] for side in data["sides"]] == ["f6d9e39f", "0000aaaa"]


def test_replicates_on_several_sets_are_said_and_sides_that_share_them_are_the_same(ask: Ask) -> None:
    found = ask([TEST], [OTHER], [OTHER], [TEST])
    assert found.setting.data.test is Sameness.SAME
    assert len(said(found)) == 2
    assert "tested on 2 different sets of data, as far as MLflow looks the same ones" in said(found)[0]
    assert "2 sets" in badges(found.setting)


def test_one_side_on_several_sets_differs_from_the_other(ask: Ask) -> None:
    found = ask([TEST], [TEST], [OTHER], [TEST])
    assert found.setting.data.test is Sameness.DIFFERENT
    assert [text.partition(": ")[2][:15] for text in said(found)] == ["tested on other", "its 2 runs were"]
    assert "not that of new seeds alone" in said(found)[1]


def test_runs_without_test_data_are_counted_where_others_have_some(ask: Ask) -> None:
    found = ask([TEST], [TEST], [TEST], [TRAIN])
    assert found.setting.data.test is Sameness.UNKNOWN
    assert len(said(found)) == 1
    assert "1 of 2 runs logged no test data" in said(found)[0]
    assert line(found.setting.data) == "Test data not known to be the same."


def test_of_one_side_alone_nothing_is_claimed(ask: Ask) -> None:
    found = ask(*[[TEST, TRAIN]] * 4, baseline="params.model = 'gone'")
    assert found.setting.data.test is Sameness.UNKNOWN
    assert badges(found.setting) == line(found.setting.data) == sentence(found.setting.data) == ""


def test_a_dataset_without_digest_proves_nothing(ask: Ask) -> None:
    found = ask(*[[("digits", "", "test")]] * 4)
    assert found.setting.data.test is Sameness.UNKNOWN
    assert all("without a digest" in text for text in said(found))
    assert len(said(found)) == 2


def test_where_nobody_logged_test_data_there_is_no_warning(ask: Ask) -> None:
    found = ask([TRAIN], [TRAIN], [("", "", "")], [("", "", "")])
    assert found.setting.data.test is Sameness.NOT_LOGGED
    assert said(found) == []
    assert ":gray-badge[– test data not logged]" in badges(found.setting)
    assert line(found.setting.data) == ""
    assert "Training data not logged on all sides." in sentence(found.setting.data)


def test_text_of_a_dataset_is_shown_letter_by_letter(ask: Ask) -> None:
    odd = ("a] **b** <i>숫자</i>" + "x" * 400, "`1`", "eval")
    found = ask(*[[odd]] * 4)
    text = badges(found.setting)
    assert "\\]" in text
    assert "\\*\\*b" in text
    assert len(text) < 200


def test_a_run_has_its_datasets_by_use(ask: Ask) -> None:
    def datasets(work: Workspace, ids: list[str]) -> object:
        return detail(work, ids[0]).run.datasets

    found = ask([TRAIN, TEST, OTHER, ("", "", "")], then=datasets)
    assert facts(found) == {  # type: ignore[arg-type]
        "Test data": "digits **0000aaaa**, 540 rows (eval)  \ndigits **f6d9e39f**, 540 rows",
        "Training data": "digits **a91c04d2**, 540 rows",
        "Data": "(no digest), 540 rows",
    }
