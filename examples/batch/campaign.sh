#!/usr/bin/env bash
# Moves all repositories of a list from pip to uv, in three steps that can be repeated and stopped at any time.
#
#   campaign.sh LIST [FOLDER]
#
# LIST: a text file with a folder or git URL on each line. FOLDER: of the campaign; default: ./campaign.
# PUSH=1 goes beyond the preview: pushes a branch to each repository that has no open question.
set -euo pipefail

list=$1
folder=${2:-campaign}

# 1. Look: clones, plans and locks everything, and changes nothing. Exit code 1 means: some need a person.
code=0
uvmigrate batch "$list" --campaign "$folder" || code=$?
[ "$code" -le 1 ] || exit "$code"
echo "Read $folder/report.html, put choices for all or some into $folder/uvmigrate.toml, and run this again."

# 2. Try once more what failed for reasons that pass: networks, limits.
code=0
uvmigrate batch --campaign "$folder" --retry failed || code=$?
[ "$code" -le 1 ] || exit "$code"

# 3. Push. What is planned gets a branch with one commit; what is blocked is not touched.
if [ -n "${PUSH:-}" ]; then
  uvmigrate batch --campaign "$folder" --push
fi
