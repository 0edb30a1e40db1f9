"""Images that runs logged, small ones and those that must not be shown."""

import base64
import pickle
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assay.demo.images import png
from assay.model.comparison.excerpts import ImageQuestion, Images
from assay.model.runs.artifacts import ArtifactAsked
from assay.queries.comparison.images import images, url
from assay.queries.runs.artifacts import opened
from assay.workspace import Workspace
from saying import said
from scored import Scored
from stores import Store

SMALL = png(np.arange(64.0), 8)


def jpeg(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height)).save(out, "JPEG")
    return out.getvalue()


def shown(found: Images) -> list[str]:
    return [path for (_, path), one in found.found.items() if one.image]


@pytest.fixture
def held(tmp_path: Path) -> tuple[Scored, str]:
    store = Scored(tmp_path / "store")
    run_id = store.run("e", metrics={"accuracy": 0.5})
    head = SMALL[12:16] + struct.pack(">II", 60_000, 60_000) + SMALL[24:29]
    bomb = SMALL[:12] + head + struct.pack(">I", zlib.crc32(head)) + SMALL[33:]
    files = {
        "a.png": SMALL,
        "b.jpg": jpeg(40, 30),
        "bomb.png": bomb,
        "cut.png": SMALL[:60],
        "wide.jpg": jpeg(200, 100),
        "page.png": b"<svg onload='alert(1)'/>",
        "big.png": SMALL + b"\0" * 2000,
    }
    for name, content in files.items():
        store.log(run_id, name, content, folder="examples")
    return store, run_id


@pytest.fixture
def ask(held: tuple[Scored, str], work_of: Callable[[Store], Workspace]) -> Callable[..., Images]:
    work = work_of(held[0])
    return lambda *paths, most=1500: images(work, ImageQuestion(tuple((held[1], path) for path in paths), most, 10_000))


def test_png_and_jpeg_become_data_urls(held: tuple[Scored, str], ask: Callable[..., Images]) -> None:
    found = ask("examples/a.png", "examples/b.jpg")
    assert not found.refused
    first, second = map(url, found.found.values())
    assert first is not None
    assert second is not None
    head, _, content = first.partition(",")
    assert (head, base64.b64decode(content)) == ("data:image/png;base64", SMALL)
    assert second.startswith("data:image/jpeg;base64,")


def test_an_image_is_kept_as_a_file_and_not_in_memory(ask: Callable[..., Images]) -> None:
    [one] = ask("examples/a.png").found.values()
    assert one.image is not None
    one.image.unlink()
    assert url(one) is None
    assert len(pickle.dumps(one)) < 1_000


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("examples/bomb.png", "more than 10,000 pixels"),
        ("examples/page.png", "no whole PNG"),
        ("examples/cut.png", "no whole PNG"),
        ("examples/wide.jpg", "more than 10,000 pixels"),
        ("examples/big.png", "shown up to 1.5 kB"),
        ("examples/none.png", "no file"),
        ("examples", "no file"),
        ("../../../mlflow.db", "no path of an artifact"),
        ("/etc/passwd", "no path of an artifact"),
        ("", "no path of an artifact"),
    ],
)
def test_what_must_not_be_shown_is_said_and_the_others_are_shown(
    held: tuple[Scored, str], ask: Callable[..., Images], path: str, why: str
) -> None:
    found = ask(path, "examples/a.png")
    assert shown(found) == ["examples/a.png"]
    assert why in said(found.refused[held[1], path])
    assert found.keeps_seconds < float("inf")


def test_what_is_too_large_is_not_even_fetched(
    held: tuple[Scored, str], ask: Callable[..., Images], tmp_path: Path
) -> None:
    ask("examples/big.png")
    assert not list(tmp_path.rglob("data/artifacts/**/big.png"))


def test_what_was_fetched_outlives_the_store(
    held: tuple[Scored, str], ask: Callable[..., Images], tmp_path: Path
) -> None:
    ask("examples/a.png")
    (tmp_path / "store").rename(tmp_path / "away")
    found = ask("examples/a.png", "examples/b.jpg")
    assert shown(found) == ["examples/a.png"]
    assert "mlflow.db" in said(found.refused[held[1], "examples/b.jpg"])


def test_an_image_that_is_logged_again_is_shown_as_it_is_now_here_as_on_the_run_s_page(
    held: tuple[Scored, str], work_of: Callable[[Store], Workspace]
) -> None:
    store, run_id = held
    work, path = work_of(store), "examples/b.jpg"
    for size in (8, 16):
        store.log(run_id, "b.jpg", jpeg(size, size), folder="examples")
        [one] = images(work, ImageQuestion(((run_id, path),), 100_000, 10_000)).found.values()
        assert one.pixels == (size, size)
        assert one.keeps_seconds < 60
        assert opened(work, ArtifactAsked(run_id, path)).pixels == (size, size)
