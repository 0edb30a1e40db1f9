"""Rules in words."""

from dataclasses import replace

from assay.model.criteria import Criterion, Limit, Scorecard
from assay.model.note import note
from assay.model.rules import PolicyNote, Reach, Rule, RuleBook, RuleLine
from assay.policy import load
from assay.view.text import policy as text

OWN = Rule(("metrics", "<b>x</b>", "unit"), "ms", "/team/own.yaml", 3, shipped=False, usual="s")
SHIPPED = Rule(("statistics", "level"), 0.95, "/shipped/default.yaml", 12, shipped=True)
BOOK = RuleBook(load(), (OWN, replace(OWN, usual="ms", repeats=True), SHIPPED))


def test_values_are_written_as_their_file_has_them() -> None:
    assert [text.value(v) for v in ("> 0.75", 0.95, 3, (1, 2), ("a",), (), "", None)] == [
        "> 0.75", "0.95", "3", "1, 2", "a", "none", '""', "",
    ]  # fmt: skip


def test_to_read_thousands_stand_apart_and_long_lists_begin_with_their_length() -> None:
    assert [text.shown(v) for v in (20_000, 0.95, True, "> 10000", (1, 2, 3, 4), tuple(range(1_500)), None)] == [
        "20,000", "0.95", "True", "> 10000", "1, 2, 3, 4", "1,500: 0, 1, 2, 3, …", "",
    ]  # fmt: skip


def test_a_rule_says_where_it_stands_and_whose_it_is() -> None:
    assert [(text.where(rule), text.whose(rule)) for rule in BOOK.rules] == [
        ("own.yaml:3", "team"),
        ("own.yaml:3", "as shipped"),
        ("default.yaml:12", "shipped"),
    ]


def test_the_headline_counts_the_teams_rules() -> None:
    assert text.headline(BOOK) == "The team sets 2 of 3 rules."
    assert text.files(BOOK) == ("`/team/own.yaml`: 2 rules", "`/shipped/default.yaml`: 1 rule")


def test_warnings_are_counted_beside_the_rules() -> None:
    assert text.badges(BOOK)[-1] == ":gray-badge[no warning]"
    doubtful = replace(BOOK, notes=(note(PolicyNote.NO_SCORECARDS),))
    assert text.badges(doubtful)[-1] == ":orange-badge[! 1 warning]"


def test_a_tree_has_whose_and_where_behind_each_rule() -> None:
    long = replace(SHIPPED, usual=tuple(range(99)), shipped=False)
    lines = (
        RuleLine("statistics:"),
        RuleLine("  level: 0.95", SHIPPED),
        RuleLine("x: \u202e", OWN),
        RuleLine("y: 1", long),
    )
    first, second, third, fourth = text.tree(lines).splitlines()
    assert (first, second) == ("statistics:", "  level: 0.95  # shipped, default.yaml:12")
    assert third == "x:            # team, own.yaml:3; shipped: s"
    assert len(fourth) < 120


def test_what_a_rule_decides_is_named_as_far_as_there_is_room() -> None:
    assert text.reached(None) == ""
    assert text.reached(Reach("experiment", ())) == "no experiment"
    assert text.reached(Reach("metric", ("a",))) == "1 metric: a"
    assert text.reached(Reach("param", tuple("abcdef"))) == "6 params: a, b, c, d, … and 2 more"


def test_names_of_people_do_not_act() -> None:
    known = text.facts(OWN, Reach("metric", ("[x](http://evil.example)",)))
    assert known["rule"] == "`metrics.<b>x</b>.unit`"
    assert "](" not in known["decides"].replace("\\]\\(", "")
    assert known["shipped"] == "`s`"
    assert not {"decides", "shipped"} & set(text.facts(SHIPPED, None))
    assert text.facts(replace(OWN, usual=None), None)["shipped"] == "no such rule"


def test_a_scorecard_says_what_its_weights_add_up_to() -> None:
    card = Scorecard("own", ("a-*", "b"), tuple(Criterion(m, "g", Limit(">", 1), 0.3) for m in "xyz"))
    found = replace(BOOK, lines={("own",): 7})
    assert text.asked(card, found) == "For experiments `a-*`, `b`; line 7 of its file. The weights add up to 0.9."
