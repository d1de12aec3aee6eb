"""Text that fits the width."""

import shlex

from sim.words.layout import WIDTH, bullets, clipped, command_lines, listed, paragraph, section, table


def test_paragraphs_and_lists_fit_the_width() -> None:
    words = "word " * 60
    for text in (paragraph(words, "  "), bullets([words, words])):
        assert max(map(len, text.splitlines())) <= WIDTH


def test_a_list_says_how_many_it_leaves_out() -> None:
    assert bullets(["a", "b", "c"], most=2) == "  - a\n  - b\n  - and 1 more (--json lists all)"
    assert bullets(["a", "b"], most=2) == "  - a\n  - b"


def test_a_part_without_a_body_has_no_title() -> None:
    assert section("Title", "") == ""
    assert section("Title", "body") == "Title\nbody"


def test_tables_are_aligned() -> None:
    assert (
        table(("Name", "No."), [("a", "10"), ("longer", "5")]) == "Name    No.\n-----------\na        10\nlonger    5"
    )


def test_a_long_command_is_broken_where_a_shell_goes_on() -> None:
    words = ["peerstay", "compare", *(f"a folder/scenario number {number}.toml" for number in range(9)), "--seed", "1"]
    text = command_lines(shlex.join(words))
    assert shlex.split(text.replace("\\\n", " ")) == words
    assert max(map(len, text.splitlines())) <= WIDTH
    assert command_lines("peerstay run a.toml") == "  peerstay run a.toml"


def test_phrases_and_cuts() -> None:
    assert [listed(list("abc")[:number]) for number in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert (clipped("abcdef", 4), clipped("abcd", 4)) == ("abc…", "abcd")
