from __future__ import annotations

import pytest

from audiobook_daemon.matching.contents import lists_title


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("<p>1 - Emma</p><p>2 - Persuasion</p>", "Persuasion"),
        ("<ul><li>Book 1: Emma</li><li>Book 2: Persuasion</li></ul>", "Persuasion"),
        ("<table><tr><td>2</td><td>Persuasion</td></tr></table>", "Persuasion"),
        ("Emma<br/>Persuasion<br/>", "Emma"),
        ("[*]Emma\n[*][b]Persuasion[/b]", "Persuasion"),
        ("All six. &nbsp; &nbsp;* Emma &nbsp; &nbsp;* Persuasion", "Persuasion"),
        ("• Emma • Persuasion", "Emma"),
        ("1. Emma\n2. Persuasion (1817)\n3. Lady Susan [64 kbps]", "Persuasion"),
        ("Books: 1) Emma 2) Persuasion 3) Lady Susan", "Persuasion"),
        ("Jane Austen - Novels 02 - Persuasion", "Persuasion"),
        ("Novels #2 - Persuasion", "Persuasion"),
        ("Persuasion - 2", "Persuasion"),
        ("Northanger Abbey by Jane Austen", "Northanger Abbey"),
        ("Northanger Abbey (Novels, Book 5)", "Northanger Abbey"),
        ("Mansfield Park: A Novel", "Mansfield Park"),
        ("Fool&#39;s Errand<br>The Golden Fool", "Fool's Errand"),
    ],
)
def test_entries_of_a_list_are_contents(description: str, title: str) -> None:
    assert lists_title(description, title)


@pytest.mark.parametrize("title", ["Emma", "Lady Susan", "Sense and Sensibility", "Love, Loss and Letters"])
def test_the_members_of_an_announced_list_are_contents(title: str) -> None:
    text = "A gift. This set contains Emma, Sense and Sensibility, Love, Loss and Letters and Lady Susan. Enjoy them."
    assert lists_title(text, title)


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("<p>You *must* read Lady Susan.</p>", "must"),
        ("<p>You must read Lady Susan.</p>", "Lady Susan"),
        ("It is a matter of persuasion, and includes wit and charm.", "Persuasion"),
        ("In this book she meets Emma.", "Emma"),
        ("Warning: long", "Warning"),
        ("Emma and Persuasion", "Emma"),
        ("Book 10 - Emma", "Book 1"),
        ("", "Emma"),
        ("Emma", ""),
    ],
)
def test_prose_is_no_list(description: str, title: str) -> None:
    assert not lists_title(description, title)


@pytest.mark.parametrize(
    "head", ["Also by the author:", "If you liked this:", "Not included:", "Other books by Austen"]
)
def test_lists_of_other_books_are_no_contents(head: str) -> None:
    assert not lists_title(f"<p>{head}</p><ul><li>Emma</li><li>Persuasion</li></ul>", "Persuasion")


def test_contents_may_follow_a_list_of_other_books() -> None:
    assert lists_title("Also by the author:\n- Emma\nContents:\n- Persuasion", "Persuasion")


def test_markup_and_scripts_are_not_read() -> None:
    assert not lists_title('<a title="Emma">x</a><script>Emma</script><!-- Emma -->', "Emma")
