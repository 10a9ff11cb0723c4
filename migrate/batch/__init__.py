"""Many repositories: what they are, one function for each of them, workers, the ledger and its reports."""
