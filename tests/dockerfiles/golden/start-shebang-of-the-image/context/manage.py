#!/usr/local/bin/python3
print('hello')
