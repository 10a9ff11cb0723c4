#!/bin/sh
/usr/local/bin/python /restore.py
