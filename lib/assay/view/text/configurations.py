"""What a configuration is called where there is little room: params may be cut, values never."""

import re

from assay.model.runs.name import Name
from assay.view.text.escape import flat

_ROOM = 40


def in_list(name: Name) -> str:
    """`mlp, …_init=0.03 (+2)`: in two more params it is unlike most of its neighbours.

    What is still longer than its column begins with the part that tells most.
    """
    more = f" (+{name.more})" if name.more else ""
    short = [_short(param, value, bare=name.bare and not place) for place, (param, value) in enumerate(name.parts)]
    for tried in (name.text, ", ".join(short), ", ".join(reversed(short))):
        if len(tried) + len(more) <= _ROOM:
            break
    return flat(tried or name.text) + more


def _short(param: str, value: str, *, bare: bool) -> str:
    """`…_init=0.03`: the last word of a param, its value whole."""
    words = re.split(r"(?<=[_./-])(?=[^_./-])", param)
    return value if bare else f"{'…_' if len(words) > 1 else ''}{words[-1]}={value}"
