"""Problems that somebody has decided to live with: held back by comments, a file of suppressions, or the configuration.

They do not count and are not shown, but nothing is lost: what is held back says why, and what holds nothing back is a
problem itself.
"""
