from quotes import QUOTES, rendered


def test_quote_names_its_author() -> None:
    assert rendered(QUOTES[0]).endswith("(Dijkstra)")
