"""Writes 837 professional and institutional files from typed claims."""

from claims.x12.write837.transaction import GUIDES, write_837

__all__ = ["GUIDES", "write_837"]
