"""Scores that explain themselves: a method is a list of indicators with points, earned, missed or not asked."""
