package brimful.extract.office;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlidesTest {
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  private static final String TYPES =
      """
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      <Default Extension="xml" ContentType="application/xml"/>
      <Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>
      """;

  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  /// @param shapes the shapes of each slide
  private SlidesTest with(String... shapes) {
    part("[Content_Types].xml", TYPES);
    relations("_rels/.rels", "officeDocument ppt/presentation.xml");
    var slides = new StringBuilder();
    var targets = new String[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      // The files' numbers run the other way than the slides.
      String name = "slide" + (shapes.length - i) + ".xml";
      slides.append("<p:sldId id='%s' r:id='r%s'/>".formatted(256 + i, i));
      targets[i] = "slide slides/" + name;
      part("ppt/slides/" + name, root("p:sld", shapes[i]));
    }
    relations("ppt/_rels/presentation.xml.rels", targets);
    part("ppt/presentation.xml", root("p:presentation", "<p:sldIdLst>" + slides + "</p:sldIdLst>"));
    return this;
  }

  private SlidesTest part(String name, String content) {
    parts.put(name, content.getBytes(UTF_8));
    return this;
  }

  private SlidesTest relations(String name, String... typesAndTargets) {
    var all = new StringBuilder();
    for (int i = 0; i < typesAndTargets.length; i++) {
      String[] one = typesAndTargets[i].split(" ", -1);
      all.append(
          "<Relationship Id='r%s' Type='%s%s' Target='%s'/>".formatted(i, OFFICE, one[0], one[1]));
    }
    return part(
        name,
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + all
            + "</Relationships>");
  }

  private static String root(String name, String content) {
    return "<%s xmlns:p='p' xmlns:a='a' xmlns:r='r' xmlns:mc='mc' xmlns:m='m' xmlns:c='c' xmlns:dgm='dgm'>%s</%s>"
        .formatted(name, content, name.replaceAll(" .*", ""));
  }

  private static String shape(String paragraphs) {
    return "<p:sp><p:txBody>" + paragraphs + "</p:txBody></p:sp>";
  }

  private static String placeholder(String type, String text) {
    return "<p:sp><p:nvSpPr><p:nvPr><p:ph type='%s'/></p:nvPr></p:nvSpPr><p:txBody>%s</p:txBody></p:sp>"
        .formatted(type, p(text));
  }

  private static String p(String text) {
    return "<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>";
  }

  private String text() {
    return shown(extract("a.pptx", Samples.zip(parts))).replace("a.pptx slide ", "");
  }

  @Test
  void readsSlidesInTheOrderOfTheShow() {
    with(shape(p("First")), "", shape(p("Third")));

    assertThat(text()).isEqualTo("1: First\n3: Third");
  }

  @Test
  void keepsTheCellsOfATableApart() {
    String table =
        """
        <p:graphicFrame><a:graphic><a:tbl><a:tr><a:tc><a:txBody>%s</a:txBody></a:tc><a:tc><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody>%s%s</a:txBody></a:tc></a:tr>
        <a:tr><a:tc gridSpan="2"><a:txBody>%s</a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody>%s</a:txBody></a:tc></a:tr></a:tbl></a:graphic></p:graphicFrame>
        """
            .formatted(p("Region"), p("Sales"), p("2025"), p("North"), p("17"));
    with(shape(p("Before")) + table + shape(p("After")));

    assertThat(text()).isEqualTo("1: Before/Region |  | Sales 2025/North |  | 17/After");
  }

  @Test
  void readsNotesAndComments() {
    with(shape(p("Plan")))
        .relations(
            "ppt/slides/_rels/slide1.xml.rels",
            "comments ../comments/comment1.xml",
            "notesSlide ../notesSlides/notesSlide1.xml",
            "comments ../comments/modernComment_1.xml")
        .part(
            "ppt/notesSlides/notesSlide1.xml",
            root(
                "p:notes",
                placeholder("body", "Speak slowly.")
                    + placeholder("sldNum", "1")
                    + placeholder("hdr", "ACME")))
        .part(
            "ppt/comments/comment1.xml",
            root("p:cmLst", "<p:cm authorId='0'><p:text>Too early?</p:text></p:cm>"))
        .part(
            "ppt/comments/modernComment_1.xml",
            root(
                "p:cmLst",
                "<p:cm authorId='{A}'><p:replyLst><p:reply authorId='{B}'><p:txBody>%s</p:txBody></p:reply></p:replyLst><p:txBody>%s</p:txBody></p:cm>"
                    .formatted(p("Yes."), p("Is it true?"))))
        .part("ppt/commentAuthors.xml", root("p:cmAuthorLst", "<p:cmAuthor id='0' name='Mia'/>"))
        .part(
            "ppt/authors.xml",
            root("p:authorLst", "<p:author id='{A}' name='Bo'/><p:author id='{B}' name='Li'/>"))
        .relations(
            "ppt/_rels/presentation.xml.rels",
            "slide slides/slide1.xml",
            "commentAuthors commentAuthors.xml",
            "authors authors.xml");

    assertThat(text())
        .isEqualTo(
            "1: Plan/Notes:/Speak slowly./[comment by Mia: Too early?]/[comment by Bo: Is it true?]/[comment by Li: Yes.]");
  }

  @Test
  void readsDiagramsAndCharts() {
    String categories =
        "<c:cat><c:multiLvlStrCache><c:lvl><c:pt><c:v>Oslo</c:v></c:pt></c:lvl><c:lvl><c:pt><c:v>North</c:v></c:pt></c:lvl></c:multiLvlStrCache></c:cat>";
    with(shape(p("Sales")))
        .relations(
            "ppt/slides/_rels/slide1.xml.rels",
            "chart ../charts/chart1.xml",
            "diagramData ../diagrams/data1.xml")
        .part(
            "ppt/charts/chart1.xml",
            root(
                "c:chartSpace",
                "<c:title><c:tx><c:rich>%s</c:rich></c:tx></c:title><c:ser>%s</c:ser><c:ser>%s</c:ser>"
                    .formatted(p("By region"), categories, categories)))
        .relations("ppt/charts/_rels/chart1.xml.rels", "chartUserShapes ../drawings/drawing1.xml")
        .part("ppt/drawings/drawing1.xml", root("c:userShapes", shape(p("a strike in May"))))
        .part(
            "ppt/diagrams/data1.xml",
            root(
                "dgm:dataModel",
                "<dgm:pt><dgm:t>%s</dgm:t></dgm:pt><dgm:pt><dgm:t>%s</dgm:t></dgm:pt><dgm:pt><dgm:t>%s</dgm:t></dgm:pt>"
                    .formatted(p("Ask"), p("Wait"), p("Ask"))));

    assertThat(text()).isEqualTo("1: Sales/Ask/Wait/Ask/By region | Oslo, North/a strike in May");
  }

  @Test
  void readsEachSeriesOfAChartWithItsName() {
    String series =
        "<c:ser><c:tx><c:v>%s</c:v></c:tx><c:val><c:numCache><c:pt><c:v>4</c:v></c:pt></c:numCache></c:val></c:ser>";
    with(shape(p("Sales")))
        .relations("ppt/slides/_rels/slide1.xml.rels", "chart ../charts/chart1.xml")
        .part(
            "ppt/charts/chart1.xml",
            root("c:chartSpace", series.formatted("Plan") + series.formatted("Actual")));

    assertThat(text()).isEqualTo("1: Sales/Plan | 4 | Actual | 4");
  }

  @Test
  void keepsRaisedNumbersApart() {
    String run = "<a:r><a:rPr baseline='%s'/><a:t>%s</a:t></a:r>";
    with(
        shape(
            "<a:p>"
                + run.formatted(0, "10")
                + run.formatted(30000, "1")
                + run.formatted(30000, "2")
                + run.formatted(0, " J of CO")
                + run.formatted(-25000, "2")
                + run.formatted(0, " on the 4")
                + run.formatted(30000, "th")
                + "</a:p>"));

    assertThat(text()).isEqualTo("1: 10^12 J of CO2 on the 4th");
  }

  @Test
  void readsEquationsOnceAndDescriptionsOfPictures() {
    String equation =
        "<mc:AlternateContent><mc:Choice>%s</mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>"
            .formatted(
                shape(
                    "<a:p><a:r><a:t>so </a:t></a:r><m:oMath><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></a:p>"),
                shape(p("an old picture")));
    String pictures =
        "<p:pic><p:nvPicPr><p:cNvPr descr='A red valve'/></p:nvPicPr></p:pic><p:pic><p:nvPicPr><p:cNvPr descr='image7.png'/></p:nvPicPr></p:pic>";
    with(equation + pictures);

    assertThat(text()).isEqualTo("1: so c^2/[picture: A red valve]");
  }

  @Test
  void writesWhatALayoutShowsWithItsFirstSlide() {
    with(shape(p("One")), shape(p("Two")));
    for (int i = 1; i <= 2; i++) {
      relations(
          "ppt/slides/_rels/slide%s.xml.rels".formatted(i),
          "slideLayout ../slideLayouts/slideLayout1.xml");
    }
    relations(
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        "slideMaster ../slideMasters/slideMaster1.xml");
    part(
        "ppt/slideLayouts/slideLayout1.xml",
        root("p:sldLayout", placeholder("title", "Click to edit") + shape(p("Confidential"))));
    part("ppt/slideMasters/slideMaster1.xml", root("p:sldMaster", shape(p("ACME Ltd"))));

    assertThat(text()).isEqualTo("1: One/Confidential/ACME Ltd\n2: Two");
  }

  @Test
  void marksHiddenSlides() {
    with(shape(p("Shown")), "");
    part("ppt/slides/slide1.xml", root("p:sld show='0'", shape(p("Draft"))));

    assertThat(text()).isEqualTo("1: Shown\n2: (hidden slide)/Draft");
  }

  @Test
  void namesABrokenPartAndReadsTheOthers() {
    with(shape(p("One")), shape(p("Two")))
        .relations("ppt/slides/_rels/slide1.xml.rels", "notesSlide ../notesSlides/n1.xml")
        .part("ppt/notesSlides/n1.xml", "<p:notes xmlns:p='p'><p:sp>");

    var extraction = extract("a.pptx", Samples.zip(parts));

    assertThat(shown(extraction)).contains("slide 1: One").contains("slide 2: Two");
    assertThat(outcome(extraction)).contains("ppt/notesSlides/n1.xml cannot be read");
  }

  @Test
  void saysWhichOfTheListedSlidesAreMissing() {
    with(shape(p("One")), shape(p("Two")), shape(p("Three")));
    parts.remove("ppt/slides/slide2.xml");

    var one = extract("a.pptx", Samples.zip(parts));
    parts.remove("ppt/slides/slide1.xml");
    parts.remove("ppt/slides/slide3.xml");
    var all = extract("a.pptx", Samples.zip(parts));

    assertThat(shown(one)).isEqualTo("a.pptx slide 1: One\na.pptx slide 3: Three");
    assertThat(outcome(one)).isEqualTo("truncated: 2 of 3 slides (1 missing)");
    assertThat(outcome(all)).isEqualTo("failed: 3 of 3 slides are missing");
  }

  @Test
  void countsASlideThatIsNowhere() {
    with(shape(p("One")), shape(p("Two")))
        .relations("ppt/_rels/presentation.xml.rels", "slide slides/slide2.xml");

    var extraction = extract("a.pptx", Samples.zip(parts));

    assertThat(shown(extraction)).isEqualTo("a.pptx slide 1: One");
    assertThat(outcome(extraction)).isEqualTo("truncated: 1 of 2 slides (1 missing)");
  }
}
