"""The enricher: a record's text to the keywords it lacks. The only rooms that import jieba or scikit-learn."""
