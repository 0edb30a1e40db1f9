"""The arms of an ablation as a table."""

from dataclasses import replace

from ablated import DEMO, LOG_LOSS, SWITCHED, Cells, ablated, demo
from assay.model.ablation.answer import Component
from assay.view.exports import comma_separated, latex, markdown
from assay.view.tables.ablation.arms import arms, hidden
from assay.view.tables.ablation.gains import MOST

FULL, WORSE = (0.90, 0.91, 0.90), (0.70, 0.71, 0.705)


def test_a_row_an_arm_with_what_is_on_and_what_the_full_system_has_over_it() -> None:
    shown = arms(demo())
    assert [column.header for column in shown.columns.values()] == [
        "arm", "scaling", "pca", "augmentation", "accuracy, %", "n", "above none", "lost to full", "95 % CI, paired t",
        "p, Holm over 3", "class", "Shapley, points",
    ]  # fmt: skip
    rows = shown.frame.set_index("arm")
    assert list(rows.index)[:4] == ["full", "− pca", "− augmentation", "− scaling"]
    assert list(rows.loc["− scaling"]) == [
        "off", "on", "on", "82.0 ± 3.0", 5, "+23.0", "+12.6", "+8.4 to +16.8", "0.003", ["◆ critical"], "+24.7",
    ]  # fmt: skip
    assert list(rows.loc["full", ["lost", "interval", "p", "class"]]) == ["–", "–", "–", []]
    assert list(rows.loc["none", ["above", "lost", "p"]]) == ["–", "+35.6", "–"]


def test_a_smaller_error_is_better_and_not_above() -> None:
    losses = {off: [1 - score for score in scores] for off, scores in DEMO.items()}
    headers = {name: column.header for name, column in arms(ablated(losses, LOG_LOSS)).columns.items()}
    assert headers["above"] == "better than none"


def test_columns_that_nothing_stands_in_are_not_there() -> None:
    bare = arms(ablated({(): FULL, ("a",): WORSE, ("b",): WORSE}, replace(LOG_LOSS, smallest_effect=None)))
    assert list(bare.columns) == ["arm", "score", "n", "lost", "interval", "p"]
    assert bare.columns["p"].header == "p, Holm over 2"


def test_questions_of_the_plan_stand_beside_their_arms() -> None:
    found = demo()
    asked = replace(found, arms=(found.arms[0], replace(found.arms[1], question="=Does PCA help?"), *found.arms[2:]))
    assert arms(asked).frame["question"].tolist()[:2] == ["–", "'=Does PCA help?"]


def test_an_arm_on_other_test_rows_says_so() -> None:
    found = demo()
    other = replace(found, arms=(found.arms[0], replace(found.arms[1], as_tested=False), *found.arms[2:]))
    assert arms(other).frame["tested"].tolist()[:3] == ["same rows", "other rows", "same rows"]
    assert "tested" not in arms(found).columns


def test_levels_are_as_logged_and_a_missing_one_is_a_dash() -> None:
    own = (Component("model", "large", "small"), Component("aug", "flip", None))
    rows = arms(ablated({(): FULL, ("model",): WORSE, ("aug",): WORSE}, components=own)).frame
    assert rows[["factor:model", "factor:aug"]].to_numpy().tolist() == [
        ["large", "flip"],
        ["small", "flip"],
        ["large", "–"],
    ]


def test_six_factors_are_told_by_the_arms_name_alone() -> None:
    own = [Component(f"part_{k}", "on", "off") for k in range(6)]
    most = tuple(one.name for one in own[:4])
    shown = arms(ablated({(): FULL, most: WORSE, tuple(one.name for one in own): WORSE}, components=own))
    assert not [name for name in shown.columns if name.startswith("factor:")]
    assert shown.frame["arm"].tolist() == ["full", "only part_4 + part_5", "none"]


def test_the_data_have_every_figure_unrounded_and_where_it_comes_from() -> None:
    data = arms(demo()).data
    assert data is not None
    row = data.set_index("arm").loc["− scaling"]
    assert row["lost to full"] == demo().contributions[0].gain.value
    assert (row["off"], row["param pca"], row["metric"], row["class"]) == ("scaling", "on", "accuracy", "critical")
    assert row["lost to full p"] < row["lost to full p adjusted"]
    assert (row["lost to full method"], row["above none method"]) == ("paired t", "paired t")
    assert row["filter"] == "params.model = 'without-scaling'"
    assert len(str(row["run_ids"]).split()) == 5
    assert {"low", "high", "yates", "shapley", "alone low"} <= set(data)


def test_what_the_table_has_no_room_for_is_counted_and_in_the_data() -> None:
    many: Cells = {(): FULL} | {(f"c{k}",): FULL for k in range(MOST + 20)}
    found = ablated(many)
    shown = arms(found)
    assert (len(shown.frame), hidden(found), hidden(demo())) == (MOST, 21, 0)
    assert shown.data is not None
    assert len(shown.data) == MOST + 21


def test_it_can_be_taken_along() -> None:
    assert "| − scaling | off | on | on | 82.0 ± 3.0 | 5 | +23.0 | +12.6 |" in markdown(arms(demo()))
    paper = latex(arms(demo()))
    assert r"$-$ scaling & 82.0 $\pm$ 3.0 & 5 & +12.6 & +8.4 to +16.8 & 0.003 & $\blacklozenge$ critical \\" in paper
    assert "LuaLaTeX" not in paper
    assert comma_separated(arms(demo())).count("\n") == 9


def test_names_that_a_spreadsheet_would_obey_are_shown() -> None:
    own = (Component("=x", "+on", "off"),)
    shown = arms(ablated({(): FULL, ("=x",): WORSE}, components=own))
    assert shown.frame["arm"].tolist() == ["full", "− =x"]
    assert shown.frame["factor:=x"].tolist() == ["'+on", "off"]


def test_without_a_score_an_arm_has_dashes() -> None:
    shown = arms(ablated({off: scores for off, scores in DEMO.items() if off}, components=SWITCHED))
    assert list(shown.frame.iloc[0][["arm", "score", "n"]]) == ["full", "–", 0]
