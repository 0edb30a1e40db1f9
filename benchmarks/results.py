"""What a benchmark measured, beside what its peer needs for the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `goal` is the ratio aimed at, or seconds when there is no peer."""

    what: str
    seconds: float
    peer: str = ""
    peer_seconds: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times faster than the peer."""
        return None if self.peer_seconds is None else self.peer_seconds / self.seconds


def markdown(rows: list[Row]) -> str:
    """A table as it may stand in the README."""
    lines = ["| What | Assay | Peer | Ratio | Goal |", "|---|---:|---:|---:|---|"]
    for row in rows:
        peer = "" if row.peer_seconds is None else f"{row.peer}: {_seconds(row.peer_seconds)}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2g} ×" if row.ratio < 10 else f"{row.ratio:,.0f} ×"
        lines.append(f"| {row.what} | {_seconds(row.seconds)} | {peer} | {ratio} | {row.goal} |")
    return "\n".join(lines)


def _seconds(value: float) -> str:
    return f"{value:,.1f} s" if value >= 1 else f"{value * 1000:.3g} ms"
