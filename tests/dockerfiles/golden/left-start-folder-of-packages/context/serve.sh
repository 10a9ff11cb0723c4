#!/bin/sh
cd /usr/local/lib/python3.12/site-packages/flask && exec flask run
