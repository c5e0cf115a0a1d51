#!/bin/sh
# Runs a self-test image on Renode, as run.resc says: the firmware's console becomes standard output, its verdict the exit
# status: 0 for "verdict PASS", 1 for anything else, 124 at the time limit. Renode's own exit status is 0 whatever happens, and it
# ends neither with the firmware nor, in some failures, at all: this script watches what the firmware says and stops Renode.
#
# Environment:
#   FACSIMILE_RENODE   the program, if it is not "renode" on the path; or renode-test, which then runs selftest.robot
#   FACSIMILE_TIMEOUT  seconds, 600 if not set
set -eu
image=${1:?usage: run-renode.sh IMAGE}
renode=${FACSIMILE_RENODE:-renode}
limit=${FACSIMILE_TIMEOUT:-600}
# No firmware and no log of a good run is larger.
most_bytes=67108864

here=$(cd "$(dirname "$0")" && pwd)
image=$(cd "$(dirname "$image")" && pwd)/$(basename "$image")
work=$(mktemp -d)
log=$work/uart.log
mkdir "$work/.config"
# Renode keeps its settings and unpacks its libraries here, not among the user's files.
export XDG_CONFIG_HOME="$work/.config" TMPDIR="$work"
# In a container whose files cannot be changed there is no other home, either.
[ -w "${HOME:-/nowhere}" ] || export HOME="$work"

child=
stop() {
  [ -n "$child" ] || return 0
  # The wrapper scripts of some packages leave the emulator behind: the whole group goes.
  kill -KILL "-$child" 2>/dev/null || kill -KILL "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  child=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

group=
if command -v setsid >/dev/null 2>&1; then
  group=setsid
fi
case $(basename "$renode") in
  *test*)
    $group "$renode" -r "$work" --variable "ELF:$image" --variable "LOG:$log" "$here/selftest.robot" \
      </dev/null >"$work/renode.log" 2>&1 &
    ;;
  *)
    $group "$renode" --disable-xwt --console --plain -e "\$bin=@$image; \$log=@$log; i @$here/run.resc" \
      </dev/null >"$work/renode.log" 2>&1 &
    ;;
esac
child=$!

# A whole line: the verdict is written letter by letter.
has_verdict() {
  [ -f "$log" ] && grep -q '^verdict ' "$log" && [ "$(tail -c 1 "$log" | wc -l)" -eq 1 ]
}

too_large() {
  [ -f "$1" ] && [ "$(wc -c <"$1")" -gt "$most_bytes" ]
}

status=1
deadline=$(($(date +%s) + limit))
while ! has_verdict && kill -0 "$child" 2>/dev/null; do
  if too_large "$log" || too_large "$work/renode.log"; then
    break
  fi
  if [ "$(date +%s)" -ge "$deadline" ]; then
    status=124
    break
  fi
  sleep 0.1
done
stop

if [ -f "$log" ]; then
  head -c "$most_bytes" "$log"
fi
if has_verdict; then
  status=1
  if grep -q '^verdict PASS' "$log"; then
    status=0
  fi
else
  echo "The firmware gave no verdict. Renode said:" >&2
  tail -n 20 "$work/renode.log" >&2
fi
exit "$status"
