#!/bin/sh
exec su - shop -c 'flask run'
