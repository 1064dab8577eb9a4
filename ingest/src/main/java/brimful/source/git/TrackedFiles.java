package brimful.source.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The paths in a git index: what git tracks in a work tree, whatever its ignore files say.
///
/// Reads versions 2 to 4 of the format (git's `Documentation/gitformat-index.txt`) itself, split
/// ones and those with SHA-256 ids too, because JGit's reader knows neither and writes probe files
/// next to the index to measure the clock of the file system. Paths are byte strings, relative to
/// the work tree, with forward slashes.
public final class TrackedFiles {
  static final int SHA1_BYTES = 20;
  static final int SHA256_BYTES = 32;

  /// An index of a million files is about this large.
  private static final long INDEX_BYTES_MAX = 256L << 20;

  private static final int STAT_BYTES = 40;
  private static final int MODE_AT = 24;
  private static final int EXTENDED = 0x4000;
  private static final int SKIP_WORKTREE = 0x4000;
  private static final int GITLINK = 0160000;
  private static final int LINK = 0x6c696e6b;

  private final NavigableMap<String, Entry> entries;
  private final boolean ignoreCase;

  /// What an index says of a path.
  ///
  /// @param id of the content, in hexadecimal digits
  /// @param submodule whether it is the commit of another repository
  /// @param absent whether git keeps it out of the work tree, as of a sparse checkout
  record Entry(String path, String id, boolean submodule, boolean absent) {}

  private TrackedFiles(List<Entry> entries, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    this.entries = new TreeMap<>();
    for (Entry entry : entries) {
      this.entries.put(folded(entry.path()), entry);
    }
  }

  public static TrackedFiles none() {
    return new TrackedFiles(List.of(), false);
  }

  /// Reads an index; an absent, odd or torn one tracks nothing, as if there were no git.
  ///
  /// @param idBytes how long the repository's ids are
  static TrackedFiles read(Path index, int idBytes, boolean ignoreCase) {
    try {
      return new TrackedFiles(entries(index, idBytes), ignoreCase);
    } catch (IOException
        | BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      return none();
    }
  }

  public boolean has(String path) {
    return entries.containsKey(folded(path));
  }

  /// Tells whether anything below a folder is tracked, or the folder itself as a submodule.
  public boolean below(String folder) {
    String start = folded(folder) + "/";
    String first = entries.ceilingKey(start);
    return (first != null && first.startsWith(start)) || isSubmodule(folder);
  }

  public boolean isSubmodule(String folder) {
    Entry entry = entries.get(folded(folder));
    return entry != null && entry.submodule();
  }

  /// Returns the id of a file that git tracks and keeps out of the work tree.
  public Optional<String> absent(String path) {
    return Optional.ofNullable(entries.get(folded(path))).filter(Entry::absent).map(Entry::id);
  }

  private String folded(String path) {
    return ignoreCase ? ByteNames.lower(path) : path;
  }

  private static List<Entry> entries(Path index, int idBytes) throws IOException {
    if (!Files.isRegularFile(index) || Files.size(index) > INDEX_BYTES_MAX) {
      return List.of();
    }
    byte[] bytes = Files.readAllBytes(index);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Entry> own = parse(in, idBytes);
    // Extensions follow, and a checksum.
    while (in.remaining() > idBytes) {
      int name = in.getInt();
      int length = in.getInt();
      ByteBuffer extension = in.slice(in.position(), length);
      in.position(in.position() + extension.limit());
      if (name == LINK) {
        return joined(index, extension, own, idBytes);
      }
    }
    return own;
  }

  /// Adds a split index to the one that it shares, as `gitformat-index` says under "link".
  private static List<Entry> joined(Path index, ByteBuffer link, List<Entry> own, int idBytes)
      throws IOException {
    byte[] id = new byte[idBytes];
    link.get(id);
    var entries = new ArrayList<Entry>();
    List<Entry> shared = new ArrayList<>();
    if (!HexFormat.of().formatHex(id).matches("0+")) {
      shared.addAll(
          entries(index.resolveSibling("sharedindex." + HexFormat.of().formatHex(id)), idBytes));
    }
    if (link.hasRemaining()) {
      Bitmap deleted = Bitmap.read(link);
      Bitmap replaced = Bitmap.read(link);
      // The first entries stand for those that are replaced, in their order and without a name.
      int next = 0;
      for (int i = replaced.next(0); i >= 0 && i < shared.size(); i = replaced.next(i + 1)) {
        Entry by = own.get(next++);
        shared.set(i, new Entry(shared.get(i).path(), by.id(), by.submodule(), by.absent()));
      }
      own = own.subList(next, own.size());
      for (int i = 0; i < shared.size(); i++) {
        if (!deleted.has(i)) {
          entries.add(shared.get(i));
        }
      }
    } else {
      entries.addAll(shared);
    }
    entries.addAll(own);
    return entries;
  }

  private static List<Entry> parse(ByteBuffer in, int idBytes) {
    var read = new ArrayList<Entry>();
    int signature = in.getInt();
    int version = in.getInt();
    if (signature != 0x44495243 || version < 2 || version > 4) {
      throw new IllegalArgumentException("git index of version %s".formatted(version));
    }
    int entries = in.getInt();
    byte[] last = {};
    byte[] id = new byte[idBytes];
    for (int i = 0; i < entries; i++) {
      int start = in.position();
      int mode = in.getInt(start + MODE_AT);
      in.position(start + STAT_BYTES);
      in.get(id);
      boolean absent = (in.getShort() & EXTENDED) != 0 && (in.getShort() & SKIP_WORKTREE) != 0;
      byte[] path = version == 4 ? suffixed(last, in) : terminated(in);
      if (version < 4) {
        in.position(start + (in.position() - 1 - start + 8) / 8 * 8);
      }
      read.add(
          new Entry(ByteNames.of(path), HexFormat.of().formatHex(id), mode == GITLINK, absent));
      last = path;
    }
    return read;
  }

  /// Reads a path that shares its start with the last one.
  private static byte[] suffixed(byte[] last, ByteBuffer in) {
    int b = in.get() & 0xff;
    int drop = b & 0x7f;
    while ((b & 0x80) != 0) {
      b = in.get() & 0xff;
      drop = ((drop + 1) << 7) | (b & 0x7f);
    }
    if (drop > last.length || drop < 0) {
      throw new IllegalArgumentException("git index drops %s of %s".formatted(drop, last.length));
    }
    var path = new ByteArrayOutputStream();
    path.write(last, 0, last.length - drop);
    path.writeBytes(terminated(in));
    return path.toByteArray();
  }

  private static byte[] terminated(ByteBuffer in) {
    int start = in.position();
    while (in.get() != 0) {
      // The position moves on; the end of the buffer throws.
    }
    byte[] bytes = new byte[in.position() - 1 - start];
    in.get(start, bytes);
    return bytes;
  }

  /// A compressed bitmap of a git index: runs of equal bits, and literal words (EWAH, git's
  /// `Documentation/gitformat-bitmap.txt`).
  ///
  /// @param bits the positions of its ones
  private record Bitmap(BitSet bits) {
    private static final int WORD = 64;
    private static final int RUN_BITS = 32;
    private static final long RUN_MASK = 0xffff_ffffL;

    /// More bits than an index has entries.
    private static final int BITS_MAX = 1 << 26;

    static Bitmap read(ByteBuffer in) {
      var bits = new BitSet();
      int size = in.getInt();
      int words = in.getInt();
      long at = 0;
      for (int read = 0; read < words; ) {
        long marker = in.getLong();
        read++;
        long run = (marker >>> 1 & RUN_MASK) * WORD;
        long literals = marker >>> RUN_BITS + 1;
        if (at + run + literals * WORD > BITS_MAX) {
          throw new IllegalArgumentException("bitmap of more than %s bits".formatted(BITS_MAX));
        }
        if ((marker & 1) != 0) {
          bits.set((int) at, (int) Math.min(at + run, size));
        }
        at += run;
        for (long literal = 0; literal < literals; literal++) {
          long word = in.getLong();
          read++;
          for (int bit = 0; bit < WORD; bit++) {
            if ((word >>> bit & 1) != 0) {
              bits.set((int) at + bit);
            }
          }
          at += WORD;
        }
      }
      in.getInt();
      return new Bitmap(bits);
    }

    boolean has(int position) {
      return bits.get(position);
    }

    /// Returns the first one at or after a position; -1 for none.
    int next(int from) {
      return bits.nextSetBit(from);
    }
  }
}
