#!/bin/sh
pip3 install -U shop-client
exec "$@"
