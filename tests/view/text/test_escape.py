"""Text from runs is data."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.view.text.escape import block, code, csv_cell, flat, markdown, paragraphs, plotly, sentence, short, wrapped

JOINER = "\u2060"
HOSTILE = [
    "[x](https://evil.example)",
    "![x](https://evil.example/i.png)",
    "https://evil.example",
    "www.evil.example",
    "a@evil.example",
    ":red[hot]",
    ":smile:",
    ":material/home:",
    ":streamlit:",
    "<script>alert(1)</script>",
    "$x^2$",
    "`code`",
    "**bold** _it_ ~~no~~",
    "# heading",
    "a -> b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_every_letter_and_makes_none_of_them_act(text: str) -> None:
    written = markdown(text)
    assert written.replace("\\", "").replace(JOINER, "") == text
    assert not re.search(r"(?<!\\)[\[\]()!<>$`*_~#|:@]", written)


@pytest.mark.parametrize("text", ["https://evil.example", "www.evil.example", "a@evil.example", ":streamlit:", "->"])
def test_what_streamlit_finds_after_reading_markdown_is_broken_by_a_joiner(text: str) -> None:
    assert JOINER in markdown(text)


@pytest.mark.parametrize("text", ["한국어 모델", "logreg", "svc-rbf, C 0.1", "a > b", "12:30"])
def test_ordinary_names_are_shown_as_they_are(text: str) -> None:
    assert markdown(text).replace("\\", "").replace(JOINER, "") == text


@pytest.mark.parametrize("text", ["12:30", "localhost:5000", "openai:gpt-4o", "sqlite:////tmp/x.db", "a:b c:d"])
def test_a_colon_that_starts_no_picture_is_copied_as_it_is(text: str) -> None:
    assert JOINER not in markdown(text)


CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")


@pytest.mark.parametrize("text", [*HOSTILE, "a >= 0.9", ":a:b", "see (https://x.example), or a@b.example.", "'a:b:c'"])
def test_a_sentence_is_copied_as_it_is_and_no_word_of_it_acts(text: str) -> None:
    written = sentence(text)
    assert JOINER not in written
    shown = CODE.sub(lambda found: found[2].removeprefix(" ").removesuffix(" "), written)
    assert shown.replace("\\", "") == text
    outside = CODE.sub("", written)
    assert not re.search(r"(?<!\\)[\[\]()!<>$`*_~#|:@]", outside)
    assert JOINER not in markdown(outside.replace("\\", ""))


def test_what_a_sentence_quotes_is_code() -> None:
    right = "params.`a b` >= 'x:y:z'"
    said = sentence(f"a > 1: wrong; write {right}.", ("a > 1", right))
    assert said == f"`a > 1`\\: wrong\\; write ``{right}``\\."
    assert sentence("nothing of it", ("that", "")) == "nothing of it"


def test_quotes_are_found_in_whatever_order_they_come() -> None:
    text, quotes = "A ' is left open at 'svc; write a = 'svc'.", ("a = 'svc'", "'svc", "'")
    assert (
        sentence(text, quotes) == sentence(text, quotes[::-1]) == "A `'` is left open at `'svc`\\; write `a = 'svc'`\\."
    )


@given(st.text(max_size=60), st.text(max_size=10))
def test_no_sentence_holds_what_is_not_in_its_text(text: str, quote: str) -> None:
    assert JOINER not in sentence(text.replace(JOINER, ""), (quote.replace(JOINER, ""),))


def test_line_breaks_and_direction_marks_do_not_reach_the_page() -> None:
    assert flat("a\n\n  b\tc\x00\u202ed\u200f") == "a b cd"


@given(st.text(max_size=60))
def test_inline_code_cannot_be_left(text: str) -> None:
    written = code(text)
    fence = re.match("`+", written)
    assert fence is not None
    inner = written[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inner)
    assert "\n" not in written


def test_plotly_shows_tags_and_formulas_as_letters() -> None:
    assert plotly("<b>x</b> & $y$") == "&lt;b&gt;x&lt;/b&gt; &amp; &#36;y&#36;"


@pytest.mark.parametrize(
    "text", ["＝cmd", "\u200b=1+1", "\ufeff=1", "＋1", "=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "|x"]
)
def test_a_cell_never_starts_a_formula(text: str) -> None:
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-1", "+0.5", "-1e-05", "1", "model-a", "", "한국어", "\u200b", "\ufeffa=1"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


def test_long_names_lose_their_middle() -> None:
    assert short("a" * 30 + "b" * 30, 20) == "a" * 12 + "…" + "b" * 7
    assert short("short", 20) == "short"


@given(st.text(max_size=80))
def test_a_wrapped_name_fits(text: str) -> None:
    lines = wrapped(text)
    assert len(lines) <= 2
    assert all(len(line) <= 12 for line in lines)


def test_names_break_where_their_parts_end() -> None:
    assert wrapped("logistic-regression") == ("logistic-", "regression")
    assert wrapped("text-embedding-3-large") == ("text-", "embedding-3…")


def test_a_block_keeps_its_lines_and_tabs_and_nothing_that_turns_text_round() -> None:
    assert block("a\n\tb\u202ec\x1b\r\nd  e") == "a\n\tbc\nd  e"


@pytest.mark.parametrize("text", HOSTILE)
def test_paragraphs_stay_apart_and_nothing_in_them_acts(text: str) -> None:
    written = paragraphs(f"{text}\n{text}\n\n\n    {text}\n")
    assert written.replace("\\", "").replace(JOINER, "") == f"{text}  \n{text}  \n\n{text}"
    assert not re.search(r"(?<!\\)[\[\]()!<>$`*_~#|:@]", written)
