"""Calls the command as a shell would, in this process."""

from pathlib import Path

import pytest

from assay.cli import main
from shell import Assay, Result


@pytest.fixture
def assay(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Assay:
    """`assay("runs", "--json")` with a data folder of the test's own."""

    def call(*arguments: str, data: Path = tmp_path / "data") -> Result:
        monkeypatch.setattr("sys.argv", ["assay", *arguments, *(["--data", str(data)] if len(arguments) > 1 else [])])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        return Result(int(stopped.value.code or 0), captured.out, captured.err)

    return call
