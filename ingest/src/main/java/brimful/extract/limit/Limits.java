package brimful.extract.limit;

import brimful.corpus.UserError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The limits of one run: the standard ones, but for those that somebody has set.
///
/// @param set the value of each limit that was set: bytes, milliseconds, or a count
public record Limits(Map<Limit, Long> set) {
  /// At the end of an outcome's text, or within its brackets.
  private static final Pattern MET =
      Pattern.compile("\\blimit ([a-z]{1,20})=([0-9.]{1,20}[a-z]?)\\)?$");

  public Limits {
    set = Map.copyOf(set);
  }

  public static Limits standard() {
    return new Limits(Map.of());
  }

  /// Returns the value of a limit.
  public long of(Limit limit) {
    return set.getOrDefault(limit, limit.standard());
  }

  /// Returns these limits with one set.
  public Limits with(Limit limit, long value) {
    Map<Limit, Long> more = new EnumMap<>(Limit.class);
    more.putAll(set);
    more.put(limit, value);
    return new Limits(more);
  }

  /// Returns these limits with those set that the words of a command line name.
  ///
  /// @param words such as `members=200000`
  /// @throws UserError if a name or value is wrong
  public Limits with(List<String> words) {
    Limits all = this;
    for (String word : words) {
      int at = word.indexOf('=');
      if (at < 0) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--limit %s has no value: write NAME=VALUE, such as members=200000; the names are %s"
                .formatted(word, Limit.titles()));
      }
      Limit limit = Limit.named(word.substring(0, at).strip());
      all = all.with(limit, limit.value(word.substring(at + 1)));
    }
    return all;
  }

  /// A limit that a file met, and its value then.
  public record Met(Limit limit, long value) {}

  /// Returns the limit that an outcome's text names, see [Limit#met].
  public static Optional<Met> met(String said) {
    Matcher matcher = MET.matcher(said);
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      Limit limit = Limit.named(matcher.group(1));
      return Optional.of(new Met(limit, limit.value(matcher.group(2))));
    } catch (UserError e) {
      // Of another version, or an example in a document.
      return Optional.empty();
    }
  }
}
