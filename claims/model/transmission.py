"""What surrounds the claims of a file: control numbers, time, sender and receiver, all given by the caller."""

from dataclasses import dataclass
from datetime import datetime

from claims.model.parties import Receiver, Submitter


@dataclass(frozen=True, slots=True)
class Transmission:
    """The envelope of one file; `sender_id` and `receiver_id` are the partners' interchange numbers (ISA06, ISA08).

    `control_number` numbers the interchange and its group, `transaction` the transaction set, `reference` is BHT03.
    `test` marks a test file.
    """

    control_number: int
    created: datetime
    sender_id: str
    receiver_id: str
    submitter: Submitter
    receiver: Receiver
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    transaction: str = "0001"
    reference: str = ""
    test: bool = False
