#!/bin/sh
exec /usr/local/bin/serve-shop
