#!/bin/sh
exec /usr/local/bin/flask run --host 0.0.0.0 "$@"
