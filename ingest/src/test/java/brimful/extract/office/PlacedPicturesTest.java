package brimful.extract.office;

import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.Samples;
import brimful.extract.ocr.Ocr;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PlacedPicturesTest {
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  private void part(String name, String content) {
    parts.put(name, content.getBytes(UTF_8));
  }

  /// @param main the part that the package is about, and its type
  private void start(String main, String type) {
    part(
        "[Content_Types].xml",
        """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>
        """
            .formatted(main, type));
    relations("_rels/.rels", "officeDocument " + main);
  }

  private void relations(String name, String... typesAndTargets) {
    var all = new StringBuilder();
    for (int i = 0; i < typesAndTargets.length; i++) {
      String[] one = typesAndTargets[i].split(" ", -1);
      all.append(
          "<Relationship Id='r%s' Type='%s%s' Target='%s'/>".formatted(i, OFFICE, one[0], one[1]));
    }
    part(
        name,
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + all
            + "</Relationships>");
  }

  private void picture(String name, int width) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, 300, BufferedImage.TYPE_INT_RGB), "png", out);
    parts.put(name, out.toByteArray());
  }

  private Extraction seen(String name) throws IOException {
    return Extractions.extractSeen(name, Samples.zip(parts), Ocr.off());
  }

  @Test
  void saySlideAndFile() throws IOException {
    start("ppt/presentation.xml", "presentationml.presentation");
    part(
        "ppt/presentation.xml",
        "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='r0'/>"
            + "<p:sldId id='257' r:id='r1'/></p:sldIdLst></p:presentation>");
    relations(
        "ppt/_rels/presentation.xml.rels", "slide slides/slide2.xml", "slide slides/slide1.xml");
    String slide =
        "<p:sld xmlns:p='p' xmlns:a='a' xmlns:r='r'><p:pic><p:nvPicPr><p:cNvPr descr='%s'/></p:nvPicPr>"
            + "<p:blipFill><a:blip r:embed='r0'/></p:blipFill></p:pic></p:sld>";
    part("ppt/slides/slide1.xml", slide.formatted("A valve"));
    part("ppt/slides/slide2.xml", slide.formatted("A pump"));
    relations("ppt/slides/_rels/slide1.xml.rels", "image ../media/Image1.png");
    relations("ppt/slides/_rels/slide2.xml.rels", "image ../media/image2.png");
    picture("ppt/media/Image1.png", 400);
    picture("ppt/media/image2.png", 500);
    picture("ppt/media/image3.png", 600);

    Extraction slides = seen("p.pptx");

    assertThat(shown(slides))
        .contains("[picture image2.png: A pump]", "[picture image1.png: A valve]");
    assertThat(slides.members().stream().map(member -> member.id().value()))
        .containsExactly(
            "p.pptx!/slide 1 image2.png", "p.pptx!/slide 2 image1.png", "p.pptx!/image3.png");
  }

  @Test
  void saySlideBesideAnEmbeddedDocument() throws IOException {
    start("ppt/presentation.xml", "presentationml.presentation");
    part(
        "ppt/presentation.xml",
        "<p:presentation xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:r='"
            + OFFICE.replaceAll("/$", "")
            + "'><p:sldIdLst><p:sldId id='256' r:id='r0'/></p:sldIdLst></p:presentation>");
    relations("ppt/_rels/presentation.xml.rels", "slide slides/slide1.xml");
    part(
        "ppt/slides/slide1.xml",
        "<p:sld xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='a' xmlns:r='r'>"
            + "<p:cSld><p:spTree/></p:cSld></p:sld>");
    relations(
        "ppt/slides/_rels/slide1.xml.rels",
        "image ../media/image1.png",
        "package ../embeddings/table.txt");
    picture("ppt/media/image1.png", 400);
    part("ppt/embeddings/table.txt", "Words in a table");

    assertThat(seen("p.pptx").members().stream().map(member -> member.id().value()))
        .contains("p.pptx!/slide 1 image1.png")
        .doesNotContain("p.pptx!/image1.png");
  }

  @Test
  void sayInWordWhichFileIsDescribed() throws IOException {
    start("word/document.xml", "wordprocessingml.document");
    part(
        "word/document.xml",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:wp='wp'"
            + " xmlns:a='a' xmlns:r='r'><w:body><w:p><w:r><w:t>See</w:t></w:r><w:r><w:drawing><wp:inline>"
            + "<wp:docPr descr='A tree'/><a:graphic><a:blip r:embed='r0'/></a:graphic></wp:inline></w:drawing></w:r>"
            + "</w:p></w:body></w:document>");
    relations("word/_rels/document.xml.rels", "image media/image1.png");
    picture("word/media/image1.png", 400);

    Extraction word = seen("d.docx");

    assertThat(shown(word)).contains("See [picture image1.png: A tree]");
    assertThat(members(word).keySet()).containsExactly("d.docx!/image1.png");
  }
}
