package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsTest {
  private static final String MODEL = "deepseek-flash";

  @TempDir private Path folder;

  private Models models() {
    return new Models(Map.of("BRIMFUL_HOME", folder.toString(), "BRIMFUL_MODEL", MODEL));
  }

  /// Changes the configuration as another process does.
  private void set(String name, String value) {
    new ConfigFile(folder.resolve("config.properties")).set(name, value);
  }

  @Test
  void aChangeOfTheConfigurationHoldsForTheNextQuestion() {
    Models models = models();
    set("api_key.deepseek", "sk-old");
    var before = models.choose("").key();
    var named = models.choose(MODEL).key();

    set("api_key.deepseek", "sk-new");
    set("spend_usd_max", "7");

    assertThat(before).contains(new ApiKey("sk-old"));
    assertThat(named).contains(new ApiKey("sk-old"));
    assertThat(models.choose("").key()).contains(new ApiKey("sk-new"));
    assertThat(models.choose(MODEL).key()).contains(new ApiKey("sk-new"));
    assertThat(models.settings().spendUsdMax()).hasToString("7");
    assertThat(models.keys()).containsEntry("deepseek", Models.KeyPlace.FILE);
  }

  @Test
  void aKeyOfTheSettingsPageHoldsForTheNextQuestion() {
    Models models = models();
    models.setKey("deepseek", "sk-old");
    var before = models.choose("").key();

    models.setKey("deepseek", "sk-new");

    assertThat(before).contains(new ApiKey("sk-old"));
    assertThat(models.choose("").key()).contains(new ApiKey("sk-new"));
  }

  @Test
  void aBrokenFileIsSaidToAQuestionAndKeepsTheRest() throws IOException {
    Models models = models();
    set("spend_usd_max", "7");
    assertThat(models.settings().spendUsdMax()).hasToString("7");

    Files.writeString(folder.resolve("config.properties"), "spend_usd_max=lots of it\n");

    assertThat(models.settings().spendUsdMax()).hasToString("7");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> models.choose(""))
        .withMessageContaining("lots of it");
  }
}
