"""Records: encounters, decisions and the audit trail."""
