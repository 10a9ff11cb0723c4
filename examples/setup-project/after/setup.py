from setuptools import setup

from tally import __version__

EXTRAS = {"colour": ["colorama>=0.4"]}

setup(
    name="tally",
    version=__version__,
    description="Counts the lines of files",
    packages=["tally"],
    install_requires=["click>=8", "tabulate"],
    extras_require=EXTRAS,
    entry_points={"console_scripts": ["tally = tally:main"]},
)
