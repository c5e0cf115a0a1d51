#!/bin/sh
# What the example takes, each held against what there is. Called by "make example".
#   size_example.sh CROSS IMAGE FOLDER FLASH RAM STACK
set -eu
cross=$1 image=$2 folder=$3
failed=0

row() { # what, used, most
  mark=
  [ "$2" -le "$3" ] || { mark='  TOO MUCH'; failed=1; }
  printf '%-20s %9d of %9d bytes%s\n' "$1" "$2" "$3" "$mark"
}

stack=$(cat $(find "$folder" -name '*.ci' | sort) | awk -v root=reset_handler -f board/stack.awk)
set -- "$@" $("${cross}size" "$image" | awk 'NR == 2 { print $1 + $2, $2 + $3 }')
row 'example flash' "$7" "$4"
row 'example RAM' "$8" "$5"
row 'example stack' "$stack" "$6"
exit "$failed"
