"""What tests of claims share: a desk over the embedded release and the starter sets."""

from pathlib import Path

import pytest

from claims.edits import Desk
from codesets.registry import CodeSets
from tests.claims.clean import TODAY


@pytest.fixture(scope="session")
def desk(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home: Path = tmp_path_factory.mktemp("claims-home")
    return Desk(CodeSets.open(home), TODAY)
