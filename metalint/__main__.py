"""`python -m metalint`."""

from metalint.cli import main

if __name__ == "__main__":
    main()
