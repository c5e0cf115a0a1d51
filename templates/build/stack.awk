# The most stack that a function and all it calls can take, proved from gcc's call graph files.
#   cat build/.../*.ci | awk -v root=NAME -f stack.awk
# Prints the number of bytes. Ends with status 1 and the reason where there is no proof: recursion, a call
# through a pointer, a frame whose size is known only at run time, an unknown library function.

function field(line, name,    rest, at) {
  at = index(line, name ": \"")
  if (at == 0) return ""
  rest = substr(line, at + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

function refuse(reason) {
  if (!refused) print "no proof of the stack: " reason > "/dev/stderr"
  refused = 1
  return 0
}

# More than newlib's and libgcc's take on any Cortex-M.
function library_frame(name) {
  if (name ~ /^mem(cpy|set|move|cmp)$/) return 32
  if (name ~ /^__aeabi_mem(cpy|set|move|clr)[48]?$/) return 40
  if (name ~ /^__aeabi_u?(l|i)/ || name ~ /^__[a-z]+di[23]$/) return 96
  return refuse("nothing is known of " name)
}

function depth(name,    i, n, list, deepest, below) {
  if (name in known) return known[name]
  if (!(name in frame)) return known[name] = library_frame(name)
  if (name in open) return refuse(name " calls itself")
  open[name] = 1
  deepest = 0
  n = split(callees[name], list, "\n")
  for (i = 1; i <= n; i++) {
    below = depth(list[i])
    if (below > deepest) deepest = below
  }
  delete open[name]
  return known[name] = frame[name] + deepest
}

/^node:/ {
  title = field($0, "title")
  label = field($0, "label")
  if (match(label, /[0-9]+ bytes \([a-z,]+\)/)) {
    size = substr(label, RSTART, RLENGTH)
    frame[title] = size + 0
    if (size !~ /\((static|dynamic,bounded)\)/) unbounded = unbounded " " title
  }
}

/^edge:/ {
  source = field($0, "sourcename")
  callees[source] = callees[source] (callees[source] == "" ? "" : "\n") field($0, "targetname")
}

END {
  if (!(root in frame)) refuse("there is no function " root)
  else if (unbounded != "") refuse("frames of variable size:" unbounded)
  else bytes = depth(root)
  if (refused) exit 1
  print bytes
}
