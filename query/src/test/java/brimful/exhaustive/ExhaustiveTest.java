package brimful.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import brimful.answer.Citation;
import brimful.batch.BatchListener;
import brimful.batch.Forecast;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.corpus.UserError;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExhaustiveTest {
  private static final int DOCUMENTS = 40;
  private static final int FACTS = DOCUMENTS / 2;
  private static final Exhaustive.Terms TERMS =
      ExhaustiveFixture.terms(ExhaustiveFixture.BUDGET, 4);

  /// The same, and what failed is asked again.
  private static final Exhaustive.Terms AGAIN =
      new Exhaustive.Terms(
          ExhaustiveFixture.BUDGET, 4, 200, Duration.ZERO, Double.POSITIVE_INFINITY, true);

  @TempDir Path folder;

  private final FakeReader model = new FakeReader(true, Duration.ZERO);

  private ExhaustiveFixture fixture(Function<FakeDeepSeek.Request, Script> behaviour) {
    return new ExhaustiveFixture(folder, behaviour).documents(DOCUMENTS, 320);
  }

  private static ExhaustiveAnswer answered(Exhaustive.Ending ending) {
    assertThat(ending).isInstanceOf(Exhaustive.Ending.Answered.class);
    return ((Exhaustive.Ending.Answered) ending).answer();
  }

  private static void assertComplete(ExhaustiveAnswer answer) {
    assertThat(answer.findings()).hasSize(FACTS);
    for (int i = 0; i < DOCUMENTS; i += 2) {
      assertThat(answer.answer().text())
          .contains("Alpha%s has %s [%s:".formatted(i, 1000 + i, ExhaustiveFixture.name(i)));
    }
    assertThat(answer.answer().citations()).hasSize(FACTS).allMatch(Citation::verified);
  }

  @Test
  void factsInTwentyDistantPlacesAreAllFoundAndCited() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      assertComplete(answer);
      assertThat(answer.levels()).isOne();
      assertThat(answer.failed()).isEmpty();
    }
  }

  @Test
  void eachWindowIsAskedOnceAndPaidInFullOnce() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      int windows = windows(fixture);

      fixture.run(ExhaustiveFixture.QUESTION, TERMS);

      assertThat(windows).isEqualTo(FACTS);
      assertThat(model.log("findings")).hasSize(windows);
      assertThat(model.log("warm-up")).hasSize(windows);
      assertThat(model.log("answer")).hasSize(1);
      assertThat(model.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
      assertThat(model.log("findings"))
          .allSatisfy(entry -> assertThat(entry.cached()).isGreaterThan(entry.tokens() - 1_000));
    }
  }

  private static int windows(ExhaustiveFixture fixture) {
    try (var snapshot = fixture.index.snapshot()) {
      return fixture
          .plan(snapshot, ExhaustiveFixture.QUESTION, ExhaustiveFixture.BUDGET, false)
          .read()
          .size();
    }
  }

  @Test
  void quotesThatStandNowhereAreDroppedAndCounted() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      assertThat(answer.dropped()).isEqualTo(model.log("findings").size());
      assertThat(answer.answer().text()).doesNotContain("Nowhere");
    }
  }

  @Test
  void itCostsWhatTheForecastSays() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      Forecast forecast = fixture.forecast(ExhaustiveFixture.QUESTION, TERMS);

      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      double billed = model.log().stream().mapToDouble(FakeReader.Entry::usd).sum();
      assertThat(answer.spentUsd()).isCloseTo(billed, within(1e-9));
      assertThat(forecast.usd() / billed).isCloseTo(1, within(0.01));
      assertThat(forecast.usdMost()).isGreaterThan(billed);
      assertThat(forecast.calls()).isEqualTo(model.log().size());
    }
  }

  @Test
  void aSecondQuestionFindsTheWindowsInTheCache() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      fixture.run(ExhaustiveFixture.QUESTION, TERMS);
      int first = model.log().size();
      String second = "Which stations have a code above 1010?";
      Forecast forecast = fixture.forecast(second, TERMS);

      fixture.run(second, TERMS);

      List<FakeReader.Entry> asked = model.log().subList(first, model.log().size());
      assertThat(asked).noneMatch(entry -> entry.kind().equals("warm-up"));
      List<FakeReader.Entry> windows =
          asked.stream().filter(entry -> entry.kind().equals("findings")).toList();
      double read = windows.stream().mapToInt(FakeReader.Entry::tokens).sum();
      double cached = windows.stream().mapToInt(FakeReader.Entry::cached).sum();
      assertThat(cached / read).isGreaterThan(0.95);
      double billed = asked.stream().mapToDouble(FakeReader.Entry::usd).sum();
      assertThat(forecast.usd() / billed).isCloseTo(1, within(0.25));
    }
  }

  @Test
  void theSameQuestionAgainSendsNothing() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      ExhaustiveAnswer first = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));
      int calls = model.log().size();

      ExhaustiveAnswer second = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      assertThat(model.log()).hasSize(calls);
      assertThat(second.answer()).isEqualTo(first.answer());
      assertThat(second.spentUsd()).isZero();
    }
  }

  /// What a kill leaves is what is on disk when a request comes: from there, the next run goes on.
  @Test
  void fiveKillsPayNothingTwice() throws IOException {
    var calls = new AtomicInteger();
    var dead = new AtomicBoolean();
    Path left = folder.resolve("left.ledger");
    Path ledger = folder.resolve("windows.ledger");
    int[] killedAt = {2, 7, 8, 11, 15};
    Function<FakeDeepSeek.Request, Script> killed =
        request -> {
          if (dead.get()) {
            return Script.error(402);
          }
          int call = calls.incrementAndGet();
          for (int at : killedAt) {
            if (call == at) {
              copy(ledger, left);
              dead.set(true);
            }
          }
          return model.apply(request);
        };
    Exhaustive.Terms alone = ExhaustiveFixture.terms(ExhaustiveFixture.BUDGET, 1);
    try (ExhaustiveFixture fixture = fixture(killed)) {
      for (int _ : killedAt) {
        assertThat(fixture.run(ExhaustiveFixture.QUESTION, alone))
            .isInstanceOf(Exhaustive.Ending.Halted.class);
        Files.move(left, ledger, StandardCopyOption.REPLACE_EXISTING);
        dead.set(false);
      }
      ExhaustiveAnswer first = answered(fixture.run(ExhaustiveFixture.QUESTION, alone));
      List<FakeReader.Entry> before = model.log();
      ExhaustiveAnswer last =
          answered(
              fixture.run(
                  ExhaustiveFixture.QUESTION,
                  new Exhaustive.Terms(
                      ExhaustiveFixture.BUDGET,
                      1,
                      200,
                      Duration.ZERO,
                      Double.POSITIVE_INFINITY,
                      true)));

      assertThat(before).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
      assertThat(first.failed()).isNotEmpty().allMatch(line -> line.contains("maybe billed"));
      assertThat(last.failed()).isEmpty();
      assertComplete(last);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stoppedInTheMiddleItGoesOnFromThere() throws InterruptedException {
    var slow = new FakeReader(false, Duration.ofMillis(5));
    try (ExhaustiveFixture fixture = fixture(slow)) {
      for (int stop = 0; stop < 5; stop++) {
        var some = new CountDownLatch(1);
        Thread runner =
            Thread.ofPlatform()
                .start(() -> fixture.run(ExhaustiveFixture.QUESTION, TERMS, counting(some)));
        some.await();
        runner.interrupt();
        runner.join();
      }
      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      assertComplete(answer);
      assertThat(slow.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
    }
  }

  private static BatchListener counting(CountDownLatch some) {
    return new BatchListener() {
      @Override
      public void starts(int cells, int open) {
        if (open == 0) {
          some.countDown();
        }
      }

      @Override
      public void finished(Row row, Cell cell) {
        some.countDown();
      }
    };
  }

  @Test
  void findingsOfSeveralWindowsAreJoinedInLevels() {
    // Each fact needs a chunk of about 190 tokens and a line: 60 of them need two windows.
    Exhaustive.Terms small = ExhaustiveFixture.terms(9_000, 4);
    try (ExhaustiveFixture fixture = new ExhaustiveFixture(folder, model).documents(2 * 60, 20)) {
      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, small));

      assertThat(answer.levels()).isEqualTo(2);
      assertThat(answer.joined()).isTrue();
      assertThat(answer.findings()).hasSize(60);
      assertThat(answer.answer().citations()).hasSize(60).allMatch(Citation::verified);
    }
  }

  @Test
  void withoutAnyFindingNothingIsJoined() {
    try (var fixture = new ExhaustiveFixture(folder, new FakeReader(false, Duration.ZERO))) {
      fixture.document("a.md", ExhaustiveFixture.text(1, 200, "No station here."));
      fixture.index.commit();

      ExhaustiveAnswer answer = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));

      assertThat(answer.answer().text()).isEmpty();
      assertThat(answer.levels()).isZero();
    }
  }

  @Test
  void aLimitOfMoneyEndsTheRunAndTheNextGoesOn() {
    var limited =
        new Exhaustive.Terms(ExhaustiveFixture.BUDGET, 1, 200, Duration.ZERO, 0.02, false);
    try (ExhaustiveFixture fixture = fixture(model)) {
      Exhaustive.Ending ending = fixture.run(ExhaustiveFixture.QUESTION, limited);

      assertThat(ending)
          .isInstanceOfSatisfying(
              Exhaustive.Ending.Halted.class,
              halted -> {
                assertThat(halted.left()).isPositive();
                assertThat(halted.reason()).contains("raise the limit");
                assertThat(halted.spentUsd()).isPositive().isLessThan(0.02);
              });
      assertComplete(answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS)));
      assertThat(model.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
    }
  }

  /// A last call can fill a window, so that nobody may pay for it without being asked.
  @Test
  void aMissingLastCallIsForecast() {
    var poor = new AtomicBoolean(true);
    try (ExhaustiveFixture fixture = new ExhaustiveFixture(folder, model(poor)).documents(4, 320)) {
      Exhaustive.Ending halted = fixture.run(ExhaustiveFixture.QUESTION, TERMS);
      Forecast missing = fixture.forecast(ExhaustiveFixture.QUESTION, TERMS);
      poor.set(false);
      fixture.run(ExhaustiveFixture.QUESTION, TERMS);
      Forecast known = fixture.forecast(ExhaustiveFixture.QUESTION, TERMS);

      assertThat(halted).isInstanceOf(Exhaustive.Ending.Halted.class);
      assertThat(missing.calls()).isEqualTo(1);
      assertThat(missing.usd()).isPositive();
      assertThat(missing.usdMost()).isGreaterThan(missing.usd());
      assertThat(known.calls()).isZero();
    }
  }

  /// Has no money for the last call.
  private Function<FakeDeepSeek.Request, Script> model(AtomicBoolean poor) {
    return request -> {
      int asked = model.log("answer").size();
      Script reply = model.apply(request);
      return poor.get() && model.log("answer").size() > asked ? Script.error(402) : reply;
    };
  }

  /// Replies to the last call in a wrong form.
  private Function<FakeDeepSeek.Request, Script> wrong(AtomicBoolean wrong) {
    return request -> {
      int asked = model.log("answer").size();
      Script reply = model.apply(request);
      return wrong.get() && model.log("answer").size() > asked ? Script.answer("nothing") : reply;
    };
  }

  @Test
  void aFailedLastCallKeepsTheFindingsAndIsForecastIfItIsAskedAgain() {
    try (ExhaustiveFixture fixture =
        new ExhaustiveFixture(folder, wrong(new AtomicBoolean(true))).documents(4, 320)) {
      ExhaustiveAnswer failed = answered(fixture.run(ExhaustiveFixture.QUESTION, TERMS));
      Forecast kept = fixture.forecast(ExhaustiveFixture.QUESTION, TERMS);
      Forecast again = fixture.forecast(ExhaustiveFixture.QUESTION, AGAIN);

      assertThat(failed.isComplete()).isFalse();
      assertThat(failed.problem()).contains("what was found made no answer: ", "(invalid)");
      assertThat(failed.findings()).hasSize(2);
      assertThat(failed.answer().text()).contains("- Alpha0 has 1000 [", "- Alpha2 has 1002 [");
      assertThat(failed.answer().citations()).hasSize(2).allMatch(Citation::verified);
      assertThat(kept.calls()).isZero();
      assertThat(again.calls()).isEqualTo(1);
      assertThat(again.usd()).isPositive();
    }
  }

  @Test
  void aBudgetOrAQuestionThatDoesNotFitIsRefused() {
    try (ExhaustiveFixture fixture = new ExhaustiveFixture(folder, model).documents(2, 20)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(
              () -> fixture.run(ExhaustiveFixture.QUESTION, ExhaustiveFixture.terms(4_000, 1)))
          .withMessageContaining("budget of 4,000 tokens is too small");
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> fixture.run("station code ".repeat(3_000), TERMS))
          .withMessageContaining("shorten it");
      assertThat(model.log()).isEmpty();
    }
  }
}
