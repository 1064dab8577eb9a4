# Sourced by ./mvnw, ./brimful and bench/: finds a Java 25 or newer, and sees to it that names are UTF-8.

# Reads the `release` file instead of starting Java, which would cost more than all of our start.
is_java_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while read -r line; do
    case $line in
      JAVA_VERSION=*)
        major=${line#*\"}; major=${major%%[!0-9]*}
        [ "${major:-0}" -ge 25 ] && return 0 || return 1 ;;
    esac
  done <"$1/release"
  return 1
}

is_jdk_25() { [ -x "$1/bin/javac" ] && is_java_25 "$1"; }

# Sets JAVA_HOME to the first that passes the test $1 and whose program $2 is on the PATH, or fails.
find_home() {
  if [ -n "${JAVA_HOME:-}" ] && "$1" "$JAVA_HOME"; then export JAVA_HOME; return 0; fi
  on_path=$(command -v "$2" 2>/dev/null || true)
  if [ -n "$on_path" ]; then on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path"); fi
  for home in "${on_path%/bin/"$2"}" /usr/lib/jvm/* /opt/java/* /opt/jdk* /opt/jre* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && "$1" "$home"; then JAVA_HOME=$home; export JAVA_HOME; return 0; fi
  done
  return 1
}

find_jdk() { find_home is_jdk_25 javac; }
find_java() { find_home is_java_25 java; }

no_java() { # KIND, such as "JDK 25"
  echo "no $1 or newer in JAVA_HOME (${JAVA_HOME:-unset}), on the PATH or in the usual places: install one, for example Temurin 25, and set JAVA_HOME to it"
}

# What every start of a JDK begins with.
need_jdk() {
  find_jdk || { no_java "JDK 25" >&2; exit 69; }
  use_utf8
}

# Java reads arguments and the names of files by the locale's charset, which no option changes. Under cron, systemd
# or `env -i` it is ASCII; it also is where the locale that is named has not been installed. So we ask for what is in effect.
use_utf8() {
  if ! command -v locale >/dev/null 2>&1; then # musl has no such program, and needs none
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C.UTF-8}}} in
      *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
      *) LC_ALL=C.UTF-8; export LC_ALL ;;
    esac
    return 0
  fi
  is_utf8 "$(locale charmap 2>/dev/null || true)" && return 0
  for name in C.UTF-8 en_US.UTF-8 $({ locale -a | grep -i -E 'utf-?8$' | head -n 1; } 2>/dev/null); do
    if is_utf8 "$(LC_ALL=$name locale charmap 2>/dev/null || true)"; then LC_ALL=$name; export LC_ALL; return 0; fi
  done
  return 0
}

is_utf8() { [ "$1" = UTF-8 ] || [ "$1" = utf-8 ] || [ "$1" = UTF8 ]; }
