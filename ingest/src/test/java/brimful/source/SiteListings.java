package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// What is looked at in a listing of a web site.
final class SiteListings {
  private SiteListings() {}

  static List<String> ids(List<Listed> listed) {
    return listed.stream().map(one -> one.id().value()).toList();
  }

  static List<String> read(List<Listed> listed) {
    return listed.stream()
        .filter(Listed.File.class::isInstance)
        .map(one -> one.id().value())
        .toList();
  }

  static List<String> stamps(List<Listed> listed) {
    return listed.stream()
        .map(one -> one instanceof Listed.File file ? file.stamp() : "none")
        .toList();
  }

  static Outcome outcome(List<Listed> listed, String id) {
    return listed.stream()
        .filter(one -> one.id().value().equals(id))
        .map(Listed.Left.class::cast)
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  static String content(Listed listed) {
    try (InputStream in = ((Listed.File) listed).content().open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "failed: " + e.getMessage();
    }
  }
}
