package brimful.replay;

import brimful.model.CacheRule;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Simulates what a session of prompts finds in a provider's cache, and its cost.
///
/// Models the documented rules at their best: nothing is forgotten, and what one prompt stores the
/// next one finds. Replies are left out, because no layout changes them. For n prompts of p parts
/// it takes O(n²·p) time. For one session; not thread-safe.
public final class CacheReplay {
  private final ModelProfile profile;
  private final Instant at;
  private final List<Prompt> sent = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();

  /// @param at the time of the session, which decides prices
  public CacheReplay(ModelProfile profile, Instant at) {
    this.profile = profile;
    this.at = at;
  }

  /// A piece of a prompt: two prompts share a beginning as long as their parts are equal.
  ///
  /// @param tokens its cost, the same everywhere
  /// @param endsMessage whether a message ends behind it, or the prompt
  public record Part(String text, int tokens, boolean endsMessage) {
    public Part {
      if (tokens < 0) {
        throw new IllegalArgumentException("part of %s tokens: count it".formatted(tokens));
      }
    }
  }

  /// One prompt, as it is sent.
  ///
  /// @param parts the finer they are, the more precisely common beginnings are found
  public record Prompt(List<Part> parts) {
    public Prompt {
      parts = List.copyOf(parts);
    }

    long tokens() {
      return tokens(parts.size());
    }

    /// Returns the cost of the first `count` parts.
    long tokens(int count) {
      return parts.subList(0, count).stream().mapToLong(Part::tokens).sum();
    }

    /// Returns how many leading parts this prompt shares with another.
    int common(Prompt other) {
      int most = Math.min(parts.size(), other.parts.size());
      int count = 0;
      while (count < most && parts.get(count).equals(other.parts.get(count))) {
        count++;
      }
      return count;
    }

    /// Returns the ends of all messages but the last, which is the question's.
    List<Integer> marks() {
      var marks = new ArrayList<Integer>();
      for (int count = 1; count < parts.size(); count++) {
        if (parts.get(count - 1).endsMessage()) {
          marks.add(count);
        }
      }
      return marks;
    }
  }

  /// The stored beginning of an earlier prompt.
  private record Unit(Prompt of, int parts) {
    boolean begins(Prompt prompt) {
      return prompt.common(of) >= parts;
    }
  }

  /// The bill of prompts.
  ///
  /// @param promptTokens all that was read
  /// @param cachedTokens the part of it that was in the cache
  /// @param writtenTokens the part that was put there
  /// @param usd what reading cost
  public record Bill(long promptTokens, long cachedTokens, long writtenTokens, double usd) {
    public static final Bill NOTHING = new Bill(0, 0, 0, 0);

    /// Returns both bills as one.
    public Bill plus(Bill other) {
      return new Bill(
          promptTokens + other.promptTokens,
          cachedTokens + other.cachedTokens,
          writtenTokens + other.writtenTokens,
          usd + other.usd);
    }

    /// Returns the share that was in the cache, 0 to 1.
    public double cachedShare() {
      return promptTokens == 0 ? 0 : (double) cachedTokens / promptTokens;
    }
  }

  /// Sends the next prompt of the session.
  public Bill send(Prompt prompt) {
    CacheRule rule = profile.cache();
    long tokens = prompt.tokens();
    long cached =
        switch (rule.match()) {
          case NOTHING -> 0;
          case PREFIX -> rule.found(longest(prompt));
          case UNITS, MARKS -> rule.found(longestUnit(prompt));
        };
    long written =
        switch (rule.match()) {
          case NOTHING -> 0;
          case PREFIX, UNITS -> Math.max(0, rule.found(tokens) - cached);
          case MARKS -> Math.max(0, rule.found(lastMark(prompt)) - cached);
        };
    store(prompt);
    double usd =
        Cost.rate(profile, tokens, at)
            .map(tokenPrice ->
                ((tokens - cached - written) * tokenPrice.missUsd()
                        + cached * rule.readUsd(tokenPrice)
                        + written * rule.writeUsd(tokenPrice))
                    / Cost.PER)
            .orElse(0.0);
    return new Bill(tokens, cached, written, usd);
  }

  private long longest(Prompt prompt) {
    return sent.stream().mapToInt(prompt::common).mapToLong(prompt::tokens).max().orElse(0);
  }

  private long longestUnit(Prompt prompt) {
    return units.stream()
        .filter(unit -> unit.begins(prompt))
        .mapToLong(unit -> prompt.tokens(unit.parts()))
        .max()
        .orElse(0);
  }

  private static long lastMark(Prompt prompt) {
    return prompt.marks().isEmpty() ? 0 : prompt.tokens(prompt.marks().getLast());
  }

  private void store(Prompt prompt) {
    switch (profile.cache().match()) {
      case NOTHING, PREFIX -> {}
      case UNITS -> {
        units.add(new Unit(prompt, prompt.parts().size()));
        for (Prompt earlier : sent) {
          int common = prompt.common(earlier);
          if (common > 0) {
            units.add(new Unit(prompt, common));
          }
        }
      }
      case MARKS -> prompt.marks().forEach(mark -> units.add(new Unit(prompt, mark)));
    }
    sent.add(prompt);
  }
}
