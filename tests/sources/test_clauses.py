import pytest

from assay.errors import FilterError
from assay.sources.filters import parse
from saying import said

CORRECTED = {
    "params.model = svc": "params.model = 'svc'",
    "params.seed = 42": "params.seed = '42'",
    "params.model = “svc”": "params.model = 'svc'",
    "params.order = first": "params.order = 'first'",
    "params.model == 'svc'": "params.model = 'svc'",
    "params.model <> 'svc'": "params.model != 'svc'",
    "Params.model = 'svc'": "params.model = 'svc'",
    "parm.model = 'svc'": "params.model = 'svc'",
    "params.model RLIKE 'svc'": "params.model LIKE 'svc'",
    "params.depth > '5'": "params.depth = '5'",
    "params.model IN ('svc')": "params.model = 'svc'",
    "params.f1-score = 'x'": "params.`f1-score` = 'x'",
    "params.from = 'x'": "params.`from` = 'x'",
    "tags.mlflow.runName = x": "tags.`mlflow.runName` = 'x'",
    "params.1 = 'x'": "params.`1` = 'x'",
    "params.model =": "params.model = '…'",
    "model = 'svc'": "params.model = 'svc'",
    "accuracy > 0.9": "metrics.accuracy > 0.9",
    "`accuracy` > 0.9": "metrics.accuracy > 0.9",
    "metrics.accuracy > '0.9'": "metrics.accuracy > 0.9",
    "metrics.accuracy > +5": "metrics.accuracy > 5",
    "metrics.accuracy == 0.9": "metrics.accuracy = 0.9",
    "metrics.accuracy LIKE 'x'": "metrics.accuracy > 0.9",
    "metrics.val/loss < 1": "metrics.`val/loss` < 1",
    "metrics.f1 score > 1": "metrics.`f1 score` > 1",
    "metrics.accuracy": "metrics.accuracy > 0.9",
    "metrics.accuracy = nan": "metrics.accuracy = 0.9",
    "stauts = 'FINISHED'": "status = 'FINISHED'",
    "status = FINISHED": "status = 'FINISHED'",
    "status IN ('FINISHED', 'FAILED')": "status = 'FINISHED'",
    "run_id IN (a, b)": "run_id IN ('a', 'b')",
    "run_id IN 'a'": "run_id IN ('a')",
    "start_time > '2024-01-01'": "start_time > 1750000000000",
    "metrics.a > 1 and params.b = x and tags.c = 'y'": "params.b = 'x'",
}


@pytest.mark.parametrize(("wrong", "right"), CORRECTED.items())
def test_a_refused_clause_is_answered_with_one_that_is_right(wrong: str, right: str) -> None:
    assert message(wrong).endswith(f"write {right}.") or message(wrong).endswith(f"such as {right}.")
    assert parse(right)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("params.a = 'x' or params.b = 'y'", "run_id IN ('id1', 'id2')"),
        ("params.model = 'svc", "never closed at 'svc"),
        ("params.a = 'x';", "A ; has no meaning"),
        ("not params.a = 'x'", "without brackets and without not"),
        ("(params.a = 'x')", "without brackets and without not"),
        ("datasets.rows = 'x'", "name, digest and context can be searched; write datasets.name = 'x'"),
        ("dataset.digest IS NULL", "works for params and tags only"),
        ("datasets.name > 'x'", "write datasets.name = 'x'"),
        ("experiment_id = '1'", "chosen beside the filter"),
        ("lifecycle_stage = 'deleted'", "chosen beside the filter"),
        ("status IS NULL", "works for params and tags only"),
        ("select * from runs", "compares nothing"),
        (">", "compares nothing"),
        ("run_id IN (" + ", ".join(f"'{n}'" for n in range(9000)) + ")", "too long"),
    ],
)
def test_what_no_clause_can_mend_is_said(wrong: str, sentence: str) -> None:
    assert sentence in message(wrong)


@pytest.mark.parametrize(
    "wrong", [*CORRECTED, "'", "((", "=", "> 5", "a.b.c", "params", "params.`a = 'x'", "\0", "— and –"]
)
def test_a_message_is_one_line_that_names_the_clause(wrong: str) -> None:
    text = message(wrong)
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 300


@pytest.mark.parametrize(("wrong", "right"), CORRECTED.items())
def test_the_filters_in_a_message_are_known_as_such(wrong: str, right: str) -> None:
    error = refusal(wrong)
    assert right in error.note.quotes
    assert all(quote in said(error) for quote in error.note.quotes)


def message(text: str) -> str:
    return said(refusal(text))


def refusal(text: str) -> FilterError:
    with pytest.raises(FilterError) as error:
        parse(text)
    return error.value
