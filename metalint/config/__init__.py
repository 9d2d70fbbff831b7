"""Configuration files: which one a file belongs to, what it says, where each value stands. Read where there is one."""
