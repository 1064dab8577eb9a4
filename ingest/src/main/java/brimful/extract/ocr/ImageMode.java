package brimful.extract.ocr;

import brimful.corpus.UserError;
import brimful.source.Rule;
import brimful.source.Rules;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Whether pictures are kept for models that see.
public enum ImageMode {
  /// None: images count by their text alone.
  OFF,
  /// Those of the model at hand: all if it sees, otherwise none.
  AUTO,
  /// All, whatever the model.
  ALL;

  /// The variable with the mode.
  public static final String VARIABLE = "BRIMFUL_IMAGES";

  /// Returns the mode of a name.
  ///
  /// @throws UserError if there is none
  public static ImageMode of(String name) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "--images (%s) \"%s\": say off, auto or all".formatted(VARIABLE, name)));
  }

  /// Returns the mode that the variables ask for, by default that of the model at hand.
  public static ImageMode of(Map<String, String> environment) {
    return of(environment.getOrDefault(VARIABLE, AUTO.name()));
  }

  /// Returns the rules with which parsers keep pictures, or none.
  ///
  /// @param sees whether the model at hand sees
  public Rules rules(Rules rules, boolean sees) {
    return this == ALL || (this == AUTO && sees)
        ? rules.without(Set.of(Rule.PICTURES))
        : rules.with(EnumSet.of(Rule.PICTURES));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
