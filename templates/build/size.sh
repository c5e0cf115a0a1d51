#!/bin/sh
# What the network and its self-test take, each held against what it may take. Called by "make size".
#   size.sh CROSS NAME IMAGE IMAGE_FOLDER NETWORK_FOLDER FLASH_BUDGET RAM_BUDGET STACK_BUDGET FLASH RAM STACK
set -eu
cross=$1 name=$2 image=$3 image_folder=$4 network_folder=$5
failed=0

row() { # what, used, most
  mark=
  [ "$2" -le "$3" ] || { mark='  TOO MUCH'; failed=1; }
  printf '%-20s %9d of %9d bytes%s\n' "$1" "$2" "$3" "$mark"
}

call_graphs() { # folder
  cat $(find "$1" -name '*.ci' | sort)
}

stack_of() { # function; call graphs on standard input
  awk -v root="$1" -f board/stack.awk
}

# The names under which the self-test runs the network a second time, without the layer hook.
renamed() {
  sed -e "s,\"${name}_run\",\"selftest_product_run\"," -e 's,"src/,"product/,'
}

# Code, constants and initial values; the network has no variables of its own.
flash_of() { # objects
  "${cross}size" "$@" | awk 'NR > 1 { n += $1 + $2 } END { print n }'
}

boot_test=$network_folder/src/${name}_selftest.o
network_flash=$(flash_of $(find "$network_folder/src" -name '*.o' ! -name "${name}_selftest.o"))
context=$("${cross}nm" -S "$image" | awk '$4 == "context" { print $2 }')
network_stack=$(call_graphs "$network_folder" | stack_of "${name}_run")
image_stack=$({ call_graphs "$image_folder"; call_graphs "$network_folder" | renamed; } | stack_of reset_handler)
set -- "$@" $("${cross}size" "$image" | awk 'NR == 2 { print $1 + $2, $2 + $3 }')
shift 5

row 'network flash' "$network_flash" "$1"
row 'network RAM' "$((0x$context))" "$2"
row 'network stack' "$network_stack" "$3"
if [ -f "$boot_test" ]; then
  boot_test_stack=$(call_graphs "$network_folder" | stack_of "${name}_selftest")
  row "${name}_selftest flash" "$((network_flash + $(flash_of "$boot_test")))" "$1"
  row "${name}_selftest stack" "$boot_test_stack" "$3"
fi
row 'self-test flash' "$7" "$4"
row 'self-test RAM' "$8" "$5"
row 'self-test stack' "$image_stack" "$6"
exit "$failed"
