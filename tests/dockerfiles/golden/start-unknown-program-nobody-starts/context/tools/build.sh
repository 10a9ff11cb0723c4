#!/bin/sh
/usr/local/bin/yq e . pipeline.yaml
