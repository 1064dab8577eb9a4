package brimful.collection;

import brimful.corpus.HomePath;
import brimful.corpus.Sha256;
import brimful.model.HomeFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Where Brimful keeps what it can make again: indexes and clones.
///
/// @param cache `$BRIMFUL_HOME`, else `$XDG_CACHE_HOME/brimful`, else `~/.cache/brimful`
public record Home(Path cache) {
  private static final int NAME_BYTES = 12;

  public static Home of(Map<String, String> environment) {
    String own = HomePath.expanded(environment.getOrDefault("BRIMFUL_HOME", ""), environment);
    if (!own.isBlank()) {
      return new Home(Path.of(own).toAbsolutePath());
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isBlank()) {
      return new Home(Path.of(xdg, "brimful").toAbsolutePath());
    }
    return new Home(HomeFolder.of(environment).path().resolve(".cache").resolve("brimful"));
  }

  /// Returns the folder of clones of git repositories.
  public Path git() {
    return cache.resolve("git");
  }

  /// Returns the folder of `--dense`: the encoder's libraries, and the vectors.
  public Path dense() {
    return cache.resolve("dense");
  }

  /// Returns the folder of what OCR has read.
  public Path ocr() {
    return cache.resolve("ocr");
  }

  /// Returns the folder of what was said in recordings.
  public Path transcripts() {
    return cache.resolve("transcripts");
  }

  /// Returns the folder of a server's collections.
  public Path library() {
    return cache.resolve("library");
  }

  /// Returns the folder of a server's batches.
  public Path batches() {
    return cache.resolve("batches");
  }

  /// Returns the folder of what was asked of all windows of a corpus, and paid.
  public Path windows() {
    return cache.resolve("windows");
  }

  /// Returns the folder of the conversations that a server keeps.
  public Path conversations() {
    return cache.resolve("conversations");
  }

  /// Returns the file of the lines that people have typed in sessions.
  public Path chatHistory() {
    return cache.resolve("chat-history");
  }

  /// Returns the folder of the collections that index workers keep.
  public Path collections() {
    return cache.resolve("collections");
  }

  /// Returns the file that lists what was written outside of this folder.
  public Path outputs() {
    return cache.resolve("outputs.tsv");
  }

  /// Returns the folder that contains the indexes of [#index].
  public Path indexes() {
    return cache.resolve("index");
  }

  /// Returns the folder where older versions kept indexes for `mcp DIR` and LangChain4j.
  public Path readers() {
    return cache.resolve("readers");
  }

  /// Returns the folder of the index for a combination of properties.
  ///
  /// @param parts everything that distinguishes indexes: locations, rules, tokenizer
  public Path index(List<String> parts) {
    return indexes().resolve(name(parts));
  }

  private static String name(List<String> parts) {
    MessageDigest sha = Sha256.digest();
    for (String part : parts) {
      sha.update(part.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, NAME_BYTES);
  }
}
