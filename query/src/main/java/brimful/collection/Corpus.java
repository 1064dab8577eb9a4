package brimful.collection;

import brimful.corpus.Coverage;
import brimful.corpus.UserError;
import java.util.function.Function;

/// Documents to ask about: folders and repositories, a server's collection, or the older turns of a
/// conversation.
public interface Corpus {
  /// Returns its name for people, such as its path.
  String display();

  /// Opens it as it is now, counted with a tokenizer; brings its index up to date first if that is
  /// this corpus's own task. The caller closes it.
  ///
  /// @param tokenizer its name, such as `deepseek-v3`
  /// @throws UserError if the corpus does not exist, or cannot be read
  OpenCorpus open(String tokenizer);

  /// Returns the error for a corpus without text.
  default UserError withoutText(Coverage coverage) {
    return new UserError(
        UserError.Kind.INPUT,
        coverage.found() == 0
            ? "no files in %s: name a folder that has some".formatted(display())
            : "no text in %s, %s: see which rules left files out, and lift one with --keep RULE"
                .formatted(display(), coverage.display()));
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
