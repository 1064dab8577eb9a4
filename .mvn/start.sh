# Sourced by ./brimful and by bin/brimful of an archive, after environment.sh: starts a built program by its AOT cache.

# Most runs are over before the optimising compiler has paid for itself (RATIONALE.md).
flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xss4m -XX:TieredStopAtLevel=1"

# The young generation holds a window, where there is memory for that: the heap is a quarter of the machine's or the
# container's, and the JVM complains on standard output if the one is larger than the other.
young_generation() {
  case " ${BRIMFUL_JAVA_OPTS:-}" in *" -Xm"* | *RAMPercentage* | *HeapSize*) return ;; esac
  for file in $(memory_limits); do
    limit=max
    [ ! -r "$file" ] || read -r limit <"$file" || true
    case $limit in *[!0-9]* | '') ;; *) [ ${#limit} -ge 19 ] || [ "$limit" -ge 2147483648 ] || return 0 ;; esac
  done
  if [ -r /proc/meminfo ]; then
    read -r _ limit _ </proc/meminfo
    [ "$limit" -ge 2097152 ] || return 0
  fi
  echo -Xmn256m
}

# Prints the files that may limit this process's memory: a container's own, and those of the group that a service
# manager or another container engine has put it into, with all groups above.
memory_limits() {
  echo /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes
  [ -r /proc/self/cgroup ] || return 0
  while IFS=: read -r _ kinds group; do
    case ,$kinds, in
      ,,) root=/sys/fs/cgroup file=memory.max ;;
      *,memory,*) root=/sys/fs/cgroup/memory file=memory.limit_in_bytes ;;
      *) continue ;;
    esac
    while [ -n "${group%/}" ]; do
      echo "$root$group/$file"
      group=${group%/*}
    done
  done </proc/self/cgroup
}

# Becomes the program in a folder, run by the Java of $JAVA_HOME with the options of $young.
start_program() { # FOLDER WORD…
  program=$1; shift
  [ ! -t 2 ] || { BRIMFUL_TTY=1; export BRIMFUL_TTY; } # asking the JDK costs more than asking the shell
  if [ -t 0 ] && [ -t 1 ]; then BRIMFUL_INTERACTIVE=1; export BRIMFUL_INTERACTIVE; else unset BRIMFUL_INTERACTIVE; fi
  # All classes of a cache are loaded at each start: two words are said faster without one.
  case ${1:-} in
    --version | --help) cache=none ;;
    dev-broker | worker | index-worker | ingest | status | dead-letters) cache=kafka ;;
    *) cache=brimful ;;
  esac
  # An archive has one cache, and a Java without one of its own.
  [ $cache = brimful ] || [ -z "${BRIMFUL_INSTALLED:-}" ] || cache=brimful
  # Even the quick compiler takes a fifth of a short run: it compiles what is called 2.5 times as often as by default. A
  # server lives long enough for the optimising one. The scores of a question about millions of chunks have to die young,
  # and what opening a large collection needed is given back.
  tuning=-XX:CompileThresholdScaling=2.5
  [ "${1:-}" != serve ] ||
    tuning="-XX:TieredStopAtLevel=4 -XX:SurvivorRatio=2 -XX:TargetSurvivorRatio=90 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"
  set -- -cp "$program/brimful.jar:$program/dense.jar" brimful.cli.Main "$@"
  [ ! -f "$program/$cache.aot" ] || set -- "-XX:AOTCache=$program/$cache.aot" -Xlog:disable "$@"
  exec "$JAVA_HOME/bin/java" $flags $tuning $young ${BRIMFUL_JAVA_OPTS:-} "$@"
}
