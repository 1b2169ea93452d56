"""Lets `python -m audiobook_daemon` do what the command does."""

from audiobook_daemon.cli import main

if __name__ == "__main__":
    main()
