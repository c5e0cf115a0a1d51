# Sourced by ./facsimile and ./test: makes sure that commands exist, installing Debian packages where it may.

CROSS_COMPILER=arm-none-eabi-gcc:gcc-arm-none-eabi
EMULATOR=qemu-system-arm:qemu-system-arm
# A compiler installed without its recommendations lacks the C library's headers.
HEADERS=/usr/include/stdint.h:libc6-dev
# newlib has no command of its own: its header stands for it.
NEWLIB=/usr/lib/arm-none-eabi/include/string.h:libnewlib-arm-none-eabi

present() {
  case "$1" in
    /*) [ -e "$1" ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# require COMMAND:PACKAGE ... : installs the Debian packages of the commands that are missing.
require() {
  local entry packages=()
  for entry in "$@"; do
    present "${entry%%:*}" || packages+=("${entry##*:}")
  done
  [ ${#packages[@]} -eq 0 ] && return 0

  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing: ${packages[*]} (names of Debian packages). Install their equivalents and try again." >&2
    exit 2
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if [ ! -t 0 ] || ! command -v sudo >/dev/null 2>&1; then
      echo "Missing: ${packages[*]}. Install them with: apt-get install ${packages[*]}" >&2
      exit 2
    fi
    local answer
    read -r -p "Missing: ${packages[*]}. Install them with sudo apt-get? [y/N] " answer
    case "$answer" in
      y | Y | yes) as_root=(sudo) ;;
      *) exit 2 ;;
    esac
  fi
  echo "Installing ${packages[*]} ..." >&2
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=600 update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
      install --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get failed; the last lines are above." >&2
    exit 2
  fi
  rm -f "$log"
}
