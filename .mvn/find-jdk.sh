# Sourced by ./mvnw and ./brimful: sets JAVA_HOME to a JDK 25 or newer, or leaves with one line.
# Reads each JDK's `release` file instead of starting it, which would cost more than all of our start.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while read -r line; do
    case $line in
      JAVA_VERSION=*)
        major=${line#*\"}; major=${major%%[!0-9]*}
        [ "${major:-0}" -ge 25 ] && return 0 || return 1 ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then return; fi
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path"); fi
  for home in "${on_path%/bin/javac}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then JAVA_HOME=$home; export JAVA_HOME; return; fi
  done
  echo "no JDK 25 or newer in JAVA_HOME (${JAVA_HOME:-unset}), on the PATH or in the usual places: install one, for example Temurin 25, and set JAVA_HOME to it" >&2
  exit 69
}
