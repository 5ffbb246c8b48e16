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

FINDINGS = [
    *("type 2 diabetes", "essential hypertension", "heart failure", "chronic kidney disease stage 4", "COPD"),
    *("acute bronchitis", "pneumonia", "cough", "fever", "chest pain", "abdominal pain", "acute appendicitis"),
    *("migraine", "headache", "major depression", "anxiety", "hypothyroidism", "iron deficiency anemia", "gout"),
    *("right knee osteoarthritis", "low back pain", "lumbar disc herniation", "urinary tract infection", "sepsis"),
    *("acute kidney injury", "atrial fibrillation", "coronary artery disease", "obesity", "sleep apnea", "GERD"),
    *("nausea", "vomiting", "diarrhea", "dehydration", "hyponatremia", "hypokalemia", "asthma", "allergic rhinitis"),
]
CODES = [
    *("I10", "I11.9", "I50.9", "I50.23", "N18.4", "N18.6", "N17.9", "E11.9", "E11.65", "E11.21", "E10.9", "G62.9"),
    *("H35.00", "L97.509", "R73.9", "J44.9", "J44.1", "J20.9", "J18.9", "J96.01", "R05.9", "R06.02", "R50.9"),
    *("A41.9", "R65.20", "N39.0", "B96.20", "K25.9", "K92.2", "D64.9", "D62", "R11.0", "R11.10", "R10.9", "K35.80"),
    *("F03.90", "G30.9", "G20.A1", "I63.9", "G81.90", "Z86.73", "F10.20", "F10.10", "F32.A", "F41.9", "M17.11"),
    *("M25.561", "O26.891", "Z34.90", "D50.9", "P07.18", "Z38.00", "E66.9", "Z68.41", "I48.91", "I25.10", "R07.9"),
]
findings_as_codes = st.lists(
    st.tuples(
        st.sampled_from(["", "", "pmh: ", "exam: ", "hpi: "]),
        st.lists(st.sampled_from(CODES), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
).map(lambda lines: "\n".join(f"{heading}{'. '.join(found)}" for heading, found in lines))
_HEADINGS = ["Past medical history", "Allergies", "Family history", "Social history", "Assessment"]


def _paragraph(heading: str) -> st.SearchStrategy[str]:
    said = {
        "Past medical history": st.lists(st.sampled_from(FINDINGS), min_size=1, max_size=3).map(", ".join),
        "Allergies": st.sampled_from(["penicillin", "sulfa", "none known"]),
        "Family history": st.sampled_from(FINDINGS).map("Mother had {}".format),
        "Social history": st.sampled_from(["Former smoker", "Smokes a pack a day", "Never smoked"]),
        "Assessment": st.lists(st.sampled_from(FINDINGS), min_size=1, max_size=3, unique=True).map(
            lambda found: "\n".join(f"{n}. {name.capitalize()}." for n, name in enumerate(found, 1))
        ),
    }[heading]
    return said.map(lambda words: f"{heading}:\n{words}" if heading == "Assessment" else f"{heading}: {words}.")


paragraphs = st.tuples(*map(_paragraph, _HEADINGS)).map(list)
