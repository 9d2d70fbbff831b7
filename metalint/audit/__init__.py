"""Whole catalogues: partitions, what shows only across records, scores, and the result that reports are made of."""
