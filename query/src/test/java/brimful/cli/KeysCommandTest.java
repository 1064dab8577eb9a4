package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysCommandTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("home"));
  }

  @Test
  void aKeyHasTheRightsThatItIsGiven() {
    Shell.Result asks = shell.run("keys", "add", "asks");
    Shell.Result manages =
        shell.run("keys", "add", "manages", "--manage", "--roots", folder.toString());
    Shell.Result operates = shell.run("keys", "add", "operates", "--operate", "--manage");
    Shell.Result list = shell.run("keys", "list");

    assertThat(asks.out()).startsWith("bf-");
    assertThat(manages.code()).isEqualTo(ExitCode.OK);
    assertThat(operates.code()).isEqualTo(ExitCode.OK);
    assertThat(list.out())
        .containsPattern("(?m)^asks  rights ask  collections \\*")
        .contains("manages  rights ask,manage  roots " + folder + "  collections *")
        .containsPattern("(?m)  since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$")
        .doesNotContainPattern("since .*\\.\\d")
        .contains("operates  rights ask,manage,operate  collections *");
  }

  @Test
  void rootsAreForKeysThatManage() {
    assertThat(shell.run("keys", "add", "a", "--roots", folder.toString()).err())
        .contains("add --manage");
    assertThat(
            shell
                .run("keys", "add", "a", "--manage", "--roots", folder.resolve("none").toString())
                .err())
        .contains("is not a folder");
    Shell.Result none = shell.run("keys", "list");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("there are no keys: make one with brimful keys add NAME\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-1", "1e3", "NaN", "5,00"})
  void aLimitOfNothingIsNotNoLimit(String amount) {
    Shell.Result refused = shell.run("keys", "add", "a", "--spend-usd", amount);

    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).startsWith("brimful: --spend-usd " + amount);
    assertThat(shell.run("keys", "list").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--allow-origin, *, is not an origin",
    "--public-url, docs.example, is not an address",
    "--trusted-proxy, proxy, is not an address"
  })
  void aServerSaysWhatIsNoOriginOrAddress(String option, String value, String line) {
    Shell.Result refused = shell.run("serve", "--port", "1", option, value);

    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains(option + " " + value, line).doesNotContain("\tat ");
  }
}
