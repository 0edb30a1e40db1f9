"""The Reproducibility page without a browser: its answer, its link, and what it says to a link that asks for nonsense."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import recording
from assay.settings import ROOT
from assay.view.text.escape import markdown
from looking import synced
from paged import link, table, words
from scored import Scored

PAGE = str(ROOT / "pages" / "reproducibility.py")
HEADLINE = (
    ":red[✕] One repeat of `k-nearest` disagrees though nothing on record differs. "
    "Two of four configurations can be run again."
)

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return recording.filled(tmp_path_factory.mktemp("recording"))


@pytest.fixture(scope="module")
def folder(held: Scored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("recording-data"))


@pytest.fixture
def look(open_app: Open, held: Scored, folder: Path) -> Open:
    def looked(experiment: str = "digits", **query: str | list[str]) -> AppTest:
        given = {"record-in": experiment} if experiment else {}
        more = {f"record-{name}": value for name, value in query.items()}
        return open_app(PAGE, uri=held.uri, folder=folder, query={**given, **more})

    return looked


def test_the_sentence_comes_first_then_elements_record_differences_repeats_and_the_file(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.title[0].value == "Reproducibility"
    assert app.header[0].value == HEADLINE
    said = words(app)
    assert "`mlp-v2`: The 3 runs of this configuration used 2 versions of the data \\(digits\\)" in said
    assert "`quick-try`: 1 metric is logged and no param" in said
    assert "1 metric left out of repeats (`latency_p50_ms`)" in said
    assert "**Data version** :orange-badge[! 2 of 4]" in said
    assert "several versions of the data under one name in `mlp-v2`; no digest in `quick-try`" in said
    assert "**Pipeline** :gray-badge[– 3 of 4]" in said
    matrix = table(app, "data_version")
    assert {"data_version", "logging", "repeats"} < {*matrix}
    assert "code_version" not in matrix
    assert "are in no finding: folded, to be unfolded under Record." in said
    assert "k\\-nearest, repeats: ✕ fail" in said
    assert table(app, "field")["field"].tolist() == ["training data", "commit"]
    assert table(app, "across")["said"].tolist() == [["✕ disagrees"], ["! differs"], ["✓ reproduced"]]
    assert "Only fields that differ, of 21 compared (2 of them packages). Same as far as MLflow looks" in said
    assert "`k-nearest`, seed `2`: `accuracy` 96.6 and 97.1 %. Nothing on record differs" in said
    file = next(one.value for one in app.code if one.value.startswith("# How to run"))
    assert "# How to run `k-nearest, seed 2` again" in file
    assert "git clone --quiet -- https://git.example/team/work.git work" in file


def test_a_link_chooses_cell_columns_rows_and_the_run_of_the_file_and_can_be_copied(look: Open, held: Scored) -> None:
    runs = held.client.search_runs([held.experiment("digits")], "params.model = 'svc' and params.seed = '2'")
    run_id = runs[0].info.run_id
    app = look(
        row=run_id, check="container", run=run_id[:12], checks=["seeds", "code_clean"], against="params.seed = '1'"
    )
    assert not app.exception
    assert not app.warning
    assert "svc, container: – not logged" in words(app)
    assert any(
        one.value == 'from assay import evidence\nevidence.log_environment(image="name@sha256:…")' for one in app.code
    )
    assert {"code_clean", "seeds", "container", "repeats"} <= {*table(app, "seeds")}
    assert any(one.value.startswith("# How to run `svc, seed 2` again") for one in app.code)
    given = link(app)
    assert (given["record-against"], given["record-run"]) == (["params.seed = '1'"], [run_id[:12]])
    assert (given["record-check"], given["record-checks"]) == (["container"], ["code clean", "seeds"])
    followed = look(row=run_id)
    assert any(one.value.startswith("# How to run `svc, seed 2` again") for one in followed.code)
    assert link(followed)["record-run"] == [run_id]
    single = look(rows="runs", checks="all 12")
    assert len(table(single, "seeds")) == 10
    assert link(single)["record-rows"] == ["runs"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"row": "nobody"}, "The link asks for run `nobody`, which is in none of the rows in view"),
        ({"check": "`magic`"}, "check `` `magic` ``; there are `code_version`"),
        ({"first": "-1", "colour": "red"}, "The link holds `record-colour`, which this page does not know"),
    ],
)
def test_what_a_link_asks_for_and_there_is_not_is_said(look: Open, query: Mapping[str, str], said: str) -> None:
    app = look(**query)
    assert not app.exception
    assert any(said in one.value for one in app.warning), [one.value for one in app.warning]
    assert app.header[0].value == HEADLINE


def test_what_cannot_be_asked_gets_a_sentence_instead_of_an_answer(look: Open) -> None:
    for query, said in (
        ({"against": "accuracy > 0.9"}, "accuracy"),
        ({"checks": "magic"}, "magic"),
        ({"run": "nobody"}, "no run"),
    ):
        app = look(**query)
        assert not app.exception
        assert said in app.error[0].value


def test_nothing_on_record_no_run_and_a_page_beyond_the_last_say_how_to_go_on(look: Open) -> None:
    bare = look("bare")
    assert bare.header[0].value.startswith(
        ":orange[!] Nothing that a second run needs is on record in 1 configuration."
    )
    assert "log_environment(changes=True)" in bare.code[0].value
    assert "Which commit it was is not on record" in bare.code[2].value
    none = look(where="params.model = 'none'")
    assert none.header[0].value == "No run to look at"
    beyond = look(first="500")
    assert "The link asks for rows from 501 on; there are 4." in words(beyond)


def test_names_and_commands_that_want_to_act_are_shown_letter_by_letter(look: Open, held: Scored) -> None:
    first = held.client.search_runs([held.experiment("odd")])[-1].info.run_id
    app = look("odd", row=first, check="command", run=first)
    assert not app.exception
    shown = [one.value for kind in (app.header, app.subheader, app.markdown, app.caption) for one in kind]
    assert not [text for text in shown if "[click](" in text.replace("`[click](http://evil.example) <b…`", "")]
    assert any(markdown("[click](http://evil.example) <b…") in text for text in shown)
    assert recording.KOREAN in table(app, "repeats")["label"].tolist()


def test_everything_can_be_taken_along(look: Open) -> None:
    app = look()
    app.session_state["take"] = True
    app.run()
    assert not app.exception
    assert app.selectbox(key="take-table").options == ["Record", "Differences", "Repeats"]
