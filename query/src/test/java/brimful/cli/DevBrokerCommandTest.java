package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevBrokerCommandTest {
  @TempDir Path folder;

  private Shell shell() {
    return new Shell(folder.resolve("home"));
  }

  @Test
  void refusesWhatIsNoPort() {
    Shell.Result result = shell().run("dev-broker", "--port", "70000");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo("brimful: --port 70000 is not a port: give a number from 0 to 65535\n");
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Shell.Result result = shell().run("dev-broker", "--port", "" + taken.getLocalPort());

      assertThat(result.code()).isEqualTo(ExitCode.TRY_LATER);
      assertThat(result.err())
          .isEqualTo(
              "brimful: port %s of 127.0.0.1 is taken: stop what listens there, or give another --port\n"
                  .formatted(taken.getLocalPort()));
    }
  }
}
