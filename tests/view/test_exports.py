"""Tables to take along say what the page says, and nothing in them acts."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import tasked
from assay.model.comparison.answer import Comparison, ParamDifference, Setting
from assay.model.comparison.examples import Example, Flips, Slice
from assay.view import exports
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison import examples, tasks
from assay.view.tables.comparison.changed import Shown, changed
from assay.view.tables.comparison.metrics import metrics
from assay.view.tables.comparison.params import plain_params
from assay.view.tables.comparison.sides import runs, sides
from assay.view.text.comparison.scale import scale_of
from assay.view.text.verdicts import every_mark
from examined import REACH, answer, candidate


@pytest.fixture
def table() -> Table:
    frame = pd.DataFrame(
        {
            "name": ["a_b & 50 %", "<b>=1+1</b> | `x` $y$"],
            "n": [5, 12345],
            "mean": ["78.2 ± 1.3", None],
            "score": [-1.25, float("nan")],
            "verdict": [["▲ better"], []],
            "strip": ["data:image/svg+xml,…", None],
        }
    )
    columns = {
        "name": Column("side"),
        "n": Column("n", "number", "%,d"),
        "mean": Column("f1, %, mean ± std", "right"),
        "score": Column("score", "number", "%.1f"),
        "verdict": Column("verdict", "marks"),
        "strip": Column("seeds", "strip"),
    }
    return Table(frame, columns, "two sides")


def test_markdown_is_a_pipe_table_in_which_every_character_is_shown(table: Table) -> None:
    header, rule, first, second = exports.markdown(table).splitlines()
    assert header == "| side | n | f1, %, mean ± std | score | verdict |"
    assert rule == "| --- | ---: | ---: | ---: | --- |"
    assert first == r"| a\_b & 50 % | 5 | 78.2 ± 1.3 | −1.2 | ▲ better |"
    assert second == r"| \<b\>=1+1\</b\> \| \`x\` \$y\$ | 12,345 | – | – |  |"


def test_latex_escapes_everything_that_would_act(table: Table) -> None:
    text = exports.latex(table)
    assert r"\begin{tabular}{lrrrl}" in text
    assert text.startswith(r"% Needs \usepackage{booktabs,amssymb,textcomp}.")
    assert r"a\_b \& 50 \% & 5 & 78.2 $\pm$ 1.3 & $-$1.2 & $\blacktriangle$ better \\" in text
    assert r"\textless{}b\textgreater{}=1+1" in text
    assert text.count(r"\\") == 3


def test_csv_reads_back_and_starts_no_formula() -> None:
    frame = pd.DataFrame({"name": ["=cmd()", 'quote " and, comma'], "n": [1, 2]})
    text = exports.comma_separated(Table(frame, {"name": Column("name"), "n": Column("n", "number", "%,d")}, ""))
    assert list(csv.reader(io.StringIO(text))) == [["name", "n"], ["'=cmd()", "1"], ['quote " and, comma', "2"]]


@pytest.mark.parametrize("name", exports.FORMATS)
def test_an_empty_table_is_its_header(name: str) -> None:
    empty = Table(pd.DataFrame({"a": []}), {"a": Column("한글")}, "")
    assert "한글" in exports.FORMATS[name](empty)


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1234.567, "%,.1f", "1,234.6"),
        (0.5, "± %,.2f", "± 0.50"),
        (-0.04, "%.1f", "0.0"),
        (-1234567.0, "%,d", "−1,234,567"),
        (1.2e-7, "%.1e", "1.2e−07"),
        (78.24, "± %.1f", "± 78.2"),
        (0.25, "odd", "0.25"),
    ],
)
def test_numbers_leave_as_they_stand_on_the_page(value: float, pattern: str, shown: str) -> None:
    frame = pd.DataFrame({"v": [value]})
    assert exports.grid(Table(frame, {"v": Column("v", "number", pattern)}, ""))[1] == [[shown]]


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "[2pt]",
    "*",
    "a & b",
    "50 %",
    "a_b",
    "#1",
    "~^\\x",
    "--x ``y''",
    "한국어",
    "two\nlines",
    "-0.3",
    "@x",
)


def hostile() -> Table:
    frame = pd.DataFrame({"name": HOSTILE, "change": ["−0.3"] * len(HOSTILE), "p": ["< 0.001"] * len(HOSTILE)})
    columns = {"name": Column("[name]"), "change": Column("*change", "right"), "p": Column("p", "right")}
    return Table(frame, columns, "hostile names")


def test_the_formula_guard_is_for_texts_and_never_touches_a_number() -> None:
    read = pd.read_csv(io.StringIO(exports.comma_separated(hostile())), dtype={"[name]": str})
    assert read["*change"].tolist() == [-0.3] * len(HOSTILE)
    shown = [
        text
        for text, name in zip(read["[name]"], HOSTILE, strict=True)
        if name not in ("=cmd|' /C calc'!A0", "--x ``y''", "@x")
    ]
    assert shown == ["[2pt]", "*", "a & b", "50 %", "a_b", "#1", "~^\\x", "한국어", "two lines", "-0.3"]
    assert [text[:2] for text in read["[name]"] if text.startswith("'")] == ["'=", "'-", "'@"]


def test_data_are_written_as_they_are_and_nothing_where_there_is_none() -> None:
    data = pd.DataFrame(
        {"n": [5, None], "mean": [0.1 + 0.2, float("nan")], "input": ["=1+1\nsecond", "\0-0.3"]}, dtype=object
    )
    text = exports.comma_separated(Table(pd.DataFrame({"x": ["78.2 ± 1.3"]}), {"x": Column("x")}, "", data))
    assert list(csv.reader(io.StringIO(text))) == [
        ["n", "mean", "input"], ["5", "0.30000000000000004", "'=1+1\nsecond"], ["", "", "-0.3"],
    ]  # fmt: skip


def test_text_that_is_a_number_on_the_page_is_one_in_a_file() -> None:
    frame = pd.DataFrame({"v": ["−1,234.5", "+0.3", "1.2e−07", "–", "just below 0.05"], "t": ["1,234"] * 5})
    table = Table(frame, {"v": Column("v", "right"), "t": Column("t")}, "")
    rows = list(csv.reader(io.StringIO(exports.comma_separated(table))))[1:]
    assert [row[0] for row in rows] == ["-1234.5", "+0.3", "1.2e-07", "", "just below 0.05"]
    assert {row[1] for row in rows} == {"1,234"}


def test_pictures_and_links_that_only_open_something_are_in_no_file() -> None:
    frame = pd.DataFrame({"i": ["data:image/png;base64,x"], "l": ["./compare?example=a"], "r": ["./?run=abc"]})
    columns = {"i": Column("i", "image"), "l": Column("l", "link", "open"), "r": Column("r", "link", "run=(.*)")}
    assert exports.comma_separated(Table(frame, columns, "")) == "r\nabc\n"


def test_paper_has_seven_columns_spare_ones_go_first_and_are_named() -> None:
    names = [f"c_{k}" for k in range(9)]
    table = Table(pd.DataFrame({name: ["x"] for name in names}), {n: Column(n) for n in names}, "", spare=("c_1",))
    text = exports.latex(table)
    assert text.splitlines()[1] == r"% Left out, and in the CSV: c\_1; c\_8."
    assert r"c\_0 & c\_2 & c\_3 & c\_4 & c\_5 & c\_6 & c\_7 \\" in text


def test_no_cell_of_latex_begins_with_what_a_row_end_would_take_for_its_option() -> None:
    text = exports.latex(hostile())
    assert r"{}[name] & {}*change & p \\" in text
    assert "{}[2pt] & $-$0.3" in text
    assert not [line for line in text.splitlines() if line.startswith(("[", "*"))]
    assert "-{}-x" in text
    assert "LuaLaTeX" in text.splitlines()[1]


def test_latex_says_what_its_letters_need() -> None:
    def said(name: str) -> list[str]:
        table = Table(pd.DataFrame({"name": [name]}), {"name": Column("name")}, "")
        return [line for line in exports.latex(table).splitlines()[1:] if line.startswith("%")]

    assert said("plain ± −1 ▲") == []
    assert said("naïve “Łódź”") == [r"% With pdfLaTeX, \usepackage[T1]{fontenc} too."]
    assert ["XeLaTeX" in line for line in said("모델")] == [True]


MARKS = Table(pd.DataFrame({"v": [mark.label for mark in every_mark()] + ["∞", "−∞"]}), {"v": Column("verdict")}, "")


def tables(compare: Callable[..., Comparison]) -> list[Table]:
    """One of every kind that a page hands out."""
    over_seeds = compare(a_b=(0.782, 0.793, 0.768), empty=(), same=(0.659, 0.670, 0.648, 0.652, 0.666))
    differing = tuple(
        ParamDifference(key, ("*x", None, "[1, 2]", "50 %")) for key in ("a_b", "#", "^x", "~", "\\", "$")
    )
    over_seeds = replace(over_seeds, setting=Setting(differing))
    rows = (Example("x_1", 1.0, 0.2, -0.8, {"kind": "owl"}), Example("=x2", 0.6, 0.4, -0.2, {"kind": "[cat]"}))
    flips = Flips(0, 2, 10, 3, averaged=True, higher=True, limit=500, lost_examples=rows)
    one = candidate("b", flips=flips, slices=(Slice("lang", "d_e", 40, 0.9, 0.8, -0.1, REACH, 0.01, 0.02),))
    by_examples, over_tasks = answer(one), tasked.answer([[0.1, 0.2, 0.3], [10.0, 11.0, 13.0]], [[0.4, 0.5, 0.6]] * 2)
    return [
        *(MARKS, metrics(over_seeds), plain_params(over_seeds)),
        *(make(over_seeds, scale_of(over_seeds.first)) for make in (sides, runs)),
        *(examples.flips(by_examples), examples.slices(by_examples, scale_of(by_examples.first))),
        changed(by_examples, one, rows, scale_of(by_examples.first), "Broke", Shown()),
        *(tasks.by_task(over_tasks), tasks.runs(over_tasks), tasks.aggregates(over_tasks, scale_of(over_tasks.first))),
    ]


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_latex_compiles(engine: str, compare: Callable[..., Comparison], tmp_path: Path) -> None:
    if not shutil.which(engine):
        pytest.skip(f"{engine} is not installed")
    latin, every = hostile(), tables(compare)
    latin = replace(latin, frame=latin.frame[latin.frame["name"] != "한국어"])
    accents = Table(pd.DataFrame({"n": ["naïve “Łódź” ß Đ ,,x`` «é»"]}), {"n": Column("n")}, "")
    beyond = [] if engine == "pdflatex" else [hostile()]
    body = "\n\n".join(exports.latex(table) for table in (latin, accents, *every, *beyond))
    encoding = r"\usepackage[T1]{fontenc}" if engine == "pdflatex" else r"\usepackage{fontspec}"
    source = tmp_path / "table.tex"
    source.write_text(
        f"\\documentclass{{article}}\n{encoding}\n\\usepackage{{booktabs,amssymb,textcomp}}\n"
        f"\\begin{{document}}\n{body}\\end{{document}}\n",
        encoding="utf-8",
    )
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", source.name]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    missing = set(
        re.findall("Missing character: There is no (.)", (tmp_path / "table.log").read_text("utf-8", "replace"))
    )
    assert missing <= set("한국어")
