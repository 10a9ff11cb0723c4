from setuptools import setup

setup(name="ledger", version="1.0", py_modules=["ledger"])
