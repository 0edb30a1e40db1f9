"""The Trade-offs page without a browser: its answer, its link, and what it says to a link that asks for nonsense."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from assay.settings import ROOT
from carded import filled
from looking import synced
from paged import link, table, words
from stores import Store

PAGE = str(ROOT / "pages" / "tradeoffs.py")
COMPARE = str(ROOT / "pages" / "compare.py")
HOSTILE = "[click](http://evil.example) <b>:red[hot]</b> $x^2$ `y`"
SHADY = "www.evil.example:red:/x"
A, B = "params.model = 'a'", "params.model = 'b'"
PAIR = ["accuracy", "latency_p95_ms"]
FOUR = ["accuracy", "recall", "latency_p95_ms", "cost_usd"]

Open = Callable[..., AppTest]
Query = Mapping[str, str | list[str]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Configurations of every status, names that want to act, four objectives, deleted runs, and runs without metrics."""
    store = filled(tmp_path_factory.mktemp("traded"))
    for at, name in enumerate((HOSTILE, "조용한 모델", "gone")):
        for seed in range(3):
            own = {"accuracy": 0.5 + at / 10 + seed / 1e3, SHADY: 1.0 + at + seed / 1e3}
            run = store.run("odd", params={"model": name, "seed": seed}, metrics=own)
            if name == "gone":
                store.client.delete_run(run)
    for at, name in enumerate("abc"):
        for seed in range(3):
            noise = (seed + at) % 3 / 100
            own = dict(
                zip(FOUR, (0.9 - at / 10 + noise, 0.5 + at / 10 - noise, 3.0 - at + noise, 1.0 + noise), strict=True)
            )
            store.run("four", params={"model": name, "seed": seed}, metrics=own)
    store.run("bare", params={"model": "a"})
    return store


@pytest.fixture(scope="module")
def folder(held: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("traded-data"))


@pytest.fixture
def look(open_app: Open, held: Store, folder: Path) -> Open:
    def looked(experiment: str = "digits", query: Query | None = None) -> AppTest:
        given = {"traded-experiment": experiment} if experiment else {}
        return open_app(PAGE, uri=held.uri, folder=folder, query={**given, **(query or {})})

    return looked


def test_the_first_visit_asks_for_an_experiment_and_offers_them(look: Open) -> None:
    app = look("")
    assert not app.exception
    assert app.title[0].value == "Trade-offs"
    assert app.header[0].value == "Choose an experiment"
    offered = [one for one in app.button if (one.key or "").startswith("choose-")]
    assert {one.key for one in offered} == {f"choose-{name}" for name in ("digits", "wine", "odd", "four", "bare")}
    offered[0].click().run()
    assert f"choose-{app.query_params['traded-experiment']}" == offered[0].key
    assert not app.warning


def test_the_sentence_comes_first_with_the_usual_objectives(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.header[0].value == (
        ":blue[●] 3 of 5 configurations, `a`, `b` and `skewed`, may be on the front of `accuracy` and `latency_p95_ms`."
    )
    said = words(app)
    assert (
        "n = 5 each, 95 % intervals, probabilities from 4,000 draws (to ± 1.5 points). Thresholds don't shape the front."
        in said
    )
    assert "18 runs left out: see below." in said
    assert "`guide` asks for 11 thresholds. Choose a candidate" in said
    assert app.multiselect(key="objective").placeholder == "accuracy ↑, latency_p95_ms ↓"
    assert sorted(table(app, "state")["label"]) == ["a", "b", "skewed"]
    assert len(app.get("plotly_chart")) == 1


def test_a_candidate_is_judged_by_its_scorecard_and_against_the_baseline(look: Open) -> None:
    app = look(query={"traded-candidate": A, "traded-baseline": B, "traded-card": "digits"})
    assert not app.exception
    assert "`a` is shown better than `b` in `accuracy`" in app.header[0].value
    said = words(app)
    assert "`accuracy` +0.0130 is shown better than `b`" in said
    assert "Scorecard of a" in said
    assert "▲ better on these 2 objectives" in said
    assert "Holm over the 2 objectives" in said
    assert said.count("shown to meet every threshold") == 1


EVERYTHING: Query = {
    "objective": ["accuracy:max", "latency_p95_ms"],
    "traded-candidate": A,
    "traded-baseline": B,
    "traded-card": "digits",
    "traded-where": "params.model != 'c'",
    "traded-by": "model",
    "traded-ignore": "seed",
    "traded-statistic": "median",
    "unknown": "latency_p95_ms=0.0",
    "reference": "accuracy=0.5, latency_p95_ms=9.0",
    "seed": "3",
    "traded-deleted": "true",
}


def timeless(text: str) -> str:
    """Without how long ago the store was read."""
    return re.sub(r"synced .* from", "synced from", text)


def test_a_link_brings_every_choice_back_and_its_own_link_shows_the_same(look: Open) -> None:
    app = look(query=EVERYTHING)
    assert not app.exception
    assert not app.warning
    found = link(app)
    expected = {key: [value] if isinstance(value, str) else value for key, value in EVERYTHING.items()}
    assert found == {**expected, "traded-experiment": ["digits"], "objective": ["accuracy:max", "latency_p95_ms:min"]}
    again = look("", query=found)
    assert link(again) == found
    assert timeless(words(again)) == timeless(words(app))
    assert table(again, "state").equals(table(app, "state"))


def test_what_the_page_chose_by_itself_is_in_its_link(look: Open) -> None:
    found = link(look())
    assert found["objective"] == ["accuracy:max", "latency_p95_ms:min"]
    assert found["traded-card"] == ["guide"]
    assert found["reference"][0].startswith("accuracy=0.782")
    assert set(found) == {"traded-experiment", "objective", "traded-card", "reference"}
    again = look("", query=found)
    assert link(again) == found


def test_an_experiment_may_be_told_by_its_id_and_the_inputs_know_its_card(
    look: Open, held: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "{name: ours, experiments: [digits], metrics: {grue: {group: g, threshold: '< 2', weight: 1}}}"
    (tmp_path / "own.yaml").write_text(f"scorecards: [{own}]")
    monkeypatch.setenv("ASSAY_POLICY", str(tmp_path / "own.yaml"))
    told = held.client.get_experiment_by_name("digits")
    assert told is not None
    for name in ("digits", told.experiment_id):
        app = look(name)
        assert not app.exception
        assert "grue ↓" in app.multiselect(key="objective").options
        assert app.selectbox(key="traded-card").placeholder == "ours, policy"


def test_objectives_can_be_written_as_they_are_offered(look: Open) -> None:
    assert link(look(query={"objective": ["latency_p95_ms ↓", "accuracy ↓"]}))["objective"] == [
        "latency_p95_ms:min",
        "accuracy:min",
    ]


def test_a_set_of_the_policy_that_is_not_all_there_names_what_is_missing(look: Open) -> None:
    for objective in (["serving"], ["accuracy", "serving"]):
        app = look(query={"objective": objective})
        assert not app.exception
        assert len(app.error) == 1
        assert "no set of objectives" not in app.error[0].value.replace("\\", "")


def test_a_reference_is_kept_where_there_is_no_volume(look: Open) -> None:
    same = {"objective": ["accuracy"], "reference": "accuracy=0.5"}
    assert link(look(query={**same, "traded-where": "params.model = 'nobody'"}))["reference"] == ["accuracy=0.5"]


@pytest.mark.parametrize("reference", ["rmse=1", "accuracy=1"])
def test_a_reference_of_other_objectives_is_left_out_and_said(look: Open, reference: str) -> None:
    """As when a link's objectives change under the reader's hand."""
    app = look(query={"reference": reference})
    assert not app.error
    assert "reference point is one of other objectives and was left out" in words(app)
    assert "accuracy=" in link(app)["reference"][0]
    assert "latency_p95_ms=" in link(app)["reference"][0]


def test_a_toggle_of_the_link_that_is_neither_on_nor_off_is_said_once_and_in_sight(look: Open) -> None:
    app = look(query={"traded-deleted": "nope"})
    assert not app.exception
    [warning] = app.main.warning
    assert "`traded-deleted` = `nope`, which there isn't; shown is `false`" in warning.value
    assert "warning" in [element.type for element in app.main.children.values()], "outside of the popover"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"traded-experiment": "digit"}, "digit"),
        ({"reference": "accuracy=0.5, accuracy=0.6, latency_p95_ms=1"}, "The reference names accuracy twice; keep one."),
        ({"objective": "acuracy"}, "There is no metric and no set of objectives 'acuracy'. There are 'accuracy'"),
        ({"objective": ["accuracy:max", "accuracy:min"]}, "accuracy cannot be high and low at once"),
        ({"reference": "accuracy=inf, latency_p95_ms=1"}, "'accuracy=inf' is no METRIC=VALUE"),
        ({"unknown": "abc"}, "'abc' is no METRIC=VALUE with a finite number"),
        ({"unknown": "rmze=0"}, "rmze"),
        ({"seed": "x"}, "'x' is no seed; it must be a whole number from 0 on."),
        ({"seed": "-1"}, "'-1' is no seed"),
        ({"seed": "9" * 5_000}, "is no seed"),
        ({"traded-card": "nobody's"}, "There is no scorecard"),
        ({"traded-where": "accuracy > 0.9"}, "accuracy"),
        ({"traded-candidate": "model = 'a'"}, "model"),
        ({"traded-by": "colour"}, "colour"),
        ({"traded-ignore": "colour"}, "colour"),
        ({"traded-statistic": "mode"}, "'mean', 'median'"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_sentence(look: Open, query: Query, said: str) -> None:
    app = look(query=query)
    assert not app.exception
    assert len(app.error) == 1
    assert said in app.error[0].value.replace("\\", "").replace("`", "")


def test_a_word_that_the_page_does_not_know_is_said(look: Open) -> None:
    assert "`metric`" in look(query={"metric": "accuracy"}).warning[0].value


def test_a_filter_that_finds_nothing_is_said_once_and_the_page_goes_on(look: Open) -> None:
    app = look(query={"traded-where": "params.model = 'nobody'"})
    assert not app.exception
    assert app.header[0].value == r":gray[–] No run is found\, so there is no front\."
    said = words(app).replace("\\", "")
    assert said.count("so there is no front") == 1
    assert "has 'nobody' as its param 'model'" in said
    assert app.info[0].value == "There is no configuration to draw."


def test_objectives_that_no_run_has_together_are_said_and_who_lacks_what_is_listed(look: Open) -> None:
    app = look(query={"traded-where": "params.model = 'silent'", "objective": PAIR})
    assert "Of 3 runs none that counts carries accuracy and latency_p95_ms" in app.header[0].value.replace("\\", "")
    assert table(app, "whole")["why"].tolist() == ["accuracy or latency_p95_ms not logged"]


@pytest.mark.parametrize(
    ("candidate", "said"),
    [
        ("params.model = 'nobody'", "No run matches the filter of the candidate"),
        (
            "params.model = 'silent'",
            "filter finds 3 runs (an objective not logged), none of which is part of this front",
        ),
    ],
)
def test_a_candidate_that_is_no_point_is_said_and_who_leads_is_told(look: Open, candidate: str, said: str) -> None:
    app = look(query={"traded-candidate": candidate})
    assert not app.exception
    assert app.header[0].value.startswith(":orange[!] The candidate is not on this front. 3 of 5 configurations")
    assert [one.value.replace("\\", "") for one in app.caption if said in one.value.replace("\\", "")]


def test_single_runs_are_called_runs_and_have_no_probability(look: Open) -> None:
    app = look(query={"traded-by": "none"})
    assert not app.exception
    assert " of 25 runs are on the front of " in app.header[0].value
    assert "without a probability of being on the front" in words(app)
    assert "probability" not in table(app, "state")
    assert link(app)["traded-by"] == ["none"]


def test_one_objective_is_a_ranking(look: Open) -> None:
    app = look(query={"objective": "accuracy"})
    assert not app.exception
    assert "by `accuracy`" in app.header[0].value
    assert app.subheader[0].value == "Ranked by accuracy"
    assert "A single objective (accuracy) is a ranking" in words(app).replace("\\", "")


def test_three_objectives_have_a_map_a_pair(look: Open) -> None:
    app = look("four", {"objective": FOUR[:3]})
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3


def test_four_objectives_have_lines_and_their_maps_wait(look: Open) -> None:
    app = look("four", {"objective": FOUR})
    assert not app.exception
    assert app.subheader[0].value == "All 4 objectives, the better end up"
    assert len(app.get("plotly_chart")) == 1
    assert "Maps of 6 pairs" in [one.label for one in app.expander]


def test_names_from_runs_act_nowhere(look: Open) -> None:
    app = look("odd", {"objective": [SHADY, "accuracy"], "traded-candidate": "params.model LIKE '[click]%'"})
    assert not app.exception
    assert not app.error
    shown = [one.value for kind in (app.header, app.subheader, app.markdown, app.caption) for one in kind]
    for text in shown:
        bare = re.sub(r"(`+).*?(?<!`)\1(?!`)", "", text)
        assert "](http" not in bare
        assert "<b>" not in bare
        assert ":red[" not in bare
        assert ":red:" not in bare
        assert "www.evil" not in bare
    assert "2 configurations" in words(look("odd", {"objective": ["accuracy", SHADY]}))


def test_deleted_runs_count_where_they_are_asked_for(look: Open) -> None:
    app = look("odd", {"objective": ["accuracy"], "traded-deleted": "true"})
    assert "`gone` leads 3 configurations by `accuracy`" in app.header[0].value
    assert "`조용한 모델` leads 2 configurations" in look("odd", {"objective": ["accuracy"]}).header[0].value


def test_an_experiment_without_metrics_says_what_to_do(look: Open) -> None:
    app = look("bare")
    assert not app.exception
    assert app.header[0].value == "Nothing to trade off"
    assert app.multiselect(key="objective").placeholder == "no metric is logged"


def test_the_way_to_compare_takes_both_sides_along(look: Open) -> None:
    app = look(query={"traded-candidate": A, "traded-baseline": B})
    button = app.button(key="to-compare")
    assert button.label == "Compare a with the baseline"
    button.click().run()
    assert not app.exception
    assert app.title[0].value == "Compare"
    assert app.selectbox(key="experiment").value == "digits"
    assert app.selectbox(key="baseline").value == B
    assert app.multiselect(key="candidate").value == [A]
    assert app.multiselect(key="metric").value == PAIR


def test_what_can_be_taken_along_is_behind_its_own_line(look: Open) -> None:
    assert "Take it along" in [one.label for one in look(query={"traded-candidate": A}).expander]


def test_runs_and_compare_lead_to_the_front_the_record_and_the_checklist(open_app: Open) -> None:
    """Of one experiment, with who is compared."""
    listed = open_app(query={"in": "digits"})
    ways = {one.proto.label: one.proto.query_string for one in listed.get("page_link")}
    assert "traded-experiment=digits" in ways["Trade-offs"]
    assert ways["Reproducibility"] == "record-in=digits"
    assert "Trade-offs" not in {one.proto.label for one in open_app().get("page_link")}
    assert "Reproducibility" not in {one.proto.label for one in open_app(query={"find": "svc"}).get("page_link")}
    both = {"experiment": "digits", "baseline": "params.model = 'ridge'", "candidate": "params.model = 'svc'"}
    compared = open_app(COMPARE, query=both)
    ways = {one.proto.label: one.proto.query_string for one in compared.get("page_link")}
    assert parse_qs(ways["Checklist"])["checked-baseline"] == ["params.model = 'ridge'"]
    assert parse_qs(ways["Trade-offs"]) == {
        "traded-experiment": ["digits"],
        "traded-candidate": ["params.model = 'svc'"],
        "traded-baseline": ["params.model = 'ridge'"],
    }


LONG = "x" * 12_000


@pytest.mark.parametrize(
    "query",
    [
        {"objective": LONG},
        {"objective": f"params.`model x` = '{LONG}'"},
        {"traded-candidate": f"params.`model x` = '{LONG}'"},
        {"traded-baseline": f"params.model = '{LONG}'"},
        {"traded-candidate": LONG},
        {"traded-card": LONG},
        {"traded-by": LONG},
        {"traded-experiment": LONG},
        {"reference": LONG},
        {"unknown": f"{LONG}=1"},
        {"seed": LONG},
        {"traded-statistic": LONG},
        {LONG: "1"},
    ],
)
def test_what_is_longer_than_any_name_is_said_in_short(look: Open, query: Query) -> None:
    app = look(query=query)
    assert not app.exception
    said = [*words(app).splitlines(), *(one.value for one in app.error)]
    assert any("x" * 30 in line for line in said)
    assert max(map(len, said)) < 600


def test_single_runs_stand_alone(look: Open) -> None:
    app = look(query={"traded-by": ["none", "model"]})
    assert ["none' makes single runs and stands alone" in one.value.replace("\\", "") for one in app.error] == [True]


def test_several_values_for_an_input_of_one_are_said(look: Open) -> None:
    app = look("", {"traded-experiment": ["digits", "odd"], "traded-statistic": ["median", "mean", "mean"]})
    said = words(app)
    assert "The link holds 2 values of `traded-experiment`, of which this page takes one; shown is `odd`." in said
    assert "2 values of `traded-statistic`, of which this page takes one; shown is `mean`." in said
    assert "The link holds" not in words(look(query={"traded-by": ["model", "seed"], "traded-statistic": "mean"}))
