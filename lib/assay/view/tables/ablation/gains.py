"""How gains stand in the tables of an ablation."""

from assay.model.ablation.answer import Ablation, Gain
from assay.view.text.numbers import MISSING, Scale

MOST = 200
"""Rows in sight."""

Row = dict[str, object]


def p_header(found: Ablation, n: int) -> str:
    """`p, Holm over 3`, of `n` that are corrected together."""
    return f"p, {found.rules.correction.capitalize()} over {n:,}" if found.rules.corrected and n > 1 else "p"


def interval(gain: Gain, written: Scale) -> str:
    """`+8.4 to +16.8`."""
    own = gain.interval
    return written.limits(own.low, own.high) if own else MISSING


def figures(gain: Gain, name: str = "") -> Row:
    """Unrounded and in the unit that was logged; what each is called follows `name`."""
    own = gain.interval
    numbers = {
        "low": own.low if own else None,
        "high": own.high if own else None,
        "method": own.method if own else None,
        "p": gain.p_value,
        "p adjusted": gain.p_adjusted,
    }
    return {name or "gain": gain.value, **{f"{name} {key}".strip(): value for key, value in numbers.items()}}
