"""Tables to take along say what the page says, and nothing in them acts."""

import csv
import io

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
