package brimful.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.answer.Citation;
import brimful.batch.AnswerType;
import brimful.batch.Batch;
import brimful.batch.BatchListener;
import brimful.batch.BatchQuestion;
import brimful.batch.Division;
import brimful.batch.Forecast;
import brimful.batch.Unit;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Table;
import brimful.index.Snapshot;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExhaustiveBatchTest {
  private static final int DOCUMENTS = 24;
  private static final int FACTS = DOCUMENTS / 2;
  private static final int WINDOWS = 12;
  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;
  private static final BatchQuestion CODES =
      new BatchQuestion(
          "codes", "Which codes of stations are there?", AnswerType.LIST, List.of(), "");
  private static final BatchQuestion MANY =
      new BatchQuestion("many", "How many stations have a code?", AnswerType.NUMBER, List.of(), "");

  @TempDir Path folder;

  private final FakeReader model = new FakeReader(true, Duration.ZERO);

  private ExhaustiveFixture fixture(Function<FakeDeepSeek.Request, Script> behaviour) {
    return new ExhaustiveFixture(folder, behaviour).documents(DOCUMENTS, 320);
  }

  private static List<Unit> units(Snapshot snapshot, Division division) {
    return division.divide(snapshot.outlines(), Map.of());
  }

  private static Batch.Conclusion run(
      ExhaustiveFixture fixture, List<BatchQuestion> questions, double usdMax, boolean retry) {
    return run(fixture, new Division.Whole(), questions, usdMax, retry);
  }

  private static Batch.Conclusion run(
      ExhaustiveFixture fixture,
      Division division,
      List<BatchQuestion> questions,
      double usdMax,
      boolean retry) {
    try (Snapshot snapshot = fixture.index.snapshot();
        BatchLedger ledger = BatchLedger.open(fixture.ledger())) {
      return fixture
          .batch(units(snapshot, division), questions, usdMax)
          .run(snapshot, ledger, retry, new BatchListener() {});
    }
  }

  private static Forecast forecast(ExhaustiveFixture fixture, List<BatchQuestion> questions) {
    try (Snapshot snapshot = fixture.index.snapshot();
        BatchLedger known = BatchLedger.copyOf(fixture.ledger())) {
      return fixture
          .batch(units(snapshot, new Division.Whole()), questions, NO_LIMIT)
          .forecast(snapshot, known, false, List.of(fixture.choice().model()))
          .getFirst();
    }
  }

  private static Cell.Answered answered(Table.Line line) {
    assertThat(line.cell()).isInstanceOf(Cell.Answered.class);
    return (Cell.Answered) line.cell();
  }

  private double billed() {
    return model.log().stream().mapToDouble(FakeReader.Entry::usd).sum();
  }

  @Test
  void cellsOfACollectionAreAnsweredFromAllOfIt() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      Table table = run(fixture, List.of(CODES, MANY), NO_LIMIT, false).table();

      assertThat(table.lines()).hasSize(2);
      Cell.Answered codes = answered(table.lines().getFirst());
      for (int i = 0; i < DOCUMENTS; i += 2) {
        assertThat(codes.json()).contains("Alpha%s has %s".formatted(i, 1000 + i));
      }
      assertThat(codes.citations()).hasSize(FACTS).allMatch(Citation::verified);
      assertThat(codes.held()).isEqualTo(1);
      assertThat(answered(table.lines().getLast()).json()).isEqualTo("" + FACTS);
      assertThat(model.log("warm-up")).hasSize(WINDOWS);
      assertThat(model.log("findings")).hasSize(2 * WINDOWS);
      assertThat(model.log("answer")).hasSize(2);
      assertThat(model.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
    }
  }

  @Test
  void theCellsCostWhatTheirCallsCostAndWhatTheForecastSays() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      Forecast forecast = forecast(fixture, List.of(CODES, MANY));
      int sent = model.log().size();

      Batch.Conclusion conclusion = run(fixture, List.of(CODES, MANY), NO_LIMIT, false);

      assertThat(sent).isZero();
      assertThat(conclusion.spent()).isCloseTo(billed(), within(1e-9));
      assertThat(conclusion.table().bill().usd()).isCloseTo(billed(), within(1e-9));
      assertThat(conclusion.table().lines().getFirst().cell().bill().calls())
          .isEqualTo(WINDOWS + 1);
      assertThat(forecast.calls()).isEqualTo(model.log().size());
      assertThat(forecast.usd() / billed()).isCloseTo(1, within(0.02));
      assertThat(forecast.usdMost()).isGreaterThan(billed());
      assertThat(BatchLedger.peek(fixture.ledger()).bill().usd()).isCloseTo(billed(), within(1e-9));
    }
  }

  @Test
  void againItSendsNothingAndAChangedDocumentItsWindowOnly() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      Table first = run(fixture, List.of(CODES), NO_LIMIT, false).table();
      int calls = model.log().size();
      Table second = run(fixture, List.of(CODES), NO_LIMIT, false).table();
      int again = model.log().size();
      fixture.document(
          ExhaustiveFixture.name(1),
          ExhaustiveFixture.text(1, 320, "The code of station New is 7."));
      fixture.index.commit();

      Table third = run(fixture, List.of(CODES), NO_LIMIT, false).table();

      assertThat(again).isEqualTo(calls);
      assertThat(second).isEqualTo(first);
      assertThat(answered(third.lines().getFirst()).json()).contains("New has 7", "Alpha22");
      assertThat(model.log()).hasSize(calls + 2);
    }
  }

  @Test
  void unitsThatFitAreAskedAsEver() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      fixture.document("small/one.md", "The code of station Small is 5.\n");
      fixture.index.commit();

      Table table =
          run(fixture, new Division.PerFolder(1), List.of(CODES), NO_LIMIT, false).table();

      Table.Line small = table.lines().getLast();
      assertThat(small.row().unit()).isEqualTo("small");
      assertThat(answered(small).json()).contains("Small has 5 [small/one.md:1");
      assertThat(answered(small).bill().calls()).isEqualTo(1);
      assertThat(table.lines()).hasSize(1 + DOCUMENTS / 4);
      assertThat(answered(table.lines().getFirst()).json()).contains("Alpha0", "Alpha2");
    }
  }

  @Test
  void fiveKillsPayNothingTwice() throws IOException {
    var calls = new AtomicInteger();
    var dead = new AtomicBoolean();
    Path left = folder.resolve("left.ledger");
    Path ledger = folder.resolve("windows.ledger");
    List<Integer> killedAt = List.of(2, 4, 7, 8, 11);
    Function<FakeDeepSeek.Request, Script> killed =
        request -> {
          if (dead.get()) {
            return Script.error(402);
          }
          if (killedAt.contains(calls.incrementAndGet())) {
            copy(ledger, left);
            dead.set(true);
          }
          return model.apply(request);
        };
    try (ExhaustiveFixture fixture = fixture(killed)) {
      for (int _ : killedAt) {
        Batch.Conclusion halted = run(fixture, List.of(CODES), NO_LIMIT, false);
        assertThat(halted.halted()).isNotEmpty();
        assertThat(halted.table().states()).containsEntry("pending", 1);
        Files.move(left, ledger, StandardCopyOption.REPLACE_EXISTING);
        dead.set(false);
      }
      Table first = run(fixture, List.of(CODES), NO_LIMIT, false).table();
      List<FakeReader.Entry> before = model.log();
      Table last = run(fixture, List.of(CODES), NO_LIMIT, true).table();

      assertThat(before).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
      assertThat(first.lines().getFirst().cell()).isInstanceOf(Cell.Failed.class);
      var failed = (Cell.Failed) first.lines().getFirst().cell();
      assertThat(failed.cause()).isEqualTo(Cause.LOST);
      assertThat(failed.message())
          .contains("of 12 windows without a result")
          .containsOnlyOnce("retry what failed");
      assertThat(failed.bill().lostUsd()).isPositive();
      assertThat(answered(last.lines().getFirst()).json()).contains("Alpha0", "Alpha22");
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
  void aLimitIsKeptAndTheCellsStayOpen() {
    try (ExhaustiveFixture fixture = fixture(model)) {
      Batch.Conclusion halted = run(fixture, List.of(CODES), 0.02, false);

      assertThat(halted.halted()).contains("limit");
      assertThat(halted.table().lines()).hasSize(1);
      assertThat(halted.table().states()).containsEntry("pending", 1);
      assertThat(BatchLedger.peek(fixture.ledger()).lines()).hasSize(1);
      double billed = billed();
      assertThat(billed).isPositive().isLessThan(0.02);
      assertThat(halted.spent()).isCloseTo(billed, within(1e-9));
      assertThat(halted.halted()).contains("windows of unit . that were read cost $0.01");
      Batch.Conclusion rest = run(fixture, List.of(CODES), NO_LIMIT, false);
      assertThat(rest.halted()).isEmpty();
      assertThat(rest.spent()).isCloseTo(billed() - billed, within(1e-9));
      assertThat(model.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatNoWindowHasIsNull() {
    try (var fixture = new ExhaustiveFixture(folder, new FakeReader(false, Duration.ZERO))) {
      for (int i = 0; i < 8; i++) {
        fixture.document(ExhaustiveFixture.name(i), ExhaustiveFixture.text(i, 320, ""));
      }
      fixture.index.commit();

      Table table = run(fixture, List.of(CODES), NO_LIMIT, false).table();

      assertThat(answered(table.lines().getFirst()).json()).isEqualTo("null");
      assertThat(answered(table.lines().getFirst()).confidence()).isEqualTo(0.9);
    }
  }
}
