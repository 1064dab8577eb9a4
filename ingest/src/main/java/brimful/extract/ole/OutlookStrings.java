package brimful.extract.ole;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.extract.charset.Charsets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.EntryUtils;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.util.CodePageUtil;
import org.apache.poi.util.LocaleUtil;

/// Puts the strings of an Outlook message (MS-OXMSG) into Unicode that are in a code page which the
/// message does not name.
///
/// Outlook writes UTF-8 as the page of many mails whose strings are in the page of Windows. Tika
/// then guesses by few letters, and takes German for EBCDIC. The strings are UTF-8 if they are
/// valid; else they have the page of the message's language, or the one that they look like.
final class OutlookStrings {
  private static final String PROPERTIES = "__properties_version1.0";
  private static final String STRING = "__substg1.0_";
  private static final String NARROW = "001E";
  private static final String WIDE = "001F";
  private static final int MESSAGE_PAGE = 0x3ffd0003;
  private static final int INTERNET_PAGE = 0x3fde0003;
  private static final int LANGUAGE = 0x3ff10003;
  private static final int PAGE_UTF_8 = 65_001;
  private static final int HEAD_BYTES = 32;
  private static final int PROPERTY_BYTES = 16;

  /// The copy is in memory.
  private static final long BYTES_MAX = 32L << 20;

  private OutlookStrings() {}

  /// Returns a copy with strings in Unicode, or the same if its strings need no guess.
  static DirectoryNode inUnicode(DirectoryNode message) throws IOException {
    if (!message.hasEntry(PROPERTIES) || !isUnnamed(message) || bytes(message) > BYTES_MAX) {
      return message;
    }
    byte[] strings = strings(message);
    if (strings.length == 0) {
      return message;
    }
    var copy = new POIFSFileSystem();
    EntryUtils.copyNodes(message, copy.getRoot());
    widen(copy.getRoot(), charset(strings, property(message, LANGUAGE)));
    return copy.getRoot();
  }

  private static boolean isUnnamed(DirectoryNode message) throws IOException {
    int page = property(message, MESSAGE_PAGE).orElse(0);
    int internet = property(message, INTERNET_PAGE).orElse(0);
    return (page == 0 || page == PAGE_UTF_8) && (internet == 0 || internet == PAGE_UTF_8);
  }

  private static Optional<Integer> property(DirectoryNode message, int tag) throws IOException {
    var fields = ByteBuffer.wrap(content(message, PROPERTIES)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = HEAD_BYTES; at + PROPERTY_BYTES <= fields.limit(); at += PROPERTY_BYTES) {
      if (fields.getInt(at) == tag) {
        return Optional.of(fields.getInt(at + Long.BYTES));
      }
    }
    return Optional.empty();
  }

  private static long bytes(DirectoryNode folder) {
    long bytes = 0;
    for (Entry entry : folder) {
      bytes +=
          entry instanceof DirectoryNode inner ? bytes(inner) : ((DocumentEntry) entry).getSize();
    }
    return bytes;
  }

  private static byte[] strings(DirectoryNode message) throws IOException {
    var all = new ByteArrayOutputStream();
    for (Entry entry : message) {
      if (isNarrow(entry.getName())) {
        all.write(content(message, entry.getName()));
        all.write('\n');
      }
    }
    return all.toByteArray();
  }

  private static boolean isNarrow(String name) {
    return name.startsWith(STRING) && name.endsWith(NARROW);
  }

  private static byte[] content(DirectoryNode folder, String name) throws IOException {
    try (InputStream in = folder.createDocumentInputStream(name)) {
      return in.readAllBytes();
    }
  }

  private static Charset charset(byte[] strings, Optional<Integer> language) {
    if (fits(strings, UTF_8)) {
      return UTF_8;
    }
    return language
        .flatMap(OutlookStrings::page)
        .filter(page -> fits(strings, page))
        .orElseGet(() -> Charsets.of(strings));
  }

  private static Optional<Charset> page(int language) {
    try {
      int page = LocaleUtil.getDefaultCodePageFromLCID(language);
      return Optional.of(Charset.forName(CodePageUtil.codepageToEncoding(page, true)));
    } catch (UnsupportedEncodingException | RuntimeException e) {
      // Not a language that has a page.
      return Optional.empty();
    }
  }

  private static boolean fits(byte[] strings, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(strings)).hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void widen(DirectoryNode folder, Charset charset) throws IOException {
    List<Entry> entries = new ArrayList<>();
    folder.forEach(entries::add);
    for (Entry entry : entries) {
      String name = entry.getName();
      String wide = name.substring(0, Math.max(0, name.length() - WIDE.length())) + WIDE;
      if (entry instanceof DirectoryNode inner) {
        widen(inner, charset);
      } else if (isNarrow(name) && !folder.hasEntry(wide)) {
        var text = new String(content(folder, name), charset);
        folder.createDocument(wide, new ByteArrayInputStream(text.getBytes(UTF_16LE)));
        entry.delete();
      }
    }
  }
}
