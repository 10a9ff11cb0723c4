#!/bin/sh
git describe --tags
