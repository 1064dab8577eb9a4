package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
  @TempDir Path folder;

  @Test
  void losesNothingThatSeveralChangeAtOnce() throws Exception {
    Path file = folder.resolve("config.properties");
    Map<String, String> wanted =
        Map.of("model", "m", "spend_usd_max", "2", "reply_tokens", "9", "thinking", "on");
    List<Callable<Boolean>> changes = new ArrayList<>();
    wanted.forEach((name, value) ->
        changes.add(() -> {
          for (int i = 0; i < 10; i++) {
            new ConfigFile(file).set(name, "");
            new ConfigFile(file).set(name, value);
          }
          return true;
        }));
    try (ExecutorService threads = Executors.newFixedThreadPool(wanted.size())) {
      for (Future<Boolean> one : threads.invokeAll(changes)) {
        assertThat(one.get()).isTrue();
      }
    }

    assertThat(new ConfigFile(file).values()).isEqualTo(wanted);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesAFileThatIsALinkWhereItIs() throws IOException {
    Path real = Files.writeString(folder.resolve("dotfile"), "# mine\nmodel=old\n");
    Path link = Files.createSymbolicLink(folder.resolve("config.properties"), real);

    new ConfigFile(link).set("model", "new");

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("# mine\nmodel=new\n");
  }
}
