"""``python -m upshot``."""

from upshot.cli.main import main

if __name__ == "__main__":
    main()
