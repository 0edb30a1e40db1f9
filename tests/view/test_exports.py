"""Tables to take along say what the page says, and nothing in them acts."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from assay.view import exports
from assay.view.tables.column import Column, Table


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


def test_latex_compiles(tmp_path: Path) -> None:
    engine = next((name for name in ("lualatex", "xelatex", "tectonic", "pdflatex") if shutil.which(name)), None)
    if engine is None:
        pytest.skip("no TeX engine is installed")
    table = hostile()
    if engine == "pdflatex":
        table = Table(table.frame[table.frame["name"] != "한국어"], table.columns, table.alt)
    source = tmp_path / "table.tex"
    source.write_text(
        "\\documentclass{article}\n\\usepackage{booktabs,amssymb,textcomp}\n\\begin{document}\n"
        f"{exports.latex(table)}\\end{{document}}\n",
        encoding="utf-8",
    )
    options = ["--outdir", "."] if engine == "tectonic" else ["-interaction=nonstopmode", "-halt-on-error"]
    run = subprocess.run([engine, *options, source.name], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / "table.pdf").stat().st_size > 1000
