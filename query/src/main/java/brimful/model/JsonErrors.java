package brimful.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.Optional;

/// Says where a text stops being valid JSON, in our words: those of the parser name its classes and
/// quote the text.
public final class JsonErrors {
  private JsonErrors() {}

  /// Returns one line for people.
  ///
  /// @param what the text is, such as `the body`
  public static String line(String what, JsonProcessingException e) {
    return "%s is %s: %s".formatted(what, problem(e), place(e));
  }

  /// Returns the place alone, such as `line 2 column 7`.
  public static String place(JsonProcessingException e) {
    JsonLocation at = Optional.ofNullable(e.getLocation()).orElse(JsonLocation.NA);
    return "line %s column %s"
        .formatted(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  private static String problem(JsonProcessingException e) {
    return e instanceof StreamConstraintsException
        ? "nested too deeply or has too long a value"
        : "not valid JSON";
  }
}
