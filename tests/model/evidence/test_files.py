"""The evidence that a review asks for is the evidence that can be logged."""

import inspect
import re

from assay import evidence
from assay.model.evidence.files import LOGGED_BY


def test_every_kind_of_evidence_has_the_line_that_logs_it() -> None:
    lines = [re.fullmatch(r"evidence\.(\w+)\(([\w, ]*)\)", line) for line in LOGGED_BY.values()]
    asked = {line[1]: line[2] for line in lines if line}
    assert asked.keys() == {name for name in evidence.__all__ if name.startswith("log_")}
    for name, argument in asked.items():
        log = getattr(evidence, name)
        needed = [p.name for p in inspect.signature(log).parameters.values() if p.default is p.empty]
        assert needed == (argument.split(", ") if argument else [])


def test_every_line_names_the_file_that_it_logs() -> None:
    for path, line in LOGGED_BY.items():
        name = line.partition(".")[2].partition("(")[0]
        assert path in (getattr(evidence, name).__doc__ or "")
