"""Views and downloads: who is used, who is not, what grows, and where the series has gaps."""
