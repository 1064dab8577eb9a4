package brimful.cli.option;

import brimful.corpus.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads small files that options name, such as a list of questions.
public final class InputFile {
  private InputFile() {}

  /// Returns a file's text.
  ///
  /// @throws UserError that says in one line why it cannot be read
  public static String text(String name) {
    Path file = Path.of(name);
    try {
      if (Files.isDirectory(file)) {
        throw new UserError(
            UserError.Kind.INPUT, "%s is a folder: name a file in it".formatted(name));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserError(
          UserError.Kind.INPUT, "%s is not UTF-8: save it as UTF-8".formatted(name), e);
    } catch (NoSuchFileException e) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "no file \"%s\": check the path".formatted(name), e);
    } catch (AccessDeniedException e) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "no permission to read \"%s\": make it readable".formatted(name),
          e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.IO,
          "cannot read \"%s\", %s: check the file".formatted(name, e.getMessage()),
          e);
    }
  }
}
