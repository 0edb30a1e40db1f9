"""The table of tests/test_architecture.py as docs/architecture.md has it; `python -m imports_table` writes it there."""

from test_architecture import FLOOR, MAY_IMPORT, MODULES, OWNERS, ROOT, within

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- imports: begin -->", "<!-- imports: end -->"


def table() -> str:
    """Who may import whom, then who may import which library; places that are not there yet are left out."""
    floor = _named(sorted(FLOOR))
    rooms = {place: _row(place) for place in MAY_IMPORT if _is_there(place) and not within(place, FLOOR)}
    owners = {library: _named(sorted(filter(_is_there, places))) for library, places in OWNERS.items()}
    return "\n".join(
        [
            *_lines("place", f"may import, besides itself and the floor ({floor})", rooms),
            "",
            *_lines("library", "may be imported by", {name: places for name, places in owners.items() if places}),
        ]
    )


def current(page: str) -> str:
    """`page` with the table of now between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _is_there(place: str) -> bool:
    return any(within(known, {place}) for known in MODULES)


def _row(place: str) -> str:
    """What a place may import of its own row, after what the rows above it say."""
    above = [row for row in MAY_IMPORT if row != place and within(place, {row})]
    own = _named(sorted(filter(_is_there, MAY_IMPORT[place])))
    shared = f"as {_named([max(above, key=len)])}" if above else ""
    return ", and ".join(filter(None, (shared, own))) or "nothing more"


def _named(places: list[str]) -> str:
    return ", ".join(f"`{place}`" for place in places)


def _lines(left: str, right: str, rows: dict[str, str]) -> list[str]:
    return [f"| {left} | {right} |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in rows.items())]


def main() -> None:
    """Rewrites the table in place."""
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
