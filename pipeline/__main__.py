"""`python -m pipeline` and the console command `postmortem`."""

from __future__ import annotations


def main() -> None:
    from pipeline.cli.app import run

    run()


if __name__ == "__main__":
    main()
