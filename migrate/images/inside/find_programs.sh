# Runs inside an image, as its own user: prints each of the names that `command -v` does not find.
for name in "$@"; do
    command -v -- "$name" >/dev/null 2>&1 || command -v "$name" >/dev/null 2>&1 || printf '%s\n' "$name"
done
