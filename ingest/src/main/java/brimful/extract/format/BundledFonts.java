package brimful.extract.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/// Replaces fonts that a PDF does not embed by the one font in PDFBox's jar.
///
/// By default, PDFBox substitutes a similar font of the machine. Its widths decide where words
/// break, so the same file gives another text on another machine: of 344 filings, five changed when
/// fonts were installed. Every worker must produce the same text; nobody looks at the glyphs.
public final class BundledFonts implements FontMapper {
  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final TrueTypeFont font;

  private BundledFonts(TrueTypeFont font) {
    this.font = font;
  }

  /// Makes PDFBox use it, in the whole process.
  public static void use() {
    try (InputStream resource = FontMapper.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("PDFBox has no " + RESOURCE + " any more");
      }
      FontMappers.set(
          new BundledFonts(new TTFParser().parse(new RandomAccessReadBuffer(resource))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(
      String name, @Nullable PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(
      String name, @Nullable PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String name, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo system) {
    @Nullable OpenTypeFont none = null;
    return new CIDFontMapping(none, font, true);
  }
}
