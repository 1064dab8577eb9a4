package brimful.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the Docker of paper is a shell script")
final class ContainerImagesTest {
  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void wantsNothingWhereTheImagesAre() throws IOException {
    String docker = docker("exit 0");

    assertThat(ContainerImages.lacking(docker, KAFKA, LONG, true)).isEmpty();
    assertThat(calls()).contains("inspect alpine:3.17").doesNotContain("pull");
  }

  @Test
  void pullsWhatIsMissing() throws IOException {
    String docker = docker("[ $1 = pull ]");

    assertThat(ContainerImages.lacking(docker, KAFKA, LONG, false)).isEmpty();
    assertThat(calls()).contains("pull " + KAFKA).doesNotContain("alpine");
  }

  @Test
  void namesTheImageThatCannotBeHad() throws IOException {
    String docker =
        docker("case $* in *alpine*) echo trying; echo 'no such host' >&2; exit 1 ;; esac");

    assertThat(ContainerImages.lacking(docker, KAFKA, LONG, true))
        .isEqualTo(Optional.of("NO IMAGE alpine:3.17: no such host"));
  }

  @Test
  void doesNotWaitForAPullWithoutEnd() throws IOException {
    String docker = docker("[ $1 != pull ] || exec sleep 60; exit 1");

    assertThat(ContainerImages.lacking(docker, KAFKA, Duration.ofMillis(200), false).orElseThrow())
        .startsWith("NO IMAGE apache/kafka:4.3.1: ")
        .endsWith("pull -q apache/kafka:4.3.1 does not end within 1 s");
  }

  @Test
  void saysThatNoDockerAnswers() throws IOException {
    Path docker = Path.of(docker(""));
    Files.writeString(docker, "#!/bin/sh\necho 'Cannot connect to the daemon'; exit 1\n");

    assertThat(ContainerImages.lacking(docker.toString(), KAFKA, LONG, false))
        .isEqualTo(Optional.of("NO DOCKER: Cannot connect to the daemon"));
    assertThat(ContainerImages.lacking(folder + "/none", KAFKA, LONG, false).orElseThrow())
        .startsWith("NO DOCKER: ");
  }

  /// Makes a Docker that answers, tells no gateway, and does with images what it is told.
  private String docker(String images) throws IOException {
    Path docker = folder.resolve("docker");
    Files.writeString(
        docker,
        """
        #!/bin/sh
        for last; do :; done
        echo "$1 $2 $last" | sed 's/image //; s/pull -q/pull/' >>'%s'
        case $1 in version) echo 29.0; exit ;; network) echo; exit ;; esac
        %s
        """
            .formatted(folder.resolve("calls"), images));
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    return docker.toString();
  }

  private String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }
}
