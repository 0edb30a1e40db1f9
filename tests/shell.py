"""What the command answered, for tests that call it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """What stdout holds, refusing NaN and infinities that are not JSON."""

        def refuse(name: str) -> None:
            raise AssertionError(f"{name} is no JSON")

        found: dict[str, Any] = json.loads(self.out, parse_constant=refuse)
        return found


Assay = Callable[..., Result]
