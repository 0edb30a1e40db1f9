import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.evidence.packages import _installed, packages, sources
from versioned import written


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The one folder in which this process then finds packages."""
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    _installed.cache_clear()
    yield tmp_path / "site"
    _installed.cache_clear()


def installed(site: Path, name: str, version: str | None = "1.0", origin: Any = None) -> None:
    lines = f"Metadata-Version: 2.1\nName: {name}\n" + (f"Version: {version}\n" if version else "")
    written(site, {f"{name}-{version}.dist-info/METADATA": lines})
    if origin is not None:
        text = origin if isinstance(origin, str) else json.dumps(origin)
        written(site, {f"{name}-{version}.dist-info/direct_url.json": text})


def test_what_came_from_no_index_says_where_from(site: Path, tmp_path: Path) -> None:
    ours = (tmp_path / "my work" / "libs").as_uri()
    installed(site, "numpy", "2.0")
    remote = "https://ada:hunter2@example.org/tools.git"
    control = {"vcs": "git", "requested_revision": "main", "commit_id": "4b1d" * 10}
    installed(site, "tools", origin={"url": remote, "vcs_info": control, "subdirectory": "py"})
    installed(site, "Team", origin={"url": ours, "dir_info": {"editable": True}})
    installed(site, "built", origin={"url": f"{ours}/dist/built.whl", "archive_info": {}})
    installed(site, "wheel", origin={"url": "https://example.org/w.whl", "archive_info": {"hash": "sha256=0"}})
    assert [*packages()] == ["built", "numpy", "Team", "tools", "wheel"]
    assert (packages()["numpy"], packages()["tools"]) == ("2.0", "1.0")
    assert sources(tmp_path / "my work") == {
        "built": {"url": f"{ours}/dist/built.whl"},
        "Team": {"url": ours, "editable": True, "folder": "libs"},
        "tools": {"url": "https://example.org/tools.git", "commit": "4b1d" * 10, "subdirectory": "py"},
        "wheel": {"url": "https://example.org/w.whl"},
    }
    assert "folder" not in sources()["Team"]


def test_a_broken_installation_hides_no_other(site: Path) -> None:
    (site / "empty-1.0.dist-info").mkdir()
    written(site, {"binary-1.0.dist-info/METADATA": b"Name: \xff\xfe\n", "file-1.0.dist-info": "no folder"})
    installed(site, "versionless", version=None)
    for at, origin in enumerate(
        ['{"url": ', "[1]", '"text"', {"url": 7}, {"url": "x", "vcs_info": "git"}, "[" * 10**5]
    ):
        installed(site, f"odd{at}", origin=origin)
    assert [*packages()] == [f"odd{at}" for at in range(6)]
    assert sources() == {"odd4": {"url": "x"}}


def test_of_two_of_one_name_that_counts_which_is_imported(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(site, "twice", "2.0")
    installed(tmp_path / "later", "twice", "1.0")
    monkeypatch.setattr(sys, "path", [str(site), str(tmp_path / "later")])
    assert packages() == {"twice": "2.0"}


def test_five_thousand_packages_are_no_burden(site: Path) -> None:
    for at in range(5000):
        installed(site, f"package-{at}")
    began = time.process_time()
    assert len(packages()) == 5000
    assert time.process_time() - began < 5
