# Sourced by samples/run, tests/run and .ci/run: what a bare Debian or Ubuntu lacks is installed.
# shellcheck shell=bash

# What the program is built from, and what the tests need on top. The fonts are embedded at build
# time; nothing of them is needed afterwards.
BUILD_PACKAGES=(build-essential cmake pkg-config libharfbuzz-dev libyaml-dev libjansson-dev
    libcmark-dev libglib2.0-dev libcairo2-dev libpango1.0-dev libpng-dev fonts-inter
    fonts-jetbrains-mono fonts-font-awesome)
# Without them nacre preview shows no pictures, and there is no nacre serve.
OPTIONAL_PACKAGES=(libchafa-dev libmicrohttpd-dev)
TEST_PACKAGES=(libcmocka-dev python3 locales poppler-utils)
# Taken where the distribution has them: a test that misses one says so and is skipped.
EXTRA_PACKAGES=(clang clang-format-14 strace librsvg2-bin fontconfig fonts-noto-core fonts-noto-cjk
    fonts-noto-color-emoji mandoc groff-base man-db zsh fish)

say()
{
    printf '%s\n' "$*" >&2
}

# Prints those of its arguments that are not installed.
missing_packages()
{
    local package
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

# Runs its arguments as root: 1 when that is impossible without asking for a password nobody types.
as_root()
{
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

can_be_root()
{
    [ "$(id -u)" -eq 0 ] ||
        { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

# need PACKAGE...: installs what is missing, or prints the line that would and ends the script.
need()
{
    local missing
    if ! command -v dpkg-query >/dev/null; then
        say "this is no Debian or Ubuntu: what the build needs is assumed to be there ($*)"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if ! can_be_root; then
        say "missing: ${missing[*]}"
        say "install them with this line, then run $0 again:"
        say "  apt-get install --no-install-recommends ${missing[*]}"
        exit 2
    fi
    say "installing: ${missing[*]}"
    as_root apt-get update -q >&2 || say "apt-get update failed; trying with the lists at hand"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        "${missing[@]}" >&2 || {
        say "apt-get could not install: ${missing[*]}"
        exit 2
    }
}

# want PACKAGE...: the same for what is useful and not necessary; never ends the script.
want()
{
    local missing package
    command -v dpkg-query >/dev/null || return 0
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] && can_be_root || return 0
    for package in "${missing[@]}"; do
        apt-cache show "$package" >/dev/null 2>&1 || continue
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            "$package" >&2 || say "$package cannot be installed; what needs it will be skipped"
    done
}

# How many compilers at once: half a gigabyte for each.
jobs_at_once()
{
    local cpus memory
    cpus=$(nproc 2>/dev/null || echo 1)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 524288) }' /proc/meminfo 2>/dev/null || echo 1)
    [ "${memory:-1}" -ge 1 ] || memory=1
    [ "$cpus" -le "$memory" ] && echo "$cpus" || echo "$memory"
}

# build PRESET [-DX=Y...]: configures when asked to or never done, then builds. Quiet when all is well.
build()
{
    local preset=$1 log
    shift
    log=build/$preset.log
    mkdir -p build
    : >"$log" || exit 1
    if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset" -j "$(jobs_at_once)"; } \
        >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        say "the $preset build failed; all of it is in $log"
        exit 1
    fi
}
