"""What files hold, whatever their names promise."""

import io
import json
import struct
import time
import zlib
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from assay.model.runs.artifacts import FileKind, Preview, kind_of
from assay.model.runs.notes import ArtifactNote
from assay.queries.runs.previews import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, preview


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def seen(folder: Path, name: str, content: bytes | str) -> Preview:
    path = folder / "kept"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return preview(path, name, kind_of(name))


def png(width: int, height: int) -> bytes:
    """The head of an image of so many pixels, and nothing of them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rest = chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rest


def image(format: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(buffer, format)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("plots/a.PNG", FileKind.IMAGE),
        ("a.jpeg", FileKind.IMAGE),
        ("report.html", FileKind.TEXT),
        ("a.svg", FileKind.TEXT),
        ("model/MLmodel", FileKind.TEXT),
        ("a.ipynb", FileKind.JSON),
        ("a.tsv", FileKind.CSV),
        ("a.csv.gz", FileKind.OTHER),
        ("data", FileKind.OTHER),
    ],
)
def test_a_name_says_how_a_file_is_shown(path: str, kind: FileKind) -> None:
    assert kind_of(path) is kind


def test_html_and_svg_are_text_letter_by_letter(folder: Path) -> None:
    for name, text in (("a.html", "<script>alert(1)</script>"), ("a.svg", "<svg onload='alert(1)'/>")):
        found = seen(folder, name, text)
        assert (found.text, found.image, found.reason) == (text, None, None)


def test_text_is_shown_in_any_unicode_and_cut_where_it_gets_long(folder: Path) -> None:
    assert seen(folder, "a.txt", "\ufeff한국어").text == "한국어"
    assert seen(folder, "a.txt", "한국어".encode("utf-16")).text == "한국어"
    assert seen(folder, "a.weights", "just text").text == "just text"
    long = seen(folder, "a.log", "x" * (MOST_CHARACTERS + 1))
    assert (len(long.text or ""), long.cut, long.size) == (MOST_CHARACTERS, True, MOST_CHARACTERS + 1)
    assert not seen(folder, "a.log", "x" * MOST_CHARACTERS).cut


@pytest.mark.parametrize("content", [b"\x89PNG\x00\xff", b"a,b\n1,\x00\n", "한국어".encode("cp949")])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.json", "a.html"])
def test_bytes_under_the_name_of_a_text_are_a_reason(folder: Path, name: str, content: bytes) -> None:
    found = seen(folder, name, content)
    assert found.reason is not None
    assert (found.reason.code, found.text, found.table) == (ArtifactNote.BYTES_FOR_TEXT, None, None)


def test_bytes_under_a_name_that_promises_nothing_have_no_form(folder: Path) -> None:
    found = seen(folder, "model.pkl", b"\x80\x04\x00")
    assert found.reason is not None
    assert found.reason.code is ArtifactNote.NO_FORM


def test_json_on_one_line_is_indented_and_anything_else_left_as_it_is(folder: Path) -> None:
    assert seen(folder, "a.json", '{"a": {"한": 1}}').text == json.dumps({"a": {"한": 1}}, indent=2, ensure_ascii=False)
    for text in ("{\n'a': 1}", "{broken", "[" * 100_000, "1" * 5_000):
        assert seen(folder, "a.json", text).text == text[:MOST_CHARACTERS]


@pytest.mark.parametrize(
    "text", ['{"lr":0.1,"lr":0.2}', '[{"f":1.00000000000000000001}]', "[1e400]", f"[1e{'9' * 30}]", '["\\ud800"]']
)
def test_json_that_would_not_say_the_same_is_left_as_it_is(folder: Path, text: str) -> None:
    assert seen(folder, "a.json", text).text == text
    assert seen(folder, "a.json", "[0.10, 1e-5]").text == "[\n  0.1,\n  1e-05\n]"


def test_json_is_indented_as_far_as_it_is_shown(folder: Path) -> None:
    depth = 300
    began = time.process_time()
    found = seen(folder, "a.json", "[" * depth + ",".join("1" * 200_000) + "]" * depth)
    assert time.process_time() - began < 1
    assert (len(found.text or ""), found.cut) == (MOST_CHARACTERS, True)


def test_a_table_has_its_first_rows_and_says_how_many_there_are(folder: Path) -> None:
    text = "id;name;word\n" + "".join(f'{n};"이름; {n}";x\n' for n in range(MOST_ROWS + 5))
    found = seen(folder, "a.csv", text)
    assert found.table is not None
    assert (found.rows, found.columns, len(found.table)) == (MOST_ROWS + 5, 3, MOST_ROWS)
    assert found.table.iloc[1].tolist() == ["1", "이름; 1", "x"]
    assert seen(folder, "a.tsv", "a\tb,c\n1\t2\n").columns == 2
    wide = seen(folder, "a.csv", ",".join(["x"] * 500))
    assert wide.table is not None
    assert (wide.table.shape, wide.columns, wide.rows) == ((0, MOST_COLUMNS), 500, 0)


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2,3\n", "a\n" + "x" * 200_000])
def test_what_is_no_even_table_is_shown_as_text(folder: Path, text: str) -> None:
    found = seen(folder, "a.csv", text)
    assert (found.table, found.text) == (None, text[:MOST_CHARACTERS])


def test_parquet_has_its_first_rows_and_a_damaged_one_a_reason(folder: Path) -> None:
    buffer = io.BytesIO()
    pd.DataFrame({"a": range(250), "b": ["한"] * 250}).to_parquet(buffer)
    found = seen(folder, "a.parquet", buffer.getvalue())
    assert found.table is not None
    assert (found.rows, found.columns, len(found.table)) == (250, 2, MOST_ROWS)
    assert found.table.iloc[-1].tolist() == [str(MOST_ROWS - 1), "한"]
    for content in (buffer.getvalue()[:-20], b"a,b\n1,2"):
        damaged = seen(folder, "a.parquet", content)
        assert damaged.reason is not None
        assert damaged.reason.code is ArtifactNote.NO_READABLE_TABLE


@pytest.mark.parametrize(
    ("name", "format"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")]
)
def test_an_image_has_its_pixels(folder: Path, name: str, format: str) -> None:
    found = seen(folder, name, image(format))
    assert (found.pixels, found.image, found.form, found.reason) == ((30, 20), folder / "kept", format, None)


@pytest.mark.parametrize("pixels", [(6_000, 6_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_an_image_bomb_is_refused_by_its_head(folder: Path, pixels: tuple[int, int]) -> None:
    found = seen(folder, "a.png", png(*pixels))
    assert found.reason is not None
    assert (found.reason.code, found.image) == (ArtifactNote.TOO_MANY_PIXELS, None)


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"", image("PNG")[:60], image("BMP"), png(20, 20)])
def test_what_is_no_whole_image_is_a_reason(folder: Path, content: bytes) -> None:
    found = seen(folder, "a.png", content)
    assert found.reason is not None
    assert (found.reason.code, found.image) == (ArtifactNote.NO_IMAGE, None)
