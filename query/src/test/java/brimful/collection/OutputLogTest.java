package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputLogTest {
  @TempDir Path temp;

  private OutputLog log() {
    return new OutputLog(temp.resolve("home/outputs.tsv"), Set.of());
  }

  @Test
  void aTornLineHidesNoOther() throws IOException {
    Path table = Files.writeString(temp.resolve("odd name.csv"), "x").toRealPath();
    log().add(table);
    Files.writeString(
        log().file(), "rubbish\n7\tnot a uri at all\n" + Files.readString(log().file()));

    // A second look finds what is there already.
    log().add(table);

    assertThat(Files.readAllLines(log().file()))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("1\tfile:");
  }

  @Test
  void growsNoFurtherThanItsLimit() throws IOException {
    Files.createDirectories(log().file().getParent());
    Files.writeString(log().file(), "1\tfile:///x\n".repeat(5_000));

    log().addAlways(temp.resolve("q.csv"));

    assertThat(Files.readAllLines(log().file())).hasSize(2_501).last().asString().endsWith("q.csv");
  }
}
