"""Curves behind Compare's address, without a browser."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay import settings as configuration
from curved import FAST, GOOD, HOSTILE, SLOW
from looking import synced
from stores import Store

CURVES = str(configuration.ROOT / "pages" / "compare.py")

Open = Callable[..., AppTest]
Choices = Mapping[str, str | list[str]]


@pytest.fixture(scope="module")
def folder(nets: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(nets, tmp_path_factory.mktemp("curves"))


@pytest.fixture
def look(open_app: Open, nets: Store, folder: Path) -> Callable[..., AppTest]:
    def looked(
        baseline: str = FAST, candidate: str | list[str] = GOOD, curve: str = "val_loss", **more: str
    ) -> AppTest:
        query = {"curve": curve, "experiment": "nets", "baseline": baseline, "candidate": candidate, **more}
        return open_app(CURVES, uri=nets.uri, folder=folder, query={k: v for k, v in query.items() if v})

    return looked


def test_a_cold_link_shows_the_answer_the_tables_and_the_ways_on(look: Callable[..., AppTest]) -> None:
    app = look(SLOW, [FAST, GOOD])
    assert not app.exception
    assert app.title[0].value == "Curves"
    assert "`lr=0.003`" in app.header[0].value
    assert app.subheader[0].value == "`val_loss` over steps"
    table = app.dataframe[0].value
    assert table["place"].tolist()[-1] == "best"
    assert [link.value for link in app.page_link] == ["Compare the last values"]
    link = app.code[-1].value
    assert "/compare?curve=val_loss&experiment=nets&" in link
    assert "over=step" in link


def test_smoothing_band_and_part_are_in_the_link(look: Callable[..., AppTest]) -> None:
    app = look(smoothing="5", band="interval", axis="log", **{"from": "5", "to": "35"})
    assert not app.exception
    said = " ".join(caption.value for caption in app.caption)
    assert "mean of 5 neighbouring steps" in said
    assert "95 % t interval" in said
    assert all(part in app.code[-1].value for part in ("smoothing=5", "band=interval", "from=5", "to=35", "axis=log"))


def test_what_a_link_holds_that_there_isnt_is_said(look: Callable[..., AppTest]) -> None:
    assert "smoothing" in look(smoothing="4").error[0].value
    assert "must be a number" in look(**{"from": "soon"}).error[0].value
    assert "first end must lie below" in look(**{"from": "9", "to": "3"}).error[0].value
    assert "nobody" in look(curve="nobody").error[0].value
    assert "methd" in look(methd="t").warning[0].value


def test_without_configurations_the_page_says_what_is_missing(look: Callable[..., AppTest]) -> None:
    app = look("", "")
    assert not app.exception
    assert "Still missing: a configuration." in app.markdown[-1].value


def test_a_metric_that_was_logged_once_leads_to_compare(look: Callable[..., AppTest]) -> None:
    app = look(curve="accuracy")
    assert "logged once by 10 runs" in app.info[0].value
    assert [link.value for link in app.page_link] == ["Compare the last values"]


def test_names_from_runs_are_shown_as_they_are(look: Callable[..., AppTest]) -> None:
    app = look(GOOD, HOSTILE)
    assert not app.exception
    assert "`lr=<b>큰값</b> [x](http://evil.examp…`" in app.header[0].value + "".join(m.value for m in app.markdown)


def test_with_the_store_away_the_page_says_why_it_has_no_curve(open_app: Open, nets: Store, tmp_path: Path) -> None:
    path = tmp_path / "store" / "mlflow.db"
    path.parent.mkdir()
    path.write_bytes(Path(nets.uri.removeprefix("sqlite:///")).read_bytes())
    synced(Store(f"sqlite:///{path}"), tmp_path / "data")
    path.unlink()
    query = {"curve": "val_loss", "experiment": "nets", "baseline": FAST, "candidate": GOOD}
    app = open_app(CURVES, uri=f"sqlite:///{path}", folder=tmp_path / "data", query=query)
    assert not app.exception
    assert app.info[0].value.startswith("There is no file")


def test_the_way_to_the_last_values_keeps_what_groups_the_runs(look: Callable[..., AppTest]) -> None:
    [link] = look(**{"with-deleted": "true"}).page_link
    assert {"with-deleted=true", "metric=val_loss"} <= {*link.proto.query_string.split("&")}


def test_a_comparison_and_a_run_lead_to_curves(open_app: Open, nets: Store, folder: Path) -> None:
    query = {"experiment": "nets", "metric": "accuracy", "baseline": FAST, "candidate": GOOD}
    app = open_app(CURVES, uri=nets.uri, folder=folder, query=query)
    assert app.title[0].value == "Compare"
    assert "Curves" in [link.value for link in app.page_link]
    experiment = nets.client.get_experiment_by_name("nets")
    assert experiment is not None
    run_id = nets.client.search_runs([experiment.experiment_id], GOOD)[0].info.run_id
    page = open_app(uri=nets.uri, folder=folder, query={"run": run_id})
    assert "Curves of this configuration" in [link.value for link in page.page_link]


def test_where_nothing_was_logged_step_by_step_there_is_no_way_to_curves(open_app: Open) -> None:
    query = {"metric": "accuracy", "baseline": "params.model = 'svc'", "candidate": "params.model = 'ridge'"}
    assert "Curves" not in [link.value for link in open_app(CURVES, query=query).page_link]
