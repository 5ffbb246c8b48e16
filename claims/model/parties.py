"""Who stands on a claim: names, addresses, contacts, providers, submitter and receiver."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, or the name of an organization in `last` where `person` is false."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""
    person: bool = True


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `state` and `postal_code` (5 or 9 digits in the US), `country` only outside the US."""

    street: str
    city: str
    state: str = ""
    postal_code: str = ""
    street2: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: a name and a phone of ten digits, and what else there is."""

    name: str = ""
    phone: str = ""
    extension: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A person or an organization that gave, ordered or bills for care.

    `tax_id` is nine digits, `tax_id_kind` EI (employer) or SY (social security); `license` a state licence number,
    `commercial_id` the number that a payer gave.
    """

    name: Name
    npi: str = ""
    taxonomy: str = ""
    tax_id: str = ""
    tax_id_kind: str = "EI"
    address: Address | None = None
    contact: Contact | None = None
    license: str = ""
    commercial_id: str = ""


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sends the file."""

    name: Name
    identifier: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets the file: a clearinghouse or a payer."""

    name: str
    identifier: str
