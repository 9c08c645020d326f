"""The `k8snotes` command, also as `python -m k8snotes`."""

from k8snotes.cli import main

if __name__ == "__main__":
    main()
