import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import FilterError
from assay.model.runs.selection import Condition, Entity
from assay.sources.filters import parse, run_ids, write


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_filter_has_no_conditions(text: str) -> None:
    assert parse(text) == ()
    assert write(()) == ""


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("params.model = 'svc'", Condition("param", "model", "=", "svc")),
        ('parameter.model != "it\'s"', Condition("param", "model", "!=", "it's")),
        ("params.`learning rate` like '1%'", Condition("param", "learning rate", "LIKE", "1%")),
        ("metrics.accuracy >= .9", Condition("metric", "accuracy", ">=", 0.9)),
        ("metric.`val/loss` < -1e-5", Condition("metric", "val/loss", "<", -1e-5)),
        ("tags.mlflow.runName ilike '%x%'", Condition("tag", "mlflow.runName", "ILIKE", "%x%")),
        ("tag.note is null", Condition("tag", "note", "IS NULL", None)),
        ("params.`모델` IS NOT NULL", Condition("param", "모델", "IS NOT NULL", None)),
        ("status = 'FINISHED'", Condition("attribute", "status", "=", "FINISHED")),
        ("attributes.run_id in ('a', \"b\")", Condition("attribute", "run_id", "IN", ("a", "b"))),
        ("run_id NOT IN ('a')", Condition("attribute", "run_id", "NOT IN", ("a",))),
        ("run.`Run name` = 'x'", Condition("attribute", "run_name", "=", "x")),
        ("created > 5", Condition("attribute", "start_time", ">", 5.0)),
        ("end_time <= 1750000000000", Condition("attribute", "end_time", "<=", 1.75e12)),
    ],
)
def test_a_clause_means_what_it_means_in_mlflow(text: str, condition: Condition) -> None:
    assert parse(text) == (condition,)


def test_clauses_are_joined_by_and_in_any_case() -> None:
    assert [c.key for c in parse("params.a = 'x and y' AND metrics.b > 1 and tags.c != ''")] == ["a", "b", "c"]


TEXT = st.one_of(st.text(max_size=12), st.sampled_from(["\\", "a\\", "''", '"', "it's", "--", "/*", "$$", "x;y", "% "]))
KEYS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.from_regex(r"[a-z_]\w{0,8}(\.[a-z_]\w{0,8})?", fullmatch=True),
    st.sampled_from(["as", "Case", "end", "order", "select.from", "f1-score", "val/loss", "a b", "1", "in", "like"]),
)


def text_condition(entity: Entity) -> st.SearchStrategy[Condition]:
    compared = st.builds(Condition, st.just(entity), KEYS, st.sampled_from(["=", "!=", "LIKE", "ILIKE"]), TEXT)
    null = st.builds(Condition, st.just(entity), KEYS, st.sampled_from(["IS NULL", "IS NOT NULL"]), st.none())
    return st.one_of(compared, null)


ORDER = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
CONDITIONS = st.one_of(
    text_condition("param"),
    text_condition("tag"),
    st.builds(Condition, st.just("metric"), KEYS, ORDER, st.floats()),
    st.builds(Condition, st.just("attribute"), st.sampled_from(["start_time", "end_time"]), ORDER, st.floats()),
    st.builds(
        Condition,
        st.just("attribute"),
        st.sampled_from(["run_name", "status", "user_id", "artifact_uri"]),
        st.sampled_from(["=", "!=", "LIKE", "ILIKE"]),
        TEXT,
    ),
    st.builds(
        Condition,
        st.just("attribute"),
        st.just("run_id"),
        st.sampled_from(["IN", "NOT IN"]),
        st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    ),
)


@given(st.lists(CONDITIONS, max_size=4).map(tuple))
@settings(deadline=None, max_examples=400)
def test_what_is_written_is_read_back(conditions: tuple[Condition, ...]) -> None:
    text = write(conditions)
    if text is not None:
        assert parse(text) == conditions


@given(st.lists(CONDITIONS, max_size=3).map(tuple))
@settings(deadline=None, max_examples=100)
def test_what_needs_no_strange_characters_can_be_written(conditions: tuple[Condition, ...]) -> None:
    strange = set("\\\"'`")
    texts = [c.key for c in conditions]
    for c in conditions:
        texts += c.value if isinstance(c.value, tuple) else [c.value] if isinstance(c.value, str) else []
    finite = all(math.isfinite(c.value) for c in conditions if isinstance(c.value, float))
    if finite and not any(strange.intersection(text) or not text.isprintable() for text in texts):
        assert write(conditions) is not None


@pytest.mark.parametrize(
    "condition",
    [
        Condition("param", "a`b", "=", "x"),
        Condition("param", "a", "=", "both ' and \""),
        Condition("metric", "a", ">", math.nan),
        Condition("metric", "a", "<", math.inf),
        Condition("attribute", "run_id", "IN", ()),
        Condition("attribute", "experiment", "=", "x"),
        Condition("param", "a", ">", "x"),
    ],
)
def test_what_the_language_cannot_say_is_not_written(condition: Condition) -> None:
    assert write([condition]) is None


def test_awkward_keys_stand_in_backticks_and_plain_ones_bare() -> None:
    keys = ("model", "f1-score", "case", "mlflow.runName")
    assert write(Condition("tag", key, "=", "x") for key in keys) == (
        "tags.model = 'x' and tags.`f1-score` = 'x' and tags.`case` = 'x' and tags.`mlflow.runName` = 'x'"
    )


def test_words_of_sql_are_written_so_that_they_stay_keys() -> None:
    from sqlparse.keywords import KEYWORDS, KEYWORDS_COMMON

    conditions = tuple(Condition("param", word, "=", "x") for word in sorted({*KEYWORDS, *KEYWORDS_COMMON}))
    for condition in conditions:
        for neighbour in (Condition("metric", "m", ">", 1.0), Condition("tag", "t", "IS NULL", None)):
            wanted = (condition, neighbour, condition)
            assert parse(write(wanted) or "") == wanted


@pytest.mark.parametrize(("value", "digits"), [(0.9, "0.9"), (5.0, "5"), (-2.0, "-2"), (1e22, "1e22"), (1e-7, "1e-07")])
def test_numbers_are_written_as_short_as_they_read_back(value: float, digits: str) -> None:
    text = write([Condition("metric", "m", ">", value)])
    assert text == f"metrics.m > {digits}"
    assert parse(text)[0].value == value


def test_some_thousand_runs_can_be_named() -> None:
    assert run_ids(["a1", "b-2"]) == "run_id IN ('a1', 'b-2')"
    ids = tuple(f"{number:032x}" for number in range(4900))
    assert parse(run_ids(ids)) == (Condition("attribute", "run_id", "IN", ids),)


@pytest.mark.parametrize("ids", [[], [""], ["a'b"], ["a, b"]])
def test_what_is_no_run_id_is_not_written_as_one(ids: list[str]) -> None:
    with pytest.raises(FilterError):
        run_ids(ids)
