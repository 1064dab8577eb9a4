package brimful.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.replay.CacheReplay.Bill;
import brimful.replay.CacheReplay.Part;
import brimful.replay.CacheReplay.Prompt;
import brimful.model.ModelCatalog;
import brimful.model.PrefixPlan;
import brimful.testing.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheReplayTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");
  private static final ModelCatalog CATALOG = ModelCatalog.builtIn();

  private static CacheReplay cache(String model) {
    return new CacheReplay(CATALOG.find(model), SUNDAY);
  }

  /// Returns a prompt of words like `A1000`, each a part of so many tokens; `|` ends a message.
  private static Prompt prompt(String words) {
    var parts = new ArrayList<Part>();
    for (String word : words.split(" ", -1)) {
      String text = word.replace("|", "");
      parts.add(new Part(text, Integer.parseInt(text.substring(1)), word.endsWith("|")));
    }
    return new Prompt(parts);
  }

  @Test
  void deepSeekFindsABeginningFromTheThirdPromptOn() {
    CacheReplay cache = cache("deepseek-flash");

    Bill first = cache.send(prompt("A5000 B700|"));
    Bill second = cache.send(prompt("A5000 C700|"));
    Bill third = cache.send(prompt("A5000 D700|"));

    assertThat(first.cachedTokens()).isZero();
    assertThat(second.cachedTokens()).isZero();
    assertThat(third.cachedTokens()).isEqualTo(5_000);
    assertThat(third.usd()).isEqualTo((5_000 * 0.003 + 700 * 0.15) / 1e6, within(1e-12));
  }

  @Test
  void deepSeekFindsAnEarlierPromptThatIsContinued() {
    CacheReplay cache = cache("deepseek-flash");
    cache.send(prompt("A5000 B700|"));

    Bill next = cache.send(prompt("A5000 B700| R20| C300|"));

    assertThat(next.cachedTokens()).isEqualTo(5_700);
  }

  @Test
  void deepSeekFindsAPrefixAtOnceThatWasSentAhead() {
    CacheReplay cache = cache("deepseek-flash");
    cache.send(prompt("I100| A5000|"));

    Bill own = cache.send(prompt("I100| A5000| R20| B700|"));
    Bill joined = cache("deepseek-flash").send(prompt("I100| A5000 B700|"));

    assertThat(own.cachedTokens()).isEqualTo(5_100);
    assertThat(joined.cachedTokens()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1023, 0", "1024, 1024", "1151, 1024", "1152, 1152", "100000, 99968"})
  void openAiFindsStepsOf128From1024On(int common, long cached) {
    CacheReplay cache = cache("gpt-5");
    cache.send(prompt("A" + common + " B5000|"));

    Bill second = cache.send(prompt("A" + common + " C5000|"));

    assertThat(second.cachedTokens()).isEqualTo(cached);
  }

  @Test
  void olderOpenAiModelsWriteForFreeAndNewerOnesDoNot() {
    Bill free = cache("gpt-5").send(prompt("A128000|"));
    Bill dear = cache("gpt-5.6-terra").send(prompt("A128000|"));

    assertThat(free.usd()).isEqualTo(0.128 * 1.25, within(1e-9));
    assertThat(dear.writtenTokens()).isEqualTo(128_000);
    assertThat(dear.usd()).isEqualTo(0.128 * 2.5, within(1e-9));
  }

  @Test
  void claudeFindsOnlyWhatIsMarkedAndBillsWritingIt() {
    CacheReplay cache = cache("claude-opus-5");

    Bill first = cache.send(prompt("I100| A9900| R20| B1000|"));
    Bill second = cache.send(prompt("I100| A9900| R20| C1000|"));

    assertThat(first)
        .extracting(Bill::cachedTokens, Bill::writtenTokens)
        .containsExactly(0L, 10_020L);
    assertThat(first.usd()).isEqualTo((10_020 * 6.25 + 1_000 * 5) / 1e6, within(1e-9));
    assertThat(second)
        .extracting(Bill::cachedTokens, Bill::writtenTokens)
        .containsExactly(10_020L, 0L);
    assertThat(second.usd()).isEqualTo((10_020 * 0.5 + 1_000 * 5) / 1e6, within(1e-9));
  }

  @Test
  void claudeFindsNothingInOneMessageOrBelowItsLeast() {
    CacheReplay unmarked = cache("claude-opus-5");
    CacheReplay small = cache("claude-opus-5");
    unmarked.send(prompt("I100| A9900 B1000|"));
    small.send(prompt("I100| A3900| B1000|"));

    Bill oneMessage = unmarked.send(prompt("I100| A9900 C1000|"));
    Bill below = small.send(prompt("I100| A3900| C1000|"));

    assertThat(oneMessage.cachedTokens() + oneMessage.writtenTokens()).isZero();
    assertThat(below.cachedTokens() + below.writtenTokens()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-pro, 2047, 0", "gemini-2.5-pro, 2048, 2048", "gemini-4-argon, 4095, 0"})
  void geminiFindsBeginningsFromItsLeastOn(String model, int common, long cached) {
    CacheReplay cache = cache(model);
    cache.send(prompt("A" + common + " B5000|"));

    assertThat(cache.send(prompt("A" + common + " C5000|")).cachedTokens()).isEqualTo(cached);
  }

  @Test
  void nothingIsFoundWhereThereIsNoCache() {
    CacheReplay cache = cache("local");
    cache.send(prompt("A5000 B700|"));

    assertThat(cache.send(prompt("A5000 B700|"))).isEqualTo(new Bill(5_700, 0, 0, 0));
  }

  @Seeds
  void findsNoMoreThanAnyEarlierPromptHadInCommon(long seed) {
    var random = new Random(seed);
    for (String model : List.of("deepseek-flash", "gpt-5", "claude-opus-5", "gemini-2.5-pro")) {
      CacheReplay cache = cache(model);
      var sent = new ArrayList<Prompt>();
      for (int i = 0; i < 20; i++) {
        var words = new StringBuilder("I900|");
        for (int part = random.nextInt(12); part >= 0; part--) {
          words
              .append(random.nextInt(3) > 0 ? " A2000" : " B3000")
              .append(random.nextBoolean() ? "|" : "");
        }
        Prompt prompt = prompt(words.toString());
        long common = sent.stream().mapToLong(p -> prompt.tokens(prompt.common(p))).max().orElse(0);

        Bill bill = cache.send(prompt);

        assertThat(bill.cachedTokens()).as("%s %d", model, i).isBetween(0L, common);
        assertThat(bill.cachedTokens() + bill.writtenTokens()).isBetween(0L, prompt.tokens());
        sent.add(prompt);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-flash", "gpt-5", "gpt-5.6-terra", "claude-opus-5"})
  void aPrefixGrowsWithTheSessionAndLeavesHalf(String model) {
    int before = 0;
    for (int questions : new int[] {1, 2, 3, 5, 20, 1_000}) {
      int tokens = PrefixPlan.tokens(CATALOG.find(model), 128_000, questions, SUNDAY);

      assertThat(tokens).isBetween(before, 64_000);
      assertThat(questions == 1 ? tokens : 0).isZero();
      before = tokens;
    }
    assertThat(before).isGreaterThan(50_000);
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek-flash, 2, 0", // both prompts pay for it
    "deepseek-flash, 20, 56448",
    "gpt-5.6-terra, 2, 20800",
    "claude-opus-5, 2, 20800",
    "gpt-6.2-astra, 1000, 0", // no cached price is known
    "local, 20, 0",
    "deepseek-r1, 20, 0"
  })
  void aPrefixIsPlannedByRuleAndPrice(String model, int questions, int tokens) {
    assertThat(PrefixPlan.tokens(CATALOG.find(model), 128_000, questions, SUNDAY))
        .isCloseTo(tokens, within(1));
  }
}
