"""Bytes to records, and where each value stands: one module, one format."""
