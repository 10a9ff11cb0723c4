#!/bin/sh
# /usr/local/bin/flask is called with the options of the container
set -e
exec /usr/local/bin/flask run --host 0.0.0.0 "$@"
