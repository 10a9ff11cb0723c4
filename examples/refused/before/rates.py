"""Prints the exchange rates of the day."""

import sys

import requests
from ledger import amount
from tabulate import tabulate


def main(url: str) -> None:
    rates = requests.get(url, timeout=10).json()["rates"]
    print(tabulate([(currency, amount(rate)) for currency, rate in sorted(rates.items())]))


if __name__ == "__main__":
    main(*sys.argv[1:])
