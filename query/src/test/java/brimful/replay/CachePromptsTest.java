package brimful.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.replay.CacheReplay.Part;
import brimful.replay.CacheReplay.Prompt;
import brimful.model.CacheRule;
import brimful.model.ModelCatalog;
import brimful.pack.Window;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CachePromptsTest {
  private static final String LETTERS = "ab1 \t\n\n/<>\"é数\u3000{};#*|";

  private static Window window(String prefix, String documents) {
    return new Window("Cite.\n", prefix, documents, "Why?\n", 1, 1, true, List.of(), List.of(), 1);
  }

  @Seeds
  void partsAddUpToThePromptByEveryExactCounter(long seed) {
    var random = new Random(seed);
    for (String tokenizer : List.of("deepseek-v3", "o200k_base")) {
      TokenCounter counter = Tokenizers.named(tokenizer);
      var prompts = new CachePrompts(counter);
      for (int i = 0; i < 50; i++) {
        String text =
            random
                .ints(300, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining());

        Prompt prompt = prompts.of(window("", "<documents>\n" + text + "\n"), CacheRule.NONE);

        long messages =
            counter.count("Cite.\n") + (long) counter.count("<documents>\n" + text + "\nWhy?\n");
        assertThat(prompt.tokens()).as("%s of %s", tokenizer, text).isEqualTo(messages);
      }
    }
  }

  @Test
  void aPrefixIsAMessageOfItsOwnWhereThatIsStored() {
    var prompts = new CachePrompts(Tokenizers.named("deepseek-v3"));
    Window window = window("<documents>\nA\n</documents>\n", "<documents>\n</documents>\n");

    Prompt units = prompts.of(window, ModelCatalog.builtIn().find("deepseek-flash").cache());
    Prompt prefix = prompts.of(window, ModelCatalog.builtIn().find("gpt-5").cache());
    Prompt ahead = prompts.warmUp(window);

    assertThat(units.parts().stream().filter(Part::endsMessage)).hasSize(4);
    assertThat(prefix.parts().stream().filter(Part::endsMessage)).hasSize(2);
    assertThat(units.common(ahead)).isEqualTo(ahead.parts().size());
  }
}
