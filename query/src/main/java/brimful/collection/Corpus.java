package brimful.collection;

import brimful.corpus.Counted;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.ingest.Ingested;
import brimful.source.Rule;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Documents to ask about: folders and repositories, a server's collection, or the older turns of a
/// conversation.
public interface Corpus {
  /// How many causes an error names.
  int CAUSES_SHOWN = 3;

  /// Returns its name for people, such as its path.
  String display();

  /// Returns what tells it from all others on this machine, however it was named.
  default String key() {
    return display();
  }

  /// Opens it as it is now, counted with a tokenizer; brings its index up to date first if that is
  /// this corpus's own task. The caller closes it.
  ///
  /// @param tokenizer its name, such as `deepseek-v3`
  /// @throws UserError if the corpus does not exist, or cannot be read
  OpenCorpus open(String tokenizer);

  /// Returns the error for a corpus without text, which names the causes.
  ///
  /// @param ingested what was found
  default UserError withoutText(Ingested ingested) {
    String name = display().equals("-") ? "standard input" : display();
    int found = ingested.coverage().found();
    return new UserError(
        UserError.Kind.INPUT,
        found == 0
            ? "no files in %s: name a folder that has some".formatted(name)
            : "no text in %s, %s: %s: %s"
                .formatted(
                    name,
                    Counted.of(found, "file"),
                    causes(ingested.outcomes().values()),
                    remedy(ingested.outcomes().values())));
  }

  /// Returns the most frequent causes, with their counts if there are several files.
  private static String causes(Collection<Outcome> outcomes) {
    var counts = new TreeMap<String, Integer>();
    for (Outcome outcome : outcomes) {
      counts.merge(outcome.cause().isEmpty() ? outcome.state() : outcome.cause(), 1, Integer::sum);
    }
    String most =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(CAUSES_SHOWN)
            .map(cause -> (outcomes.size() > 1 ? cause.getValue() + " " : "") + cause.getKey())
            .collect(Collectors.joining(", "));
    return counts.size() > CAUSES_SHOWN ? most + ", …" : most;
  }

  /// A rule that can be lifted may be all that is in the way.
  private static String remedy(Collection<Outcome> outcomes) {
    boolean ruled =
        outcomes.stream()
            .anyMatch(outcome ->
                !outcome.equals(Rule.BINARY.skipped())
                    && Arrays.stream(Rule.values())
                        .anyMatch(rule -> outcome.equals(rule.skipped())));
    boolean failed = outcomes.stream().anyMatch(Outcome.Failed.class::isInstance);
    return ruled
        ? "see which rules left files out, and lift one with --keep RULE"
        : failed ? "make them readable, or name others" : "name files that hold text";
  }

  /// Opens it for one use, and closes it afterwards. If the index turns out to be damaged and this
  /// corpus can rebuild it, it is rebuilt and the use repeated once.
  default <T> T use(String tokenizer, Function<OpenCorpus, T> use) {
    try (OpenCorpus open = open(tokenizer)) {
      return use.apply(open);
    }
  }

  /// Opens it for one use that reads texts and searches for nothing: an index that has to be made
  /// for that is made faster, without terms.
  default <T> T useTexts(String tokenizer, Function<OpenCorpus, T> use) {
    return use(tokenizer, use);
  }
}
