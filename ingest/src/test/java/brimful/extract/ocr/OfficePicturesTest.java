package brimful.extract.ocr;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.extractSeen;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import brimful.extract.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.apache.poi.common.usermodel.PictureType;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.sl.usermodel.PictureData;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.util.Units;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures inside Office files and notebooks, with a program in Tesseract's place.
final class OfficePicturesTest {
  private static final byte[] PICTURE = Scans.image("png", Scans.picture("The valve is green"));
  private static final byte[] ICON =
      Scans.image("png", new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));

  @TempDir private Path folder;
  private Ocr ocr = Ocr.off();

  @BeforeEach
  void program() throws IOException {
    Path program = folder.resolve("tesseract");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case $1 in
        --version) echo 'tesseract 9.9.9' ;;
        --list-langs) printf 'List of languages (1):\\neng\\n' ;;
        *) echo The valve is green ;;
        esac
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ocr = Ocr.of(Map.of("PATH", folder.toString()), folder.resolve("cache"));
  }

  private static byte[] docx() throws IOException, InvalidFormatException {
    var out = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      document.createParagraph().createRun().setText("About valves.");
      var run = document.createParagraph().createRun();
      run.addPicture(
          new ByteArrayInputStream(PICTURE),
          PictureType.PNG,
          "valve.png",
          Units.toEMU(200),
          Units.toEMU(80));
      run.addPicture(
          new ByteArrayInputStream(ICON), PictureType.PNG, "icon.png", Units.toEMU(8), 8);
      document.write(out);
    }
    return out.toByteArray();
  }

  private static byte[] pptx() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var show = new XMLSlideShow()) {
      var slide = show.createSlide();
      slide.createTextBox().setText("About valves.");
      slide.createPicture(show.addPicture(PICTURE, PictureData.PictureType.PNG));
      show.write(out);
    }
    return out.toByteArray();
  }

  private static byte[] xlsx() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new XSSFWorkbook()) {
      var sheet = book.createSheet("Valves");
      sheet.createRow(0).createCell(0).setCellValue("About valves.");
      int picture = book.addPicture(PICTURE, Workbook.PICTURE_TYPE_PNG);
      var anchor = book.getCreationHelper().createClientAnchor();
      sheet.createDrawingPatriarch().createPicture(anchor, picture);
      book.write(out);
    }
    return out.toByteArray();
  }

  @Test
  void theirTextIsReadAndTheirIconsAreNot() throws IOException, InvalidFormatException {
    for (var file : Map.of("a.docx", docx(), "a.pptx", pptx(), "a.xlsx", xlsx()).entrySet()) {
      Extraction extraction = extract(file.getKey(), file.getValue(), ocr);

      assertThat(shown(extraction))
          .as(file.getKey())
          .contains("About valves.")
          .containsPattern("!/(?:slide 1 )?\\S*image1\\.png 1-1: The valve is green");
      assertThat(members(extraction)).hasSize(1).containsValue("indexed: by OCR");
      assertThat(outcome(extraction)).isEqualTo("indexed");
    }
  }

  private static byte[] notebook() {
    String picture = Base64.getMimeEncoder().encodeToString(PICTURE);
    String icon = Base64.getEncoder().encodeToString(ICON);
    return """
    {"nbformat": 4, "cells": [
     {"cell_type": "markdown", "source": "About valves.", "attachments": {"a/valve.png": {"image/png": "%2$s"}}},
     {"cell_type": "code", "source": "plot()", "outputs": [
       {"output_type": "stream", "text": "done"},
       {"output_type": "display_data", "data": {"image/png": "%1$s", "text/plain": "<Figure>"}},
       {"output_type": "display_data", "data": {"image/png": "no picture"}}]}]}
    """
        .formatted(picture.replace("\r\n", "\\n"), icon)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void picturesInNotebooksAreMembers() throws IOException {
    Extraction extraction = extract("a.ipynb", notebook(), ocr);

    assertThat(shown(extraction))
        .contains("a.ipynb cell 2: ")
        .contains("a.ipynb!/cell-2-output-2.png 1-1: The valve is green");
    assertThat(members(extraction))
        .containsEntry("a.ipynb!/cell-2-output-2.png", "indexed: by OCR");
    assertThat(members(extraction)).doesNotContainKey("a.ipynb!/cell-1-a-valve.png");
    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(members(extractSeen("a.ipynb", notebook(), Ocr.off())))
        .containsEntry("a.ipynb!/cell-2-output-2.png", "indexed: as picture");
    assertThat(members(extract("a.ipynb", notebook()))).isEmpty();
  }

  @Test
  void picturesInANotebookInAnArchiveAreItsMembers() {
    Extraction extraction = extract("a.zip", Samples.zip(Map.of("deep/a.ipynb", notebook())), ocr);

    assertThat(members(extraction))
        .containsEntry("a.zip!/deep/a.ipynb", "indexed")
        .containsEntry("a.zip!/deep/a.ipynb!/cell-2-output-2.png", "indexed: by OCR");
  }

  @Test
  void theyAreKeptForModelsThatSee() throws IOException, InvalidFormatException {
    Extraction extraction = extractSeen("a.docx", docx(), Ocr.off());

    assertThat(members(extraction)).hasSize(1).containsValue("indexed: as picture");
  }

  @Test
  void withoutEitherTheyAreNotListed() throws IOException, InvalidFormatException {
    assertThat(members(extract("a.docx", docx()))).isEmpty();
  }
}
