package brimful.extract;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// How the memory of a machine or container is divided between this process's heap, the JVM's
/// overhead and the parser processes.
///
/// Full heaps come first, and as many processes as fit: whether a document can be read should
/// depend on the document. Only where not even one fits does a parser get a smaller heap.
///
/// | memory | our heap, a quarter | processes of 1 GiB |
/// |--:|--:|--:|
/// | 1 GiB | 256 MiB | 1 of 384 MiB |
/// | 2 GiB | 512 MiB | 1 |
/// | 4 GiB | 1 GiB | 2 |
/// | 16 GiB | 4 GiB | 9 |
///
/// @param totalBytes what the machine or the container has
/// @param heapBytes the most of this process's heap
/// @param forkHeapBytes the most of each parser's heap
/// @param forks how many parsers there may be at once
public record MemoryPlan(long totalBytes, long heapBytes, long forkHeapBytes, int forks) {
  /// Code, classes, stacks, buffers: a process's memory besides its heap. Measured: 110 to 150 MiB.
  static final long BESIDE_HEAP_BYTES = 192L << 20;

  static final long FORK_HEAP_BYTES = ForkLimits.standard().heapBytes();

  /// With less, most document parsers do not even start.
  static final long FORK_HEAP_BYTES_MIN = 128L << 20;

  /// Returns the plan for this process; in a container, the container's limit is the memory.
  ///
  /// @param forkHeapBytes what each parser's heap should be
  public static MemoryPlan ofThisProcess(long forkHeapBytes) {
    return of(Machine.TOTAL_BYTES, Runtime.getRuntime().maxMemory(), forkHeapBytes);
  }

  /// Divides memory between parsers of the standard size.
  public static MemoryPlan of(long totalBytes, long heapBytes) {
    return of(totalBytes, heapBytes, FORK_HEAP_BYTES);
  }

  /// Divides memory.
  ///
  /// @param wanted what each parser's heap should be
  public static MemoryPlan of(long totalBytes, long heapBytes, long wanted) {
    long left = totalBytes - heapBytes - BESIDE_HEAP_BYTES;
    long whole = left / (wanted + BESIDE_HEAP_BYTES);
    return whole >= 1
        ? new MemoryPlan(totalBytes, heapBytes, wanted, (int) Math.min(whole, Integer.MAX_VALUE))
        : new MemoryPlan(
            totalBytes,
            heapBytes,
            Math.clamp(left - BESIDE_HEAP_BYTES, Math.min(wanted, FORK_HEAP_BYTES_MIN), wanted),
            1);
  }

  /// Returns what all processes together may take.
  public long takenBytes() {
    return heapBytes + BESIDE_HEAP_BYTES + forks * (forkHeapBytes + BESIDE_HEAP_BYTES);
  }

  /// Returns whether everything fits.
  public boolean fits() {
    return takenBytes() <= totalBytes;
  }

  /// Returns the plan for fewer parsers.
  public MemoryPlan atMost(int wanted) {
    return new MemoryPlan(
        totalBytes, heapBytes, forkHeapBytes, Math.max(1, Math.min(forks, wanted)));
  }

  /// Returns one line for people.
  public String display() {
    return fits()
        ? "memory: %s MiB here, of which up to %s for the heap, %s beside it, and %s for each of up to %s parser processes: %s in all"
            .formatted(
                mebi(totalBytes),
                mebi(heapBytes),
                mebi(BESIDE_HEAP_BYTES),
                mebi(forkHeapBytes + BESIDE_HEAP_BYTES),
                forks,
                mebi(takenBytes()))
        : "memory: %s MiB here are too few for the heap, up to %s, %s beside it, and a parser process of %s: give it %s MiB, or a smaller heap by BRIMFUL_JAVA_OPTS=-Xmx"
            .formatted(
                mebi(totalBytes),
                mebi(heapBytes),
                mebi(BESIDE_HEAP_BYTES),
                mebi(forkHeapBytes + BESIDE_HEAP_BYTES),
                mebi(takenBytes()));
  }

  private static String mebi(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes >> 20);
  }

  /// Determined late: it loads a large part of Java's management classes.
  private static final class Machine {
    private static final long TOTAL_BYTES = total();

    private static long total() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
          ? system.getTotalMemorySize()
          : Long.MAX_VALUE / 2;
    }
  }
}
