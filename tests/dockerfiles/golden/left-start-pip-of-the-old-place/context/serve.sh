#!/bin/sh
/usr/local/bin/pip install shop-client
exec flask run
