"""Procedures: CPT and HCPCS Level II codes, their words, and the facts that tell the codes of a family apart."""
