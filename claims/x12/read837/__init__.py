"""Reads 837 files back into typed claims, as far as they are sound."""

from claims.x12.read837.reader import ReadClaim, ReadFile, read_837, read_file

__all__ = ["ReadClaim", "ReadFile", "read_837", "read_file"]
