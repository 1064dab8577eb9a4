package brimful.extract.office;

import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static brimful.extract.office.WordFiles.p;
import static brimful.extract.office.WordFiles.r;
import static brimful.extract.office.WordFiles.word;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.Samples;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordParserTest {
  private static final String DELETED = "<w:del><w:r><w:delText>%s</w:delText></w:r></w:del>";

  @Test
  void readsWhatATrackedChangeLeaves() {
    String body =
        p(r("The fee is ") + DELETED.formatted("five") + "<w:ins>" + r("seven") + "</w:ins>")
            + p("<w:moveFrom>" + r("Old place.") + "</w:moveFrom>")
            + p("<w:moveTo>" + r("New place.") + "</w:moveTo>")
            + p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("One sen"))
            + p(r("tence."))
            + p(
                "<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange></w:pPr>"
                    + r("No heading."));

    assertThat(word(body).text())
        .isEqualTo("The fee is seven//New place.//One sentence.//No heading.");
  }

  @Test
  void keepsRaisedNumbersApart() {
    String run = "<w:r><w:rPr><w:vertAlign w:val=\"%s\"/></w:rPr><w:t>%s</w:t></w:r>";
    String body =
        p(
            r("10")
                + run.formatted("superscript", "1")
                + run.formatted("superscript", "2")
                + r(" J of CO")
                + run.formatted("subscript", "2")
                + r(" on the 4")
                + run.formatted("superscript", "th")
                + r(" of May"));

    assertThat(word(body).text()).isEqualTo("10^12 J of CO2 on the 4th of May");
  }

  @Test
  void showsSymbolsWordArtAndWhatFormsSay() {
    String symbol = "<w:r><w:sym w:font=\"%s\" w:char=\"%s\"/></w:r>";
    String field =
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>%s</w:ffData></w:fldChar></w:r>"
            + "<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    String list =
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"red\"/><w:listEntry w:val=\"green\"/></w:ddList>";
    String body =
        p(
                symbol.formatted("Wingdings", "F0FC")
                    + r(" yes, ")
                    + symbol.formatted("Wingdings", "F0FB")
                    + r(" no, ")
                    + symbol.formatted("Symbol", "F061")
                    + symbol.formatted("Symbol", "F0A3")
                    + r("9 ")
                    + symbol.formatted("Webdings", "F0AA"))
            + p("<w:r><w:pict><v:shape><v:textpath string=\"DRAFT\"/></v:shape></w:pict></w:r>")
            + p(field.formatted(list) + r(" is chosen"))
            + p(field.formatted("<w:checkBox><w:checked/></w:checkBox>") + r(" agreed"))
            + p(field.formatted("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>") + r(" sent"));

    assertThat(word(body).text())
        .isEqualTo("✓ yes, ✗ no, α≤9 •//DRAFT//green is chosen//☒ agreed//☐ sent");
  }

  @Test
  void leavesBlanksBeforeARowThatBeginsLater() {
    String cell = "<w:tc>" + p(r("%s")) + "</w:tc>";
    String body =
        "<w:tbl><w:tr>"
            + cell.formatted("a")
            + cell.formatted("b")
            + "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>"
            + cell.formatted("2")
            + "</w:tr></w:tbl>";

    assertThat(word(body).text()).isEqualTo("a | b/ | 2");
  }

  @Test
  void leavesOutDeletedRows() {
    String row = "<w:tr>%s<w:tc>" + p(r("%s")) + "</w:tc></w:tr>";
    String body =
        "<w:tbl>"
            + row.formatted("", "kept")
            + row.formatted("<w:trPr><w:del/></w:trPr>", "gone")
            + row.formatted("<w:trPr><w:ins/></w:trPr>", "new")
            + "</w:tbl>";

    assertThat(word(body).text()).isEqualTo("kept/new");
  }

  @Test
  void showsCommentsAndNotesWhereTheyBelong() {
    WordFiles word =
        word(p(
                    r("Nine")
                        + "<w:r><w:commentReference w:id=\"4\"/></w:r>"
                        + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>")
                + p(r("Last") + "<w:r><w:endnoteReference w:id=\"7\"/></w:r>"))
            .with(
                "comments",
                "<w:comment w:id=\"4\" w:author=\"Mia\">" + p(r("Why?")) + "</w:comment>")
            .with(
                "footnotes",
                "<w:footnote w:id=\"0\" w:type=\"separator\">"
                    + p(r("---"))
                    + "</w:footnote>"
                    + "<w:footnote w:id=\"2\">"
                    + p(r("See ten."))
                    + "</w:footnote>")
            .with("endnotes", "<w:endnote w:id=\"7\">" + p(r("The end.")) + "</w:endnote>");

    assertThat(word.text())
        .isEqualTo(
            "Nine[1]//[comment by Mia: Why?]//[footnote 1: See ten.]//Last[endnote 1]//[endnote 1: The end.]");
  }

  @Test
  void numbersHeadingsAndListsAsWordDoes() {
    String level =
        "<w:lvl w:ilvl=\"%s\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:lvlText w:val=\"%s\"/></w:lvl>";
    String item =
        "<w:p><w:pPr>%s<w:numPr><w:ilvl w:val=\"%s\"/><w:numId w:val=\"%s\"/></w:numPr></w:pPr>%s</w:p>";
    String heading = "<w:pStyle w:val=\"berschrift\"/>";
    WordFiles word =
        word(item.formatted(heading, 0, 1, r("Terms"))
                + item.formatted(heading, 1, 1, r("Price"))
                + item.formatted("", 0, 2, r("tea"))
                + item.formatted("", 1, 2, r("green"))
                + item.formatted("", 1, 2, r("black"))
                + item.formatted("", 0, 2, r("milk"))
                + item.formatted("", 0, 3, r("dot"))
                + p(r("Text.")))
            .with(
                "styles",
                "<w:style w:styleId=\"base\"><w:name w:val=\"heading 2\"/></w:style>"
                    + "<w:style w:styleId=\"berschrift\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"base\"/></w:style>")
            .with(
                "numbering",
                "<w:abstractNum w:abstractNumId=\"0\">"
                    + level.formatted(0, "decimal", "%1")
                    + level.formatted(1, "decimal", "%1.%2")
                    + "</w:abstractNum>"
                    + "<w:abstractNum w:abstractNumId=\"1\">"
                    + level.formatted(0, "upperRoman", "%1.")
                    + level.formatted(1, "lowerLetter", "%2)")
                    + "</w:abstractNum>"
                    + "<w:abstractNum w:abstractNumId=\"2\">"
                    + level.formatted(0, "bullet", "o")
                    + "</w:abstractNum>"
                    + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
                    + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
                    + "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num>");

    assertThat(word.text())
        .isEqualTo("## 1 Terms//## 1.1 Price//I. tea/  a) green/  b) black/II. milk/- dot//Text.");
  }

  @Test
  void readsEquationsDescriptionsAndLinks() {
    String equation =
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
            + "<m:r><m:t>=</m:t></m:r><m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>"
            + "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub>"
            + "<m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:sSup><m:e><m:r><m:t>i</m:t></m:r></m:e>"
            + "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:nary></m:oMath>";
    String picture =
        "<w:r><w:drawing><wp:inline><wp:docPr name=\"P\" descr=\"A tree\"/></wp:inline></w:drawing></w:r>";
    String field =
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \"https://b.org/x\"</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
            + r("there")
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    String link = "<w:hyperlink r:id=\"l\">" + r("here") + "</w:hyperlink>";
    WordFiles word =
        word(p(equation) + p(picture) + p(r("Go ") + link + r(" or ") + field))
            .withRaw(
                "word/_rels/document.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"l\" Type=\"x/hyperlink\" Target=\"https://a.org/\" TargetMode=\"External\"/></Relationships>");

    assertThat(word.text())
        .isEqualTo(
            "(a+b)/2=√(x)∑_(i=1)^n i^2//[picture: A tree]//Go [here](https://a.org/) or [there](https://b.org/x)");
  }

  @Test
  void leavesBlanksWhereCellsSpan() {
    String body =
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>"
            + p(r("wide"))
            + "</w:tc><w:tc>"
            + p(r("c"))
            + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>"
            + p(r("b"))
            + "</w:tc><w:tc>"
            + p(r("d"))
            + p(r("e"))
            + "</w:tc></w:tr></w:tbl>";

    assertThat(word(body).text()).isEqualTo("wide |  | c/ | b | d e");
  }

  @Test
  void showsATextBoxOnce() {
    String box = "<w:txbxContent>" + p(r("boxed")) + "</w:txbxContent>";
    String body =
        p(
            r("around")
                + "<w:r><mc:AlternateContent><mc:Choice>"
                + box
                + "</mc:Choice><mc:Fallback><w:pict>"
                + box
                + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>");

    assertThat(word(body).text()).isEqualTo("around//boxed");
  }

  @Test
  void readsStrictDocuments() {
    WordFiles strict = WordFiles.strict(p(r("Strict ") + DELETED.formatted("old") + r("text")));

    assertThat(strict.text()).isEqualTo("Strict text");
    assertThat(outcome(strict.read())).isEqualTo("indexed");
  }

  @Test
  void readsTheRestOfABrokenDocument() {
    Extraction notes =
        word(p(r("Body."))).withRaw("word/comments.xml", "<w:comments><w:comm").read();
    byte[] whole = word(p(r("Body."))).bytes();
    Extraction cut = Extractions.extract("a.docx", Arrays.copyOf(whole, whole.length - 30));

    assertThat(shown(notes)).isEqualTo("a.docx 1-1: Body.");
    assertThat(outcome(notes))
        .startsWith("truncated: ")
        .endsWith("(word/comments.xml cannot be read)");
    assertThat(shown(cut)).isEqualTo("a.docx 1-1: Body.");
    assertThat(outcome(cut)).startsWith("truncated: ");
  }

  @Test
  void readsRichTextAsAReaderSeesIt() {
    Extraction changed =
        Extractions.extract(
            "a.rtf",
            "{\\rtf1\\pard Fee {\\deleted five {\\b hundred}}{\\revised seven} euro\\par\\deleted x\\'e4\\deleted0 y\\par}");
    Extraction bare =
        Extractions.extract("a.rtf", "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\b Bare} text.}");

    assertThat(shown(changed)).isEqualTo("a.rtf 1-3: Fee seven euro//y");
    assertThat(shown(bare)).isEqualTo("a.rtf 1-1: Bare text.");
  }

  @Test
  void readsOpenDocumentTextAsAReaderSeesIt() {
    String content =
        """
        <d xmlns:text="urn:x" xmlns:table="urn:t" xmlns:office="urn:o" xmlns:dc="urn:d" xmlns:draw="urn:w" xmlns:svg="urn:s" xmlns:xlink="urn:l">
        <text:tracked-changes><text:changed-region><text:deletion><text:p>five hundred</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:h text:outline-level="2">Fees</text:h>
        <text:p>The fee is <text:change/>seven<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>In euro.</text:p></text:note-body></text:note>,
        <text:a xlink:href="https://a.org/x">see</text:a><office:annotation><dc:creator>Mia</dc:creator><dc:date>2024</dc:date><text:p>Why?</text:p></office:annotation>.</text:p>
        <text:list><text:list-item><text:p>tea</text:p><text:list><text:list-item><text:p>green</text:p></text:list-item></text:list></text:list-item></text:list>
        <text:p><draw:frame><draw:image/><svg:desc>A tree</svg:desc></draw:frame></text:p>
        <table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table></d>
        """;
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument.text".getBytes(UTF_8));
    parts.put("content.xml", content.getBytes(UTF_8));

    assertThat(shown(Extractions.extract("a.odt", Samples.zip(parts))))
        .endsWith(
            ": ## Fees//The fee is seven[1], [see](https://a.org/x).//[footnote 1: In euro.]//[comment by Mia: Why?]//- tea/  - green//[picture: A tree]//wide |  | c");
  }
}
