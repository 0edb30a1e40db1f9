"""Answers as documented JSON objects: what the command prints and the page hands out."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from assay.model.note import Note
from assay.view.text.notes import words


def plain(value: Any) -> Any:
    """`value` as JSON knows it: NaN and infinities become null with a `reason` in the object that holds them."""
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def bare(own: Note) -> dict[str, Any]:
    """`{code, **values}`, a note within it the same way."""
    return {"code": own.code, **{key: bare(v) if isinstance(v, Note) else v for key, v in own.values}}


def noted(own: Note, labels: Sequence[str] = ()) -> dict[str, Any]:
    """A note with the sides it speaks of and in words."""
    return {**bare(own), "sides": [labels[place] for place in own.sides], "sentence": words(own, labels)}


def reasoned(why: Note | None, labels: Sequence[str]) -> dict[str, Any]:
    """`reason` in words and `note` as a value; nothing where there is none."""
    return {"reason": words(why, labels).removesuffix("."), "note": bare(why)} if why else {}


def odd_name(value: float) -> str:
    """`NaN`, `+Inf` or `-Inf`: what JSON has no number for."""
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"


def _object(value: Mapping[str, Any]) -> dict[str, Any]:
    known = {str(key): plain(item) for key, item in value.items()}
    odd = [
        f"{key} is {odd_name(item)}"
        for key, item in value.items()
        if isinstance(item, float) and not math.isfinite(item)
    ]
    if odd:
        given = known.get("reason")
        known["reason"] = "; ".join(([given] if isinstance(given, str) else []) + odd)
    return known
