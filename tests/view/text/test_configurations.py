"""Names of configurations in a list."""

import pytest

from assay.model.runs.name import Name
from assay.view.text.configurations import in_list

LONG = (("model", "mlp"), ("optimizer_learning_rate_init", "0.0003"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Name((("model", "svc-rbf"),), bare=True), "svc-rbf"),
        (Name((("C", "5"),), more=2), "C=5 (+2)"),
        (Name(LONG, bare=True, more=1), "mlp, …_init=0.0003 (+1)"),
        (Name((*LONG, ("path", "x" * 40)), bare=True), f"path={'x' * 40}, …_init=0.0003, mlp"),
        (Name(otherwise="첫\n실행"), "첫 실행"),
    ],
)
def test_values_are_never_cut(name: Name, shown: str) -> None:
    assert in_list(name) == shown
