package brimful.source.forge;

import brimful.corpus.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Reads a file of git addresses: one a line, `#` begins a comment.
///
/// A repository is called by the last part of its address, and by as many parts more as tell it
/// from the others of the list, whatever their order.
final class GitList {
  private GitList() {}

  /// @param isAddress tells which lines are addresses of git
  /// @throws UserError if the file cannot be read, or a line is none
  static List<ForgeRepository> read(Path file, Predicate<String> isAddress) {
    List<String> urls =
        lines(file).stream()
            .map(line -> line.replaceAll("(?:^|\\s)#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    if (urls.size() > ForgeList.REPOSITORIES_MAX) {
      throw ForgeList.tooMany(file.toString());
    }
    var repositories = new ArrayList<ForgeRepository>();
    for (String url : urls) {
      if (!isAddress.test(url)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "\"%s\" in %s is no git address: write it like https://host/owner/name.git"
                .formatted(url, file));
      }
      repositories.add(new ForgeRepository(name(url, urls), url, ""));
    }
    return repositories;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new UserError(
          UserError.Kind.INPUT, "%s is not UTF-8: write one git address a line".formatted(file), e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "cannot read the list %s: check the path, and make it readable".formatted(file),
          e);
    }
  }

  private static String name(String url, List<String> all) {
    List<String> own = parts(url);
    for (int n = 1; n < own.size(); n++) {
      String name = end(own, n);
      int parts = n;
      if (all.stream().filter(other -> end(parts(other), parts).equals(name)).count() == 1) {
        return name;
      }
    }
    return String.join("/", own);
  }

  private static String end(List<String> parts, int n) {
    return String.join("/", parts.subList(Math.max(0, parts.size() - n), parts.size()));
  }

  private static List<String> parts(String url) {
    String path =
        url.replaceFirst("^\\w+://", "")
            .replaceFirst("^[^/@]*@", "")
            .replaceAll("(?:\\.git)?/*$", "");
    return Arrays.stream(path.split("[/:]+"))
        .filter(part -> !part.isEmpty() && !part.equals("..") && !part.equals("."))
        .toList();
  }
}
