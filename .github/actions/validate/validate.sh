#!/usr/bin/env bash
# The action's last step, in the Bash of all runners (3.2 on macOS).
set -euo pipefail

options=()
paths=()
while IFS= read -r line; do
    [[ -z $line ]] || options+=(--profile "$line")
done <<<"$APKG_PROFILES"
while IFS= read -r line; do
    [[ -z $line ]] || paths+=("$line")
done <<<"$APKG_PATHS"
[[ $APKG_STRICT != true ]] || options+=(--strict)

check() {
    # -- so that no path is taken for an option.
    apkg validate --format "$1" ${options[@]+"${options[@]}"} -- ${paths[@]+"${paths[@]}"}
}

if [[ -n $APKG_SARIF ]]; then
    mkdir -p "$(dirname -- "$APKG_SARIF")"
    # Invalid (1) and unreadable (3) are told by the annotations below.
    check sarif >"$APKG_SARIF" || (($? == 1 || $? == 3)) || exit 2
fi
check github
