package brimful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLockTest {
  @TempDir Path folder;

  /// Another process: it takes the lock, says so, and keeps it until it is killed.
  static final class Taker {
    public static void main(String[] words) throws InterruptedException {
      try (ProcessLock _ = ProcessLock.take(Path.of(words[0]), LockWait.NONE, "is in a test")) {
        System.out.println("taken");
        Thread.currentThread().join();
      }
    }
  }

  @Test
  void saysWhoHasItUntilThatProcessIsKilled() throws Exception {
    Path file = folder.resolve("lock");
    Process other = taker(file);
    try {
      assertThatThrownBy(() -> ProcessLock.take(file, LockWait.NONE, "is writing this index"))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
          .hasMessageContaining("another Brimful (pid " + other.pid() + ")")
          .hasMessageContaining("is writing this index");
      assertThat(ProcessLock.tryTake(file)).isEmpty();
    } finally {
      other.destroyForcibly().waitFor();
    }

    try (ProcessLock _ = ProcessLock.take(file, LockWait.NONE, "is writing this index")) {
      assertThat(ProcessLock.holder(file).map(ProcessLock.Holder::pid))
          .contains(ProcessHandle.current().pid());
    }
  }

  @Test
  void waitsAndTellsOnce() throws Exception {
    Path file = folder.resolve("lock");
    Process other = taker(file);
    List<String> told = new ArrayList<>();

    // Whoever is told ends the other one, so that the waiting has an end.
    var lockWait =
        new LockWait(
            Duration.ofMinutes(2),
            line -> {
              told.add(line);
              other.destroyForcibly();
            });
    try (ProcessLock _ = ProcessLock.take(file, lockWait, "is writing this index")) {
      assertThat(told)
          .singleElement()
          .asString()
          .startsWith(
              "waiting for another Brimful (pid %s) that is writing this index"
                  .formatted(other.pid()))
          .endsWith("for up to 2 minutes");
    }
  }

  @Test
  void isSharedByManyOrHeldByOne() {
    Path file = folder.resolve("use");

    ProcessLock first = ProcessLock.share(file, LockWait.NONE, "is deleting");
    ProcessLock second = ProcessLock.share(file, LockWait.NONE, "is deleting");
    first.close();
    first.close();

    assertThat(ProcessLock.tryTake(file)).isEmpty();
    second.close();
    Optional<ProcessLock> alone = ProcessLock.tryTake(file);
    assertThat(alone).isPresent();
    assertThatThrownBy(() -> ProcessLock.share(file, LockWait.NONE, "is deleting"))
        .isInstanceOf(UserError.class);
    alone.get().close();
  }

  @Test
  void locksTheFileThatIsThereNow() throws IOException {
    Path file = folder.resolve("a/lock");
    ProcessLock old = ProcessLock.take(file, LockWait.NONE, "is in a test");
    Files.move(folder.resolve("a"), folder.resolve("moved"));
    old.close();

    try (ProcessLock _ = ProcessLock.take(file, LockWait.NONE, "is in a test")) {
      assertThat(file).exists();
    }
  }

  @Test
  void letsThreadsOfOneProcessInOneByOne() throws InterruptedException {
    Path file = folder.resolve("lock");
    var inside = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                var lockWait = LockWait.quiet(Duration.ofMinutes(1));
                try (ProcessLock _ = ProcessLock.take(file, lockWait, "is in a test")) {
                  seen.add(inside.incrementAndGet());
                  inside.decrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(seen).containsExactly(1, 1, 1, 1);
  }

  private static Process taker(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("taken");
    return process;
  }
}
