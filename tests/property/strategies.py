"""Texts that try to break the reader: clinical words among everything that Unicode has."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        *("diabetes", "T2DM", "chest pain", "COPD", "HTN", "pnuemonia", "CKD stage 3b", "left knee pain", "MS", "PE"),
        *(
            "no",
            "denies",
            "mother",
            "history of",
            "possible",
            "if",
            "not",
            "without",
            "ruled out",
            "s/p",
            "2019",
            "?",
        ),
        *("PMH:", "FHx", "ASSESSMENT AND PLAN", "A/P:", "Plan", "ROS:", "IMPRESSION", "1.", "2)", "-", "•"),
        *(".", ",", ";", ":", "/", "(", ")", ">", "\n", "\r\n", "\t", "  ", "'", "’s", "8.1", "58."),
    ]
)
STRANGE = st.sampled_from(
    [
        *(
            "e\u0301",
            "\u0301",
            "👩🏽‍⚕️",
            "🫀",
            "\u202eabc\u202c",
            "شخص",
            "患者",
            "\u200b",
            "\ufeff",
            "\u00a0",
            "\u2028",
        ),
        *(
            "\x0b",
            "\x0c",
            "\x1b",
            "\x7f",
            "\x85",
            "\r",
            "ﬁ",
            "İ",
            "ß",
            "Ⅲ",
            "½",
            "¹",
            "²",
            "١٢",
            "ǆ",
            "\ud7ff",
            "\U0010ffff",
        ),
    ]
)
ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)

clinical_texts = st.lists(st.one_of(WORDS, WORDS, STRANGE, ANY), max_size=30).map(" ".join)
glued_texts = st.lists(st.one_of(WORDS, STRANGE, ANY), max_size=20).map("".join)
any_texts = st.one_of(clinical_texts, glued_texts, ANY)
