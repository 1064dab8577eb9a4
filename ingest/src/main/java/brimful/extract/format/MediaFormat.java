package brimful.extract.format;

import java.util.Set;
import org.apache.tika.mime.MediaType;

/// How a media type is read, and what its locators are.
public enum MediaFormat {
  /// A paged document: one section a page.
  PAGES,
  /// A presentation: one section a slide.
  SLIDES,
  /// A spreadsheet: one section a sheet.
  SHEETS,
  /// Any other document: the lines of its extracted text.
  LINES,
  /// Like `LINES`; line breaks in the source mean no more than a blank, as in HTML.
  FLOW,
  /// A mail, mailbox or page saved as a mail: like `FLOW`, and all its members are listed.
  MAIL,
  /// Nothing but members.
  ARCHIVE,
  /// One compressed file.
  COMPRESSED,
  /// Plain text or code after all.
  TEXT,
  MEDIA,
  BINARY;

  private static final Set<String> ARCHIVES =
      Set.of(
          "application/zip",
          "application/x-tar",
          "application/x-gtar",
          "application/x-7z-compressed",
          "application/x-cpio",
          "application/x-rar-compressed",
          "application/x-rar-compressed;version=4",
          "application/x-rar-compressed;version=5");
  private static final Set<String> COMPRESSORS =
      Set.of(
          "application/gzip",
          "application/x-bzip2",
          "application/x-bzip",
          "application/x-xz",
          "application/x-compress",
          "application/zstd");
  private static final Set<String> FLOWING =
      Set.of("text/html", "application/xhtml+xml", "application/epub+zip");
  private static final Set<String> MAILS =
      Set.of("message/rfc822", "multipart/related", "application/mbox");
  private static final Set<String> PROGRAMS =
      Set.of("application/java-archive", "application/vnd.android.package-archive");

  /// @param parsed whether a parser takes the type
  public static MediaFormat of(MediaType mediaType, boolean parsed) {
    String type = mediaType.toString();
    String kind = mediaType.getType();
    if (COMPRESSORS.contains(type)) {
      return COMPRESSED;
    }
    if (ARCHIVES.contains(mediaType.getBaseType().toString())) {
      return ARCHIVE;
    }
    if (PROGRAMS.contains(type) || !parsed) {
      return switch (kind) {
        case "image", "audio", "video", "font" -> MEDIA;
        case "text" -> TEXT;
        default -> BINARY;
      };
    }
    if (FLOWING.contains(type)) {
      return FLOW;
    }
    if (MAILS.contains(type)) {
      return MAIL;
    }
    return ofDocument(type);
  }

  private static MediaFormat ofDocument(String type) {
    if (type.equals("application/pdf")
        || type.equals("application/illustrator")
        || type.equals("application/vnd.ms-xpsdocument")) {
      return PAGES;
    }
    if (type.contains("ms-powerpoint")
        || type.contains("presentationml")
        || type.startsWith("application/vnd.oasis.opendocument.presentation")) {
      return SLIDES;
    }
    boolean sheets =
        type.contains("ms-excel")
            || type.contains("spreadsheetml")
            || type.startsWith("application/vnd.oasis.opendocument.spreadsheet");
    return sheets ? SHEETS : LINES;
  }

  /// Returns whether line breaks in the source mean no more than a blank.
  public boolean flows() {
    return this == FLOW || this == MAIL;
  }
}
