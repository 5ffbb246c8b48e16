"""One fault at a time in the text of a clean file: each is found by its own edit."""

import io

import pytest

from claims.edits import Desk
from claims.scrub import scrub_file
from claims.x12.write837 import write_837
from tests.claims.clean import CLEAN, TRANSMISSION

WRITTEN: list[tuple[str, str, str, str]] = [
    ("x12.count", "professional", "\nSE*", "\nSE*9"),
    ("x12.count", "professional", "GE*1*", "GE*2*"),
    ("x12.count", "professional", "IEA*1*", "IEA*3*"),
    ("x12.control_number", "professional", "*0001~\nGE", "*0002~\nGE"),
    ("x12.control_number", "professional", "IEA*1*000000017", "IEA*1*000000018"),
    ("x12.no_trailer", "professional", "GE*1*17~\n", ""),
    ("x12.cut", "professional", "IEA*1*000000017~\n", "IEA*1*0000"),
    ("x12.outside", "professional", "ISA*00", "JUNK~ISA*00"),
    ("x12.guide", "professional", "0001*005010X222A1", "0001*005010X999A1"),
    ("x12.version", "professional", "*00501*", "*00401*"),
    ("x12.usage", "professional", "*0*P*:", "*0*X*:"),
    ("x12.character", "professional", "MOORE", "MOÓRE"),
    ("x12.segment_name", "professional", "DMG*D8", "D M*D8"),
    ("x12.trailing_separator", "professional", "SBR*P*18*G100******CI", "SBR*P*18*G100******CI**"),
    ("x12.isa", "professional", "*^*00501*", "*00501*"),
    ("x12.lower_case", "professional", "\nGS*HC", "\ngs*hc"),
    ("x12.control_number", "professional", "*000000017*0*", "*00000017*0*"),
    ("x12.control_number_twice", "professional", "\nGE*1*", "\nST*837*0001*005010X222A1~\nSE*2*0001~\nGE*2*"),
    ("x12.not_837", "professional", "ST*837", "ST*835"),
    ("structure.hl_parent", "professional", "HL*2*1*22", "HL*2*7*22"),
    ("structure.hl_number", "professional", "HL*2*1*22", "HL*3*1*22"),
    ("structure.hl_children", "professional", "HL*1**20*1", "HL*1**20*0"),
    ("structure.hl_level", "professional", "HL*2*1*22", "HL*2*1*24"),
    ("structure.claim_level", "professional", "HL*2*1*22*0~\nSBR*P*18*G100******CI~\n", ""),
    ("structure.lx", "professional", "LX*2", "LX*3"),
    (
        "structure.order",
        "professional",
        "N3*12 ELM ST~\nN4*DAYTON*OH*454020001~",
        "N4*DAYTON*OH*454020001~\nN3*12 ELM ST~",
    ),
    ("structure.segment", "professional", "LX*1~", "LX*1~\nCL1*1~"),
    ("structure.loop", "professional", "NM1*82*", "NM1*71*"),
    ("structure.repeat", "professional", "LX*1~", "NM1*82*1*A*B****XX*1234567893~\nLX*1~"),
    ("structure.required", "secondary", "OI***Y***Y~\n", ""),
    ("structure.segment_repeat", "professional", "N3*9 OAK AVE~", "N3*9 OAK AVE~\nN3*9 OAK AVE~"),
    ("structure.element_missing", "professional", "BHT*0019*00*17*20260916*1030*CH", "BHT*0019*00*17*20260916*1030"),
    ("structure.element_missing", "professional", "*ABF:I10*", "**ABF:I10*"),
    ("structure.element_value", "professional", "PER*IC*", "PER*CI*"),
    ("structure.element_unused", "professional", "N4*DAYTON*OH*45402~", "N4*DAYTON*OH*45402**X~"),
    ("structure.components", "professional", "HI*ABK:E1142", "HI*ABK:E1142:1"),
    ("structure.shifted", "professional", "*SAM*T***MI*", "*SAM*T**MI*"),
    ("structure.qualifier", "professional", "*T***MI*", "*T***XX*"),
    ("value.number", "professional", "CLM*ELM-1001*215.5", "CLM*ELM-1001*2I5.5"),
    ("value.date", "professional", "DTP*472*D8*20260915", "DTP*472*D8*20260931"),
    ("value.date_format", "professional", "DTP*472*D8", "DTP*472*D6"),
    ("required.header", "professional", "BHT*0019*00*17*20260916*1030*CH~\n", ""),
    ("required.submitter", "professional", "NM1*41*2*ELM STREET CLINIC*****46*ELM1~\n", ""),
    ("required.submitter_contact", "professional", "PER*IC*BILLING*TE*9375550100~\nNM1*40", "NM1*40"),
    ("required.receiver", "professional", "NM1*40*2*CLEARING HOUSE*****46*CLR1~\n", ""),
    ("required.service", "professional", "SV1*HC:20610:RT*65*UN*1***3~\n", ""),
    ("subscriber.relationship", "professional", "SBR*P*18*", "SBR*P**"),
    ("diagnosis.icd9", "professional", "ABK:E1142", "BK:25060"),
    ("diagnosis.qualifier", "professional", "ABK:E1142", "ABF:E1142"),
    ("limit.modifiers", "professional", "99214:25*", "99214:25:57:24:GT:95*"),
]


@pytest.mark.parametrize(("edit", "claim", "old", "new"), WRITTEN, ids=[f"{e}-{o[:12]}" for e, _, o, _ in WRITTEN])
def test_a_fault_in_a_file_is_found(edit: str, claim: str, old: str, new: str, desk: Desk) -> None:
    text = write_837([CLEAN[claim]], TRANSMISSION)
    assert old in text
    broken = text.replace(old, new, 1).encode()
    assert edit in {f.id for f in scrub_file(io.BytesIO(broken), desk)}
