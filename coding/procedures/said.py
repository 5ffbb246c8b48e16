"""The words and distances by which a procedure is judged done or not done."""

import re

from coding.procedures.types import Group
from nlp.procedures.types import CueKind

AGAINST = (CueKind.PLAN, CueKind.DECLINED, CueKind.PAST)
BREAKS = frozenset({".", ";", "\n", "but", "then"})
ENDS_DENIAL = frozenset({",", "contrast"})
ADJACENT = 3
BY_ME = frozenset(
    {"by me", "my read", "my interpretation", "my reading", "i read", "i interpreted", "per my read", "personally"}
    | {
        "interpreted by me",
        "read by me",
        "reviewed by me",
        "bedside",
        "at bedside",
        "images saved",
        "images archived",
    }
)
IN_HOUSE = frozenset(
    {"in office", "in the office", "in clinic", "in the clinic", "point of care", "point-of-care", "poc", "in house"}
    | {"in-house", "bedside", "in our office", "in room", "run here", "here", "done here", "done here today"}
    | {"office lab", "on site", "onsite", "on-site", "performed in office", "done in office", "done in the office"}
    | {"examined by me", "done in house"}
)
EXAMINED = frozenset({"by me", "read by me", "myself"})
OF_SECTION = frozenset({Group.SURGERY, Group.IMAGING, Group.MEDICINE, Group.DRUG})
PART_OF_REPORTS = frozenset({Group.DRUG, Group.SUPPLY, Group.LABORATORY, Group.VACCINE, Group.OTHER})
REMOVALS = frozenset({"removal", "remove", "removed", "removing", "explant", "explantation", "discontinuation"})
TAKING_OUT = re.compile(
    r"remov|excis|ectom|extract|explant|\bout\b|\b(?:take|taken|taking|cut|cutting)\b|\b(?:strip|shav)"
)
WAS = frozenset({"was", "were", "is", "are"})
PLACINGS = frozenset({",", ".", ";", "with", "then", "placement", "insertion", "replacement", "exchange"})
REMOVING = frozenset({"removal", "explantation", "discontinuation"})
TAKEN = frozenset({"performed", "obtained", "acquired"})
VERB_REACH = 4
REMOVAL_REACH = 7
SEDATION = "sedation-same-provider"
DOSE_REACH = 12
DOSE_BEFORE = 5
COLON_REACH = 4
VACCINE_REACH = 40
DISPENSED_REACH = 12
OWNED_REACH = 5
PLAN_REACH = 6
DEVICES = ("contraceptive-", "drug-levonorgestrel", "drug-etonogestrel", "drug-copper", "iud")
PUT_IN = frozenset(
    {"inserted", "placed", "insertion", "placement", "new", "replaced", "reinserted", "put", "exchanged"}
)
RESULT_REACH = 5
OF_RESULT = frozenset(
    {":", "=", "of", "was", "is", "at", "today", ",", "reads", "shows", "-"}
    | {"score", "scored", "ultrasound", "scan", "scanner", "residual", "by", "bladder", "result"}
)
ACT_REACH = 2
ORDERED = frozenset({"ordered", "order", "scheduled", "is scheduled", "will be", "pending", "to be"})
STILL_TO_COME = frozenset({"to be", "will be", "would be", "may", "may be", "will", "if", "should"})
HOSPITALS = frozenset({"in the ed", "in ed", "in the er"})
VOLUMES = frozenset({"ml", "cc"})
BRACKET = 6
PAST_SECTIONS = frozenset({"psh", "pmh", "problem_list", "hpi"})
WITHIN = frozenset({CueKind.RESULT, CueKind.ACT, CueKind.HERE, CueKind.DECLINED})
