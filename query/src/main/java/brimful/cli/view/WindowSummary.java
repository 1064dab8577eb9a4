package brimful.cli.view;

import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.ingest.Ingested;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.pack.Window;
import brimful.service.Assembled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The summary of a window for people.
public final class WindowSummary {
  private static final int REASONS_SHOWN = 6;

  private static final Pattern IMAGES_LEFT_OUT =
      Pattern.compile("([\\d,]{1,12}) images? not shown: (.*)");

  private WindowSummary() {}

  /// Returns the receipt in a few lines.
  public static String receipt(Assembled assembled, ModelProfile model, Cost cost) {
    var text = new StringBuilder();
    holds(assembled, model, text);
    covers(assembled.ingested(), text);
    if (cost.known()) {
      text.append(
          "cost      %s for %s to read it, %s when cached\n"
              .formatted(Cost.display(cost.missUsd()), model.id(), Cost.display(cost.hitUsd())));
    }
    text.append(
        "seconds   ingest %s, rank %s, pack %s"
            .formatted(
                seconds(assembled.times().ingest()),
                seconds(assembled.times().rank()),
                seconds(assembled.times().pack())));
    return text.toString();
  }

  /// Says what is in the window.
  private static void holds(Assembled assembled, ModelProfile model, StringBuilder text) {
    Window window = assembled.window();
    text.append(
        String.format(
            Locale.ROOT,
            "window    %,d of %,d tokens (%.1f %%), %s by %s\n",
            window.tokens(),
            window.budgetTokens(),
            100.0 * window.tokens() / window.budgetTokens(),
            window.exact() ? "exact" : "estimated, an upper bound",
            model.tokenizer()));
    if (!assembled.stop().isEmpty()) {
      text.append("          ").append(assembled.stop()).append('\n');
    }
    assembled.notes().forEach(note -> text.append("note      ").append(note).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "holds     %,d of %,d tokens of the corpus: %s of %s\n",
            window.placed().stream().mapToLong(Window.Placed::tokens).sum()
                - window.images().tokens(),
            window.corpusTokens(),
            Counted.of(window.placed().size(), "span"),
            Counted.of(documents(window), "document")));
    int images = window.images().images().size();
    if (images > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "images    %s, %,d tokens\n",
              Counted.of(images, "image"),
              window.images().tokens()));
    }
    imagesLeftOut(window.leftOut())
        .forEach((reason, count) ->
            text.append(
                String.format(Locale.ROOT, "          %,6d %s\n", count, images(count, reason))));
  }

  /// Says how the files of the corpus ended.
  private static void covers(Ingested ingested, StringBuilder text) {
    text.append("coverage  ").append(ingested.coverage().display()).append('\n');
    ingested.gaps().forEach(gap -> text.append("          incomplete: ").append(gap).append('\n'));
    if (!ingested.members().isEmpty()) {
      text.append("members   ").append(ingested.memberCoverage().display("member")).append('\n');
    }
    skips(ingested.incomplete())
        .forEach((reason, count) ->
            text.append(String.format(Locale.ROOT, "          %,6d %s\n", count, reason)));
    long secrets = ingested.secrets().count();
    if (secrets > 0) {
      text.append("secrets   ").append(Counted.of(secrets, "secret")).append(" masked\n");
    }
  }

  /// Returns how many images of the window's text are not shown, by the reason.
  private static SequencedMap<String, Integer> imagesLeftOut(List<Window.LeftOut> leftOut) {
    var counts = new TreeMap<String, Integer>();
    for (Window.LeftOut left : leftOut) {
      Matcher images = IMAGES_LEFT_OUT.matcher(left.reason());
      if (images.matches()) {
        int count = Integer.parseInt(images.group(1).replace(",", ""));
        counts.merge(images.group(2), count, Integer::sum);
      }
    }
    return counts;
  }

  private static String images(int count, String reason) {
    return (count == 1 ? "image" : "images") + " left out: " + reason;
  }

  /// Returns a line for each reason for which images are left out of a window.
  static List<String> leftOutImages(List<Window.LeftOut> leftOut) {
    return imagesLeftOut(leftOut).entrySet().stream()
        .map(entry ->
            String.format(
                Locale.ROOT, "%,d %s", entry.getValue(), images(entry.getValue(), entry.getKey())))
        .toList();
  }

  public static long documents(Window window) {
    return window.placed().stream().map(Window.Placed::document).distinct().count();
  }

  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e9);
  }

  /// Returns an outcome without what differs from file to file: the amount that was kept, the
  /// target of a link.
  static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Truncated(_, _, String unit, String detail) when detail.isEmpty() ->
          "truncated: " + unit;
      case Outcome.Truncated(_, _, _, String detail)
          when detail.startsWith(Outcome.Truncated.THEN) ->
          "truncated: " + detail.substring(Outcome.Truncated.THEN.length());
      case Outcome.Truncated(_, _, String unit, String detail) ->
          "truncated: " + unit + " (" + detail + ")";
      case Outcome.Skipped(String rule) when rule.startsWith("link to ") -> "skipped: link";
      default -> outcome.display();
    };
  }

  /// Returns the most frequent reasons why files gave no text, with their counts.
  private static SequencedMap<String, Integer> skips(Map<DocumentId, Outcome> incomplete) {
    var counts = new TreeMap<String, Integer>();
    incomplete.values().forEach(outcome -> counts.merge(reason(outcome), 1, Integer::sum));
    var most = new LinkedHashMap<String, Integer>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(REASONS_SHOWN)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
  }
}
