#!/bin/sh
# Completes an image for the programs in /opt/apkg. Run once, as root, while the image is built.
set -eu
umask 022

root=${APKG_ROOT:-/opt/apkg}
layer=$root/.layer
commands=${APKG_COMMANDS:-/usr/local/bin}
export DEBIAN_FRONTEND=noninteractive PYTHONWARNINGS=ignore
export PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1

say() {
    printf 'apkg: %s\n' "$*" >&2
}

fail() {
    say "error: $*"
    exit 1
}

# Exit code 1: there is no apt here. Another: it has failed, and has said so.
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    say "installing with apt: $*"
    { apt-get -qq update && apt-get -qq install --yes --no-install-recommends "$@" >&2; } || exit 1
    rm -rf /var/lib/apt/lists/*
}

# The Python of the environment: what apkg, repo2docker, venv and conda made comes first.
find_python() {
    for python in "$root/.python/bin/python" "${NB_PYTHON_PREFIX:+$NB_PYTHON_PREFIX/bin/python}" \
        "${VIRTUAL_ENV:+$VIRTUAL_ENV/bin/python}" "${CONDA_PREFIX:+$CONDA_PREFIX/bin/python}" \
        "$(command -v python3)" "$(command -v python)" \
        "${MAMBA_ROOT_PREFIX:-/opt/conda}/bin/python" /opt/conda/bin/python /opt/venv/bin/python; do
        if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' \
            2>/dev/null; then
            printf '%s\n' "$python"
            return
        fi
    done
    return 1
}

# An environment of our own that sees what the Python has: nothing is written into a Python that
# belongs to the system's package manager, or that has no pip.
make_environment() {
    say "making $root/.python, which sees the packages of $1"
    "$1" -m venv --system-site-packages "$root/.python" >/dev/null 2>&1 || {
        rm -rf "$root/.python"
        apt_install python3-venv || fail "$1 has neither pip nor venv; install one in the image"
        "$1" -m venv --system-site-packages "$root/.python"
    }
}

# The command of every program, which must not hide one that the image has already.
install_commands() {
    for folder in "$root"/*/; do
        id=$(basename "$folder")
        other=$(PATH=$PATH:$commands command -v "$id" || true)
        case $other in
        "" | "$commands/$id") ;;
        /*) fail "the image has a command $id already, $other: give the application another id" ;;
        esac
        install -D -m 755 "$folder/$id.sh" "$commands/$id"
        [ "$(command -v "$id")" = "$commands/$id" ] || fail "$commands is not on the image's PATH"
    done
}

python=$(find_python) || {
    apt_install python3 python3-venv ||
        fail "the image has no Python (3.8 or newer), and no apt to install it with;" \
            "papermill, which runs the notebook, needs one: install it in the image"
    python=$(find_python) || fail "the image's Python is older than 3.8: install a newer one"
}
say "papermill runs in $python"
missing=$("$python" "$layer/packages.py" missing "$layer/requirements.txt")
if [ -n "$missing" ]; then
    if [ "$("$python" "$layer/packages.py" managed)" = yes ] ||
        ! "$python" -m pip --version >/dev/null 2>&1; then
        make_environment "$python"
        python=$root/.python/bin/python
    fi
    printf '%s\n' "$missing" >"$layer/missing.txt"
    say "installing with pip: $(tr '\n' ' ' <"$layer/missing.txt")"
    "$python" -m pip install --no-cache-dir --quiet -r "$layer/missing.txt" >&2
fi
"$python" "$layer/environment.py" "$root" "$python"
# shellcheck source=/dev/null
. "$root/.environment"
"$python" "$layer/kernels.py" "$root"
install_commands
# repo2docker's home folder may be closed to others, and the notebook's own files are in it.
[ -z "${REPO_DIR:-}" ] || chmod a+rx "$REPO_DIR"
chmod -R a+rX "$root"
"$python" "$layer/check.py" "$root" "$commands"
"$python" "$layer/lock.py" "$root"
