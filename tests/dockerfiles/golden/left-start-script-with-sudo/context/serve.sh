#!/bin/sh
exec sudo -u www-data flask run
