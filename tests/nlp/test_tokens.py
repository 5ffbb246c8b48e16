import pytest

from nlp.tokens import tokenize, uniform_lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("T2DM, CKD3b", ["T2DM", ",", "CKD3b"], id="letters and digits that touch are one word"),
        pytest.param("A1c 8.1", ["A1c", "8.1"], id="a decimal is one token, not a code with a dot"),
        pytest.param("eats 5. Sleeps", ["eats", "5", ".", "Sleeps"], id="a full stop after a number is its own"),
        pytest.param("8.1b", ["8", ".", "1b"], id="digits before a letter are no decimal"),
        pytest.param("w/o h/o", ["w", "/", "o", "h", "/", "o"], id="a slash is its own token"),
        pytest.param("a\n\nb", ["a", "\n", "\n", "b"], id="each line end counts: a blank line ends a list"),
        pytest.param("a\r\nb", ["a", "\n", "b"], id="Windows line ends are one line end"),
        pytest.param("Crohn's Crohn’s", ["Crohn's", "Crohn’s"], id="both apostrophes stay with the name"),
        pytest.param("a_b", ["a", "_", "b"], id="an underscore of a template is no letter"),
        pytest.param("\t \x0b", [], id="white space is no token"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_where_tokens_are_cut(text: str, words: list[str]) -> None:
    assert tokenize(text).written == words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        pytest.param("T2DM", "t2dm", id="capitals"),
        pytest.param("Ménière's", "meniere", id="accents and a possessive"),
        pytest.param("ménière", "meniere", id="a combining accent"),
        pytest.param("İ", "i", id="a letter that grows when lowered"),
    ],
)
def test_folding_leaves_the_offsets_alone(word: str, folded: str) -> None:
    tokens = tokenize(f"x {word} y")
    assert "".join(tokens.folded[1:-1]) == folded
    assert "".join(tokens.written[1:-1]) == word


def test_lists_run_in_parallel_and_offsets_give_the_words() -> None:
    text = "Pt w/ Sjögren’s 🫀 5.2\r\n– stable"
    tokens = tokenize(text)
    assert len(tokens) == len(tokens.starts) == len(tokens.ends) == len(tokens.folded)
    assert [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)] == tokens.written


@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b"], ids=lambda end: repr(end).strip("'")
)
def test_every_line_end_becomes_a_line_feed_at_the_same_offset(end: str) -> None:
    text = f"no CHF{end}COPD"
    uniform = uniform_lines(text)
    assert len(uniform) == len(text)
    assert uniform.split("\n")[-1] == "COPD"
    assert uniform.startswith("no CHF")
