"""The comparison, as a reviewer meets it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from assay.settings import ROOT
from claimed import claim
from looking import synced
from stores import Store

Open = Callable[..., AppTest]
COMPARE = str(ROOT / "pages" / "compare.py")
LOGREG, SVC, RIDGE = (f"params.model = '{name}'" for name in ("logreg", "svc", "ridge"))
PAIR = {"experiment": "digits", "metric": "accuracy", "baseline": LOGREG, "candidate": SVC}


def taking(open_app: Open) -> AppTest:
    """The page with "Take it along" open."""
    app = open_app(COMPARE, query=PAIR)
    app.session_state["take"] = True
    return app.run()


def test_the_sentence_comes_first_and_carries_its_evidence(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR)
    assert not app.exception
    assert app.header[0].value.startswith(":green[▲] `svc` is better than `logreg`: accuracy is ")
    badges = claim(app)
    for fact in ("95 % CI", "p < 0.001", "5 runs each, same seeds compared", "higher is better"):
        assert fact in badges


def test_a_tie_is_not_called_equal(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": RIDGE})
    assert app.header[0].value.startswith(":gray[≈] No difference shown between `ridge` and `logreg`")
    assert any("which the team calls too small to matter" in m.value for m in app.markdown)


def test_what_was_left_out_is_said_with_its_reason(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR)
    said = " ".join(c.value for c in app.caption)
    for reason in ("1 failed", "1 running", "1 exact copy of another run", "accuracy not logged"):
        assert reason in said.replace("\\", "")


def test_a_param_that_no_run_carries_is_said(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": "params.modl = 'svc'"})
    said = "There is no param 'modl'. The runs looked at carry 'model'"
    assert any(said in c.value.replace("\\", "") for c in app.caption)


def test_several_candidates_share_one_page(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": [SVC, RIDGE]})
    assert "1 of 2 candidates is better than `logreg`" in app.header[0].value
    sides = app.dataframe[0].value
    assert sides["side"].tolist() == ["logreg (baseline)", "svc", "ridge"]
    assert app.code[0].value.count("\n") == 1


def test_the_params_that_differ_stand_beside_the_picture(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR)
    differing = next(t.value for t in app.table if "model" in t.value.index)
    assert differing.to_dict("index")["model"] == {"logreg": "logreg", "svc": "svc"}


def test_without_a_choice_the_page_says_what_to_do(open_app: Open) -> None:
    app = open_app(COMPARE)
    assert "Choose what to compare" in [s.value for s in app.header]
    assert any("Still missing: a baseline and a candidate" in m.value for m in app.markdown)


def test_files_to_take_along_are_ready_before_the_click(open_app: Open) -> None:
    """A file made on the click is lost when another session's script ends before the browser asks for it."""
    assert not open_app(COMPARE, query=PAIR).get("download_button")
    files = [button.proto for button in taking(open_app).get("download_button")]
    assert [file.label for file in files] == [
        "Download table",
        "Whole result as JSON",
        "Sentences for the report",
    ]
    assert all(file.url and not file.deferred_file_id for file in files)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"metric": "acuracy"}, "accuracy"),
        ({"baseline": "model = 'x'"}, "params"),
        ({"experiment": "digit"}, "digits"),
        ({"method": "magic"}, "permutation"),
        ({"level": "95"}, "0.95"),
        ({"direction": "up"}, "maximize"),
        ({"pair": "nobody"}, "nobody"),
        ({"correction": "fdr"}, "none"),
        ({"unit": "runs"}, "examples"),
        ({"effect": "some"}, "0.5"),
        ({"effect": "-1"}, "above 0"),
        ({"metric": ["accuracy", "acuracy"]}, "accuracy"),
    ],
)
def test_what_a_link_holds_that_cannot_be_used_is_said(
    open_app: Open, wrong: dict[str, str | list[str]], said: str
) -> None:
    app = open_app(COMPARE, query=PAIR | wrong)
    assert not app.exception
    assert len(app.error) == 1
    assert said in app.error[0].value.replace("\\", "")


def test_a_word_in_a_link_that_the_page_does_not_know_is_said(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidates": SVC})
    assert "holds `candidates`, which this page does not know" in app.warning[0].value
    assert not open_app(COMPARE, query=PAIR | {"effect": "0.5", "level": "0.9"}).warning


def test_a_link_whose_runs_are_gone_says_so(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": "run_id IN ('0123456789abcdef')"})
    assert not app.exception
    assert "can't be compared" in app.header[0].value
    assert "(1 deleted or not in the store)" in app.header[0].value
    assert any(m.value.startswith("Restore the deleted runs in MLflow") for m in app.markdown)


def test_method_level_and_direction_come_from_the_link(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"method": "percentile", "level": "0.9", "direction": "minimize"})
    assert "is worse than" in app.header[0].value
    assert "90 % CI" in claim(app)
    assert "lower is better (chosen)" in claim(app)


def test_the_link_to_copy_names_what_the_page_chose_by_itself(open_app: Open) -> None:
    app = open_app(COMPARE, query={k: v for k, v in PAIR.items() if k != "metric"})
    link = app.code[-1].value
    assert link.startswith("/compare?experiment=digits&metric=accuracy&baseline=params.model")
    for choice in ("method=auto", "level=0.95", "direction=maximize"):
        assert choice in link


def test_several_metrics_stand_in_one_table_with_one_correction(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"metric": ["accuracy", "loss"], "candidate": [SVC, RIDGE]})
    assert not app.exception
    every = app.dataframe[0].value
    assert every["metric"].tolist() == ["accuracy, %", "accuracy, %", "loss", "loss"]
    assert every["candidate"].tolist() == ["svc", "ridge", "svc", "ridge"]
    assert "4 comparisons, Holm" in claim(app)
    assert any("One family of 4 comparisons" in c.value for c in app.caption)


def test_another_metric_of_one_pair_is_named_in_the_finding(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"metric": ["accuracy", "loss"]})
    assert app.header[0].value.endswith("more than the noise; the other metric can't be compared.")


def test_a_correction_that_was_refused_is_said(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": [SVC, RIDGE], "correction": "none"})
    assert "2 comparisons, uncorrected" in claim(app)
    assert "correction=none" in app.code[-1].value


def test_a_difference_that_the_reader_wants_to_see_is_planned_for(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"effect": "0.5"})
    assert any("To show 0.5 points, run" in table.value.index for table in app.table)
    assert "effect=0.5" in app.code[-1].value


def test_several_candidates_each_have_a_plan(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"candidate": [SVC, RIDGE]})
    assert any({"svc", "ridge"} <= set(table.value.index) for table in app.table)


def test_the_method_that_was_used_is_explained(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"method": "percentile"})
    text = " ".join(m.value for m in app.markdown)
    assert "When not to trust it" in text
    assert "the percentile bootstrap" in text


def test_a_slice_needs_examples(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"slice": "kind"})
    assert not app.exception
    assert any("Slices are made of examples" in c.value for c in app.caption)


@pytest.mark.parametrize(
    ("form", "sign"), [("Markdown", "| ---"), ("LaTeX", r"\toprule"), ("CSV", "metric,unit,side,role,n,")]
)
def test_every_table_can_be_taken_along(open_app: Open, form: str, sign: str) -> None:
    app = taking(open_app)
    app.selectbox(key="take-format").select(form).run()
    assert not app.exception
    assert any(sign in code.value for code in app.code)
    tables = ["Baseline and candidates", "Parameters that differ", "Runs behind these numbers"]
    assert app.selectbox(key="take-table").options == tables


def test_a_link_that_names_the_usual_direction_changes_no_word(open_app: Open) -> None:
    plain, linked = open_app(COMPARE, query=PAIR), open_app(COMPARE, query=PAIR | {"direction": "maximize"})
    assert [m.value for m in plain.markdown] == [m.value for m in linked.markdown]
    turned = open_app(COMPARE, query=PAIR | {"direction": "minimize"})
    assert any("(chosen)" in m.value for m in turned.markdown)


def test_a_margin_is_asked_for_with_its_aim_and_stands_in_claim_and_link(open_app: Open) -> None:
    app = open_app(COMPARE, query=PAIR | {"aim": "no-worse"})
    assert not app.exception
    assert app.header[0].value.startswith(":green[✓] `svc` is no worse than `logreg`: accuracy ")
    assert "margin 1 point, policy" in claim(app)
    assert app.text_input(key="margin").placeholder == "1, policy"
    given = open_app(COMPARE, query=PAIR | {"aim": "same", "margin": "0.1"})
    assert given.header[0].value.startswith(":orange[▲] `svc` is not the same as `logreg`")
    assert "margin 0.1 points, chosen" in claim(given)


@pytest.mark.parametrize(("key", "value"), [("aim", "best"), ("margin", "-1"), ("margin", "much"), ("margin", "100")])
def test_an_aim_or_margin_that_is_none_is_said(open_app: Open, key: str, value: str) -> None:
    app = open_app(COMPARE, query=PAIR | {"aim": "no-worse", key: value})
    assert not app.exception
    assert any(value in error.value for error in app.error)


def test_sides_of_several_commits_lead_to_their_record(open_app: Open, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed in range(4):
        for model, commit in (("svc", "ab"[seed % 2] * 40), ("logreg", "a" * 40)):
            score = 0.8 + seed / 100 + (model == "svc") / 10
            tags = {"mlflow.source.git.commit": commit}
            store.run("digits", params={"model": model, "seed": seed}, metrics={"accuracy": score}, tags=tags)
    app = open_app(COMPARE, query=PAIR, uri=store.uri, folder=synced(store, tmp_path / "data"))
    assert any("2 commits" in one.value for one in app.caption)
    [way] = [one.proto for one in app.get("page_link") if "parts the runs" in one.proto.label]
    assert (way.label, way.page) == ("What parts the runs of `svc`", "reproducibility")
    assert parse_qs(way.query_string) == {"record-in": ["digits"], "record-where": [SVC]}
