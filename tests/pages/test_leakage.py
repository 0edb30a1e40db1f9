"""The Leakage page without a browser: its answer, its link, and what it says to a link that asks for nonsense."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import leaking
from assay.model.evidence.leakage import LeakageCheck
from assay.settings import ROOT
from assay.ui.evidence import question
from assay.view.text.escape import markdown
from looking import synced
from paged import link, table, words
from scored import Scored

PAGE = str(ROOT / "pages" / "leakage.py")

Open = Callable[..., AppTest]
Query = Mapping[str, str | list[str]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return leaking.filled(tmp_path_factory.mktemp("leaking"))


@pytest.fixture(scope="module")
def folder(held: Scored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("leaking-data"))


@pytest.fixture
def look(open_app: Open, held: Scored, folder: Path) -> Open:
    def looked(experiment: str = "patients", **query: str | list[str]) -> AppTest:
        given: Query = {"leak-in": experiment} if experiment else {}
        more = {f"leak-{name}": value for name, value in query.items()}
        return open_app(PAGE, uri=held.uri, folder=folder, query={**given, **more})

    return looked


def test_the_sentence_comes_first_and_the_worst_cell_is_chosen(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.title[0].value == "Leakage"
    assert app.header[0].value.startswith(":red[✕] 1 of 2 configurations leaks. `by-visit`: 40 of 100 test rows")
    said = words(app)
    assert "A pass means that this check found nothing" in said
    assert "by\\-visit, groups apart: ✕ fail" in said
    assert "In all 3 runs." in said
    assert "Value 40 %, limit 0 %." in said
    assert "40 held-out examples of 100. Source: `evidence/splits.parquet`, run " in said
    assert len(table(app, "example")) == leaking.SHARED
    assert table(app, "group_overlap")["group_overlap"].tolist().count(["✕ fail"]) == 1


def test_what_the_leak_is_worth_stands_beside_the_twin_and_the_steps(look: Open) -> None:
    app = look()
    said = words(app)
    assert "Without them `accuracy` is **" in said
    assert "over 3 trainings" in said
    assert len(app.get("plotly_chart")) == 1
    assert "The configuration most like it, `by-patient`, passes this check" in said
    assert "They differ in `model`." in said
    assert any("GroupShuffleSplit" in one.value for one in app.code)
    assert any(one.key == "to-compare" for one in app.button)
    assert "Split by group" in said


def test_only_checks_that_do_not_pass_everywhere_are_columns_until_others_are_asked_for(look: Open) -> None:
    few = table(look(), "group_overlap")
    assert "shared_ids" not in few
    every = table(look(checks="all 15"), "group_overlap")
    assert {*LeakageCheck} <= {*every}
    one = look(checks=["ids apart", "test_looks"])
    assert {"shared_ids", "group_overlap", "test_looks"} == {*table(one, "shared_ids")} & {*LeakageCheck}


def test_a_link_chooses_a_cell_by_a_run_of_its_row(look: Open, held: Scored) -> None:
    runs = held.client.search_runs([held.experiment("patients")], "params.model = 'by-patient'")
    app = look(row=runs[-1].info.run_id, check="shared_ids")
    assert not app.warning
    assert "by\\-patient, ids apart: ✓ pass" in words(app)
    assert "Nothing: this check found nothing here." in words(app)
    assert "shared_ids" in table(app, "group_overlap")
    assert link(app)["leak-check"] == ["shared_ids"]


def test_a_check_without_evidence_says_what_to_log(look: Open) -> None:
    app = look(check="temporal_overlap")
    assert "time order: – not logged" in words(app)
    assert any(one.value.endswith('evidence.log_splits(rows[["example_id", "split", "time"]])') for one in app.code)


def test_the_copied_link_names_every_choice(look: Open) -> None:
    app = look(where="params.model != 'x'", ignore="model", rows="runs", checks=["duplicates"])
    given = link(app)
    assert given["leak-in"] == ["patients"]
    assert given["leak-where"] == ["params.model != 'x'"]
    assert given["leak-ignore"] == ["model"]
    assert given["leak-rows"] == ["runs"]
    assert given["leak-checks"] == ["duplicates"]
    assert given["leak-check"] == ["group_overlap"]
    assert len(table(app, "group_overlap")) == 6
    assert "6 runs × " in words(app)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"row": "nobody"}, "The link asks for run `nobody`, which is in none of the rows in view; shown is the worst"),
        ({"check": "`magic`"}, "check `` `magic` ``; there are `shared_ids`"),
        ({"first": "-1"}, "rows from `-1` on, which is no number"),
        ({"rows": "folds"}, "`leak-rows` = `folds`, which there isn't; shown is `configurations`"),
        ({"deleted": "perhaps"}, "`leak-deleted` = `perhaps`, which there isn't; shown is `false`"),
        ({"colour": "red"}, "The link holds `leak-colour`, which this page does not know"),
    ],
)
def test_what_a_link_asks_for_and_there_is_not_is_said(look: Open, query: Mapping[str, str], said: str) -> None:
    app = look(**query)
    assert not app.exception
    assert any(said in one.value for one in app.warning), [one.value for one in app.warning]
    assert app.header[0].value.startswith(":red[✕] 1 of 2 configurations leaks.")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"where": "accuracy > 0.9"}, "accuracy"),
        ({"checks": "magic"}, "magic"),
        ({"ignore": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence_instead_of_an_answer(
    look: Open, query: Mapping[str, str], said: str
) -> None:
    app = look(**query)
    assert not app.exception
    assert said in app.error[0].value
    assert not app.dataframe


def test_an_unknown_experiment_gets_a_sentence(look: Open) -> None:
    assert "nowhere" in look("nowhere").error[0].value


def test_no_run_and_a_page_beyond_the_last_say_how_to_go_on(look: Open) -> None:
    app = look(where="params.model = 'none'")
    assert app.header[0].value == "No run to check"
    assert "No run is found; ask for others above." in words(app)
    beyond = look(first="500")
    assert beyond.header[0].value == "No row here"
    assert "The link asks for rows from 501 on; there are 2." in words(beyond)
    [back] = [one for one in beyond.button if one.label == "Show the first rows"]
    again = back.click().run()
    assert again.header[0].value.startswith(":red[✕] 1 of 2 configurations leaks.")
    assert "leak-first" not in again.query_params


def test_rows_beyond_those_in_view_are_a_page_away(look: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "MOST", 2)
    monkeypatch.setattr(question, "SPARE", 1)
    monkeypatch.setattr(question, "WHOLE", 5)
    app = look(rows="runs")
    assert "Rows 1 to 2 of 6." in words(app)
    assert "Evidence files were read of 2 of 6 runs" in words(app)
    [further] = [one for one in app.button if one.label == "Next 2"]
    app = further.click().run()
    assert app.query_params["leak-first"] in ("2", ["2"])
    assert "Rows 3 to 4 of 6." in words(app)
    assert {"Previous 2", "Next 2"} <= {one.label for one in app.button}


def test_a_run_that_logged_nothing_gets_the_line_to_log_first(look: Open) -> None:
    app = look("bare")
    assert app.header[0].value.startswith(":gray[–] Nothing that a check could look at is logged in 1 configuration.")
    assert "Log this first" in words(app)
    assert "evidence.log_splits" in app.code[0].value


def test_with_the_files_away_metrics_are_checked_and_the_rest_says_why_it_is_not(
    open_app: Open, tmp_path: Path
) -> None:
    store = Scored(tmp_path / "store")
    leaking.logged(store, "patients", "by-visit", 0, shared=leaking.SHARED)
    data = synced(store, tmp_path / "data")
    (store.folder / "artifacts").rename(tmp_path / "away")
    app = open_app(PAGE, uri=store.uri, folder=data, query={"leak-check": "group_overlap"})
    assert not app.exception
    assert "by\\-visit 0, groups apart: – not logged" in words(app)
    assert table(app, "group_overlap")["group_overlap"].tolist() == [["– not logged"]]
    assert "train_test_gap" not in table(app, "group_overlap")
    assert "A pass means" in words(app)


def test_damaged_files_leave_other_checks_to_go_on(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    run_id = leaking.logged(store, "patients", "by-visit", 0, shared=leaking.SHARED)
    store.log(run_id, "splits.parquet", b"PAR1 cut")
    app = open_app(PAGE, uri=store.uri, folder=synced(store, tmp_path / "data"), query={"leak-check": "shared_ids"})
    assert not app.exception
    assert "ids apart: – not logged" in words(app)
    assert "splits\\.parquet is damaged or cut short" in words(app)
    assert "✓ 4 pass" in words(app)


def test_names_that_want_to_act_are_shown_letter_by_letter(look: Open) -> None:
    app = look("odd")
    assert not app.exception
    assert "leaks. `[click](http://evil.example) <b…`: 40 of 100" in app.header[0].value
    assert f"{markdown('[click](http://evil.example) <b…')}, groups apart: ✕ fail" in words(app)
    shown = (one.value for kind in (app.subheader, app.markdown, app.caption) for one in kind)
    assert not [text for text in shown if "[click](" in text]
    assert leaking.KOREAN in table(app, "group_overlap")["label"].tolist()


def test_everything_can_be_taken_along(look: Open) -> None:
    app = look()
    app.session_state["take"] = True
    app.run()
    assert not app.exception
    assert app.selectbox(key="take-table").options == ["Checks", "Findings", "Examples behind the chosen finding"]
    app.selectbox(key="take-table").select("Findings").run()
    assert any("groups apart" in one.value and "by-visit" in one.value for one in app.code)


def test_all_experiments_together_name_the_experiment_of_each_row(look: Open) -> None:
    app = look("")
    assert not app.exception
    shown = table(app, "group_overlap")
    assert {"patients", "odd", "bare"} == {*shown["experiment"]}
    assert app.header[0].value.startswith(":red[✕] 2 of 5 configurations leak.")
