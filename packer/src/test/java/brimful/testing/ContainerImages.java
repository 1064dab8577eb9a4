package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Whether Docker answers, and has what the tests' containers are made of or can get it within a
/// minute: Testcontainers itself would wait for many, and then fail.
public final class ContainerImages {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final Duration PULL_MAX = Duration.ofSeconds(60);

  /// With it Testcontainers looks for Docker's address, from inside a container and where Docker
  /// does not tell it.
  private static final String HELPER = "alpine:3.17";

  private ContainerImages() {}

  /// How a command ended.
  ///
  /// @param output what it printed; the reason, if it was not to be had
  record End(boolean well, String output) {}

  /// Returns the line that says why there can be no container of an image, if so.
  public static Optional<String> lacking(String image) {
    return lacking("docker", image, PULL_MAX, Files.exists(Path.of("/.dockerenv")));
  }

  /// @param docker the command
  /// @param pullMax the time for all images together
  /// @param inside whether this process is in a container itself
  static Optional<String> lacking(String docker, String image, Duration pullMax, boolean inside) {
    End server = run(ANSWER_MAX, docker, "version", "--format", "{{.Server.Version}}");
    if (!server.well()) {
      return Optional.of("NO DOCKER: %s".formatted(server.output()));
    }
    var images = new ArrayList<>(List.of(image));
    if (inside && gateway(docker).isBlank()) {
      images.add(HELPER);
    }
    long end = System.nanoTime() + pullMax.toNanos();
    for (String wanted : images) {
      if (run(ANSWER_MAX, docker, "image", "inspect", "--format", "{{.Id}}", wanted).well()) {
        continue;
      }
      End pull =
          run(Duration.ofNanos(Math.max(1, end - System.nanoTime())), docker, "pull", "-q", wanted);
      if (!pull.well()) {
        return Optional.of("NO IMAGE %s: %s".formatted(wanted, pull.output()));
      }
    }
    return Optional.empty();
  }

  static String gateway(String docker) {
    End gateway =
        run(
            ANSWER_MAX,
            docker,
            "network",
            "inspect",
            "bridge",
            "--format",
            "{{range .IPAM.Config}}{{.Gateway}}{{end}}");
    return gateway.well() ? gateway.output() : "";
  }

  static End run(Duration max, String... command) {
    try {
      Path output = Files.createTempFile("brimful-docker", "");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          return new End(
              false,
              "%s does not end within %s s"
                  .formatted(String.join(" ", command), Math.max(1, max.toSeconds())));
        }
        String said = new String(Files.readAllBytes(output), UTF_8).strip();
        return new End(process.exitValue() == 0, said.lines().reduce("", (_, line) -> line));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return new End(false, "%s cannot be started".formatted(command[0]));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
