package brimful.extract.ocr;

import brimful.corpus.UserError;
import java.util.Arrays;
import java.util.Locale;

/// What is read by OCR.
public enum OcrMode {
  /// Nothing.
  OFF,
  /// Images, and pages that have something drawn on them and no text.
  AUTO,
  /// Images and all pages, also those with a text layer, which may be a poor one.
  FORCE;

  /// Returns the mode of a name.
  ///
  /// @param option where the name stands, for the message
  /// @throws UserError if there is none
  public static OcrMode of(String name, String option) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE, "%s \"%s\": say off, auto or force".formatted(option, name)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
