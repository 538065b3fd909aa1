# Part of the scripts that try several things and say at the end how each went.
# A thing that ends with 77, the number that automake knows, cannot be installed here.

status=0
summary=()

try() {
  local name=$1 begun=$SECONDS code=0
  shift
  "$@" || code=$?
  case "$code" in
    0) summary+=("$name: passed in $((SECONDS - begun)) s") ;;
    77) summary+=("$name: skipped, it cannot be installed here") ;;
    *)
      summary+=("$name: FAILED")
      status=1
      ;;
  esac
}

# Says how all went, under the name $1, and ends the script.
tell() {
  printf "$1: %s\n" "${summary[@]}"
  exit "$status"
}
