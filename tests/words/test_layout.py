"""Text that fits the width."""

import shlex

from sim.words.layout import (
    WIDTH,
    bullets,
    clipped,
    command_lines,
    fits,
    laid_out_for,
    listed,
    on_paper,
    paragraph,
    section,
    table,
)


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


# width ------------------------------------------------------------------------------------------------------------


def test_names_in_the_heading_and_texts_of_a_table_too_wide_go_on_beneath() -> None:
    heading = ("What", "An alternative with a long name")
    rows = [("  a label that is rather longer than there is room", "123,456,789")]
    with laid_out_for(45):
        text = table(heading, rows)
    assert max(map(len, text.splitlines())) == 45
    top = text.splitlines()[:4]
    assert [line.split()[-1] for line in top] == ["An", "alternative", "long", "name"]
    assert top[0].startswith("What")
    assert "…" not in text
    assert "123,456,789" in text
    assert "    than there is room" in text.splitlines()[-1]  # further in than the label
    assert "rather longer than there is room" in table(heading, rows)


def test_an_address_in_a_heading_breaks_between_its_parts_and_nothing_of_it_is_lost() -> None:
    with laid_out_for(40):
        text = table(("", "pa_rate_build_up", "x" * 30), [("a row", "1", "2")] * 2)
    heading = text.partition("---")[0]
    assert "pa_rate_build_" in heading.split()
    assert "up" in heading.split()
    assert heading.count("x") == 30
    assert max(map(len, text.splitlines())) <= 40


def test_numbers_are_never_cut_however_narrow_it_is() -> None:
    rows = [("x", *["123,456,789"] * 6)]
    with laid_out_for(40):
        assert table(("", *["Name of a column"] * 6), rows).count("123,456,789") == 6
        assert not fits(("", *["n"] * 6), rows)


def test_prose_is_no_wider_than_paper_and_paper_is_the_same_everywhere() -> None:
    text = "word " * 60
    with laid_out_for(160):
        assert max(map(len, paragraph(text).splitlines())) <= 100
        assert on_paper(paragraph, text) == paragraph(text)
    with laid_out_for(60):
        assert max(map(len, paragraph(text).splitlines())) <= 60
        assert max(map(len, on_paper(paragraph, text).splitlines())) > 60
