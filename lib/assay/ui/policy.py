"""The paragraphs of the Policy page: which rules to look at, what is doubtful of them, and what each decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assay.model.criteria import Scorecard
from assay.model.note import Note
from assay.model.rules import Reach, Rule, RuleBook, RuleQuestion, Whose
from assay.queries import policies
from assay.queries.effects import consequences
from assay.ui import controls, export, links, load, show
from assay.ui.frame import Context
from assay.view.objects import policy as objects
from assay.view.tables import policy as tables
from assay.view.text import policy as text
from assay.view.text.escape import code, markdown, short
from assay.view.text.notes import as_markdown, words

_WHOSE: Mapping[str, Whose] = {"the team's": "team", "shipped": "shipped"}
_KEYS = ("rule", "whose", "part", "as", "card", "picked")
_VIEWS = ("table", "tree")
_MOST_LINES = 1_000
_MOST_NOTES = 6


@dataclass(frozen=True, slots=True)
class Rulings:
    """What was asked and found: all rules, those shown, what each decides in the store, and the scorecard in sight."""

    context: Context
    question: RuleQuestion
    book: RuleBook
    rules: tuple[Rule, ...]
    reach: Mapping[str, Reach]
    effects: Mapping[str, Note]

    def choices(self, picked: str = "", card: str = "") -> links.Choices:
        """Everything that the address holds."""
        whose = {own: name for name, own in _WHOSE.items()}
        asked = self.question
        return {
            "rule": asked.text,
            "whose": whose[asked.whose] if asked.whose else None,
            "part": asked.part,
            "as": "tree" if controls.current("as") == "tree" else None,
            "card": card,
            "picked": picked,
        }


def ask(context: Context) -> RuleQuestion:
    """The row of inputs."""
    book = policies.book(context.work.settings.policy)
    links.said_unknown(_KEYS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = controls.text("Search", "rule", nothing="metric, rule or value")
        whose = controls.one(
            "Rules", list(_WHOSE), "whose", nothing=f"all {len(book.rules)}, the team's first", width=220
        )
        part = controls.one("Part", book.parts, "part", nothing="every part", width=160)
        _copy(book)
    return RuleQuestion(
        sought,
        _WHOSE[controls.known("owner of rules", whose, list(_WHOSE))] if whose else None,
        controls.known("part", part, book.parts) if part else "",
    )


def _copy(book: RuleBook) -> None:
    """The policy that holds, to take along as one file."""
    popover = st.popover("Copy as YAML", icon=":material/content_copy:", key="yaml", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.caption(
            "Every rule that holds as one file, which `assay policy check` takes. `assay policy tree` prints it."
        )
        rules = policies.whole(book)
        whole = _code(rules, 320)
        if len(rules) < len(book.rules):
            st.caption(text.WITHOUT_CARDS)
        st.download_button(
            "Download", whole.encode(), "policy.yaml", "application/yaml", icon=":material/download:", on_click="ignore"
        )


def _code(rules: Sequence[Rule], height: int | Literal["content"] = "content") -> str:
    """Shows rules as a policy file has them, as far as there is room; all of their text."""
    whole = text.tree(policies.as_file(rules))
    lines = whole.splitlines()
    # The colours that Streamlit gives to YAML have too little contrast.
    st.code("\n".join(lines[:_MOST_LINES]), language=None, height=height)
    if len(lines) > _MOST_LINES:
        st.caption(f"The first {_MOST_LINES:,} of {len(lines):,} lines; the download of “Copy as YAML” has all.")
    return whole


def answered(context: Context, asked: RuleQuestion) -> Rulings:
    """The rules that are asked for."""
    book = policies.book(context.work.settings.policy)
    decided, counted = load.answer(context.work, consequences, None)
    return Rulings(context, asked, book, book.asked(asked), decided, counted)


def show_finding(found: Rulings) -> None:
    """How many rules are the team's, and what is doubtful of them."""
    notes = found.book.notes
    first = f" {as_markdown(notes[0])}" if notes else ""
    st.header(f"{':orange[!] ' if notes else ''}{text.headline(found.book)}{first}", anchor=False)
    st.markdown(" ".join(text.badges(found.book)))
    for note in notes[1:_MOST_NOTES]:
        st.markdown(f":orange[:material/warning:] {as_markdown(note)}")
    if len(notes) > _MOST_NOTES:
        st.caption(f"{len(notes) - _MOST_NOTES:,} more warnings; `assay policy check` prints all of them.")
    st.caption(
        "A rule left out keeps its shipped value; scorecards are replaced as a whole. "
        "`assay policy check FILE` says whether a file can be used."
    )


def show_rules(found: Rulings) -> Rule | None:
    """Every rule that was asked for, as a table or as its file has it; the one that the reader picked."""
    shown, every = len(found.rules), len(found.book.rules)
    with st.container(horizontal=True, vertical_alignment="center"):
        title = f"{shown:,} of {every:,} rules" if shown < every else f"{every:,} rules"
        st.subheader(title, anchor=False, width="content")
        view = controls.switch("Rules as", _VIEWS, "as")
    if not found.rules:
        st.info("No rule holds what you look for.", icon=":material/search_off:")
        return None
    asked = st.query_params.get("picked", "")
    known = {rule.path: rule for rule in found.rules}
    picked = known.get(asked)
    if view == "tree":
        _code(found.rules)
    else:
        picked = _ticked(found, asked)
        _pick(picked.path if picked else asked if asked not in known else "")
    if asked and asked not in known:
        st.caption(f":orange[:material/link_off:] {code(short(asked, 60))} is not among these rules.")
    st.caption(_HOW_TO_READ[view])
    return picked


_HOW_TO_READ = {
    "table": "The team's first, each file in its order. Effects are counted on the store as of the last sync, by the "
    "team's value and the shipped one; a rule without (–) decides every comparison, ablation or check "
    "alike. Tick a row to look at it.",
    "tree": "Behind each rule: whose it is, the file and line that it stands in, and what is shipped in its place.",
}


def _ticked(found: Rulings, asked: str) -> Rule | None:
    """The table of rules; the one whose row is ticked."""
    paths = [rule.path for rule in found.rules]
    key = f"rules-{hash((found.question, found.book.policy.digest))}"
    show.preset(key, [paths.index(asked)] if asked in paths else [])
    ticked = show.choice(tables.rules(found.rules, found.reach, found.effects), key, one=True)
    return found.rules[ticked[0]] if ticked else None


def _pick(path: str) -> None:
    """Writes the rule that is looked at into the address."""
    if path == st.query_params.get("picked", ""):
        return
    if path:
        st.query_params["picked"] = path
    else:
        st.query_params.pop("picked", None)


def show_card_and_rule(found: Rulings, picked: Rule | None) -> None:
    """A scorecard beside the rule that is ticked and the files that rules come from."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _card(found)
    with right:
        if picked:
            with st.container(border=True):
                st.subheader("The rule you picked", anchor=False)
                known = text.facts(picked, found.reach.get(picked.path), found.effects.get(picked.path))
                st.table(known, border="horizontal", alt="The rule you picked")
        with st.container(border=True):
            st.subheader("Where rules come from", anchor=False)
            st.markdown("\n".join(f"1. {file}" for file in text.files(found.book)))
            st.caption("The first file that says something decides. `ASSAY_POLICY` or `--policy` names the team's.")


def _card(found: Rulings) -> None:
    cards = {card.name: card for card in found.book.policy.scorecards}
    st.subheader("Scorecards", anchor=False)
    if not cards:
        st.markdown("There is none, so nothing is judged against thresholds.")
        return
    first = next(iter(cards))
    name = controls.one("Scorecard", list(cards), "card", nothing=first, width=260) or first
    card = cards[controls.known("scorecard", name, list(cards))]
    st.markdown(text.asked(card, found.book))
    show.table(tables.criteria(card, found.book), f"card-{card.name}")
    st.caption("A threshold or an alert against the metric's direction is refused, with its line and what is allowed.")
    if card.promotion:
        st.markdown(f":gray[On promotion it says]  \n{_lines(card)}")


def _lines(card: Scorecard) -> str:
    return "  \n".join(markdown(line) for line in card.promotion.splitlines())


def show_ways_on(found: Rulings) -> None:
    """The link that reproduces the page, and everything to take along."""
    choices = found.choices(st.query_params.get("picked", ""), controls.current("card"))
    cards = {f"Scorecard {card.name}": tables.criteria(card, found.book) for card in found.book.policy.scorecards}
    parcel = export.Parcel(
        "policy", "policy", choices,
        tables=lambda: {"Rules": tables.rules(found.rules, found.reach, found.effects), **cards},
        sentences=lambda: [text.headline(found.book), *map(words, found.book.notes)],
        result=lambda: objects.tree(found.book),
    )  # fmt: skip
    export.offer(found.context, parcel)
    links.copy("policy", choices)
