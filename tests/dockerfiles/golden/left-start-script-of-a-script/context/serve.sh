#!/bin/sh
. ./prepare.sh
exec flask run
