#!/bin/sh
exec /usr/local/bin/flask run
