"""Orders, read from PostgreSQL. Starts without a database and says so."""

from collections.abc import Iterator
from contextlib import closing

import psycopg2
import psycopg2.extensions
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

from service.settings import Settings

app = FastAPI(title="orders")
settings = Settings()


class Order(BaseModel):
    number: int
    customer: str


def connection() -> Iterator[psycopg2.extensions.connection]:
    if not settings.database:
        raise HTTPException(503, "ORDERS_DATABASE is not set")
    with closing(psycopg2.connect(settings.database)) as opened:
        yield opened


@app.get("/")
def index() -> dict[str, str]:
    return {"service": app.title, "exports": str(settings.exports)}


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/driver")
def driver() -> dict[str, str | int]:
    return {"psycopg2": psycopg2.__version__, "libpq": psycopg2.__libpq_version__}


@app.get("/quote")
def quote(value: str) -> dict[str, str]:
    return {"sql": psycopg2.extensions.QuotedString(value).getquoted().decode()}


@app.get("/orders")
def orders(db: psycopg2.extensions.connection = Depends(connection)) -> list[Order]:
    with db.cursor() as cursor:
        cursor.execute("select number, customer from orders order by number")
        return [Order(number=number, customer=customer) for number, customer in cursor]
