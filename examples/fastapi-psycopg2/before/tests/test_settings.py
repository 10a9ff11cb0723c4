from service.settings import Settings


def test_environment_is_read(monkeypatch):
    monkeypatch.setenv("ORDERS_DATABASE", "dbname=orders")
    assert Settings().database == "dbname=orders"
