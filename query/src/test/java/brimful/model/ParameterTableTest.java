package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ParameterTableTest {
  private static final ParameterTable TABLE = ParameterTable.builtIn();

  @Test
  void everyParameterHasARuleForEveryFamily() {
    TABLE
        .rows()
        .forEach(
            (name, row) -> assertThat(row.rules()).as(name).containsOnlyKeys(TABLE.families()));
  }

  @Test
  void theDocumentationHasTheTable() throws IOException {
    var table = new StringBuilder();
    TABLE
        .rows()
        .forEach((name, row) -> {
          table.append("| `").append(name).append("` |");
          TABLE
              .families()
              .forEach(family ->
                  table
                      .append(' ')
                      .append(
                          TABLE.rule(name, family).orElseThrow().name().toLowerCase(Locale.ROOT))
                      .append(" |"));
          table.append('\n');
        });

    String page = Files.readString(Path.of("../docs/openai.md"));

    assertThat(page).contains("| parameter | " + String.join(" | ", TABLE.families()) + " |");
    assertThat(page).contains(table);
  }

  @Test
  void unknownServersAreOther() {
    assertThat(TABLE.rule("seed", "some host")).hasValue(ParameterTable.Rule.PASSED);
    assertThat(TABLE.rule("seed", "deepseek")).hasValue(ParameterTable.Rule.REFUSED);
    assertThat(TABLE.rule("sead", "deepseek")).isEmpty();
  }

  @Test
  void equalNumbersAreUnsetHoweverTheyAreWritten() {
    assertThat(TABLE.isUnset("presence_penalty", JsonNodeFactory.instance.numberNode(0.0)))
        .isTrue();
    assertThat(TABLE.isUnset("presence_penalty", JsonNodeFactory.instance.numberNode(0.1)))
        .isFalse();
  }
}
