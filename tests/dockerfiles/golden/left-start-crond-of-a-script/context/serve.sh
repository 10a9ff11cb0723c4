#!/bin/sh
crond -b
exec python app.py
