package brimful.extract.office;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpenDocumentTest {
  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  private OpenDocumentTest part(String name, String xml) {
    parts.put(name, xml.getBytes(UTF_8));
    return this;
  }

  private static String root(String name, String content) {
    return "<o:%s xmlns:o='o' xmlns:t='t' xmlns:s='s' xmlns:fo='fo' xmlns:d='d' xmlns:x='x' xmlns:tab='tab' xmlns:svg='svg' xmlns:p='p' xmlns:dc='dc' xmlns:m='m'>%s</o:%s>"
        .formatted(name, content, name);
  }

  /// Returns the text of a document, with `/` for line breaks.
  private String text(String kind, String styles, String content) {
    part("mimetype", "application/vnd.oasis.opendocument." + kind);
    part("styles.xml", root("document-styles", "<o:styles>" + styles + "</o:styles>"));
    part("content.xml", root("document-content", content));
    return shown(extract(kind.equals("text") ? "a.odt" : "a.odp", Samples.zip(parts)))
        .replaceFirst("^a\\.odt \\d+-\\d+: ", "");
  }

  @Test
  void numbersHeadingsAndListsAsTheirStylesSay() {
    String styles =
        "<t:outline-style><t:outline-level-style t:level='1' s:num-format='1' s:num-suffix='.'/>"
            + "<t:outline-level-style t:level='2' s:num-format='1' t:display-levels='2'/></t:outline-style>"
            + "<t:list-style s:name='L'><t:list-level-style-number t:level='1' s:num-format='I' s:num-prefix='Art. '/>"
            + "<t:list-level-style-number t:level='2' s:num-format='a' s:num-prefix='(' s:num-suffix=')'/></t:list-style>"
            + "<t:list-style s:name='B'><t:list-level-style-bullet t:level='1'/></t:list-style>";
    String item = "<t:list-item><t:p>%s</t:p>%s</t:list-item>";
    String content =
        "<t:h t:outline-level='1'>Terms</t:h><t:h t:outline-level='2'>Price</t:h><t:h t:outline-level='1'>Law</t:h>"
            + "<t:list t:style-name='L'>"
            + item.formatted("Scope", "<t:list>" + item.formatted("first", "") + "</t:list>")
            + item.formatted("Term", "<t:list>" + item.formatted("again", "") + "</t:list>")
            + "</t:list><t:p>plain</t:p><t:list t:style-name='L' t:continue-numbering='true'>"
            + item.formatted("Fee", "")
            + "</t:list><t:list t:style-name='L'><t:list-item t:start-value='7'><t:p>New</t:p></t:list-item></t:list>"
            + "<t:list t:style-name='B'>"
            + item.formatted("tea", "")
            + "</t:list>";

    assertThat(text("text", styles, content).replaceAll("/+", "/"))
        .isEqualTo(
            "# 1. Terms/## 1.1 Price/# 2. Law/Art. I Scope/  (a) first/Art. II Term/  (a) again/plain"
                + "/Art. III Fee/Art. VII New/- tea");
  }

  @Test
  void showsFormulasPowersAndCommentsWithoutInitials() {
    part(
        "Object 1/content.xml",
        "<m:math xmlns:m='m'><m:mi>E</m:mi><m:mo>=</m:mo><m:mi>m</m:mi><m:msup><m:mi>c</m:mi><m:mn>2</m:mn></m:msup></m:math>");
    String styles =
        "<s:style s:name='T1'><s:text-properties s:text-position='super 58%'/></s:style>";
    String content =
        "<t:p>Of <d:frame><d:object x:href='./Object 1'/></d:frame> and 10<t:span t:style-name='T1'>6</t:span>"
            + "<o:annotation><dc:creator>Bo</dc:creator><m:creator-initials>B</m:creator-initials><t:p>why?</t:p></o:annotation>.</t:p>"
            + "<d:frame><svg:desc>A crane</svg:desc></d:frame>";

    assertThat(text("text", styles, content))
        .isEqualTo("Of E=mc^2 and 10^6.//[comment by Bo: why?]//[picture: A crane]");
  }

  @Test
  void readsSlidesWithNotesCommentsAndSpans() {
    String styles =
        "<o:master-styles><s:master-page><d:frame><t:p>&lt;number&gt;</t:p></d:frame></s:master-page></o:master-styles>";
    String content =
        "<d:page><d:frame><t:p>Plan</t:p></d:frame><tab:table><tab:table-row>"
            + "<tab:table-cell tab:number-columns-spanned='2'><t:p>wide</t:p></tab:table-cell><tab:covered-table-cell/><tab:table-cell><t:p>c</t:p></tab:table-cell>"
            + "</tab:table-row></tab:table><d:g><svg:title>Map</svg:title><svg:desc>of Ghent</svg:desc></d:g>"
            + "<p:notes><d:frame><t:p>Speak slowly.</t:p></d:frame></p:notes></d:page>"
            + "<d:page><d:frame><t:p>End</t:p></d:frame><o:annotation><dc:creator>Mia</dc:creator><t:p>Too early?</t:p></o:annotation>"
            + "<p:notes><d:frame><t:p/></d:frame></p:notes></d:page>";

    assertThat(text("presentation", styles, content))
        .isEqualTo(
            "a.odp slide 1: Plan/wide |  | c/[picture: Map]/[picture: of Ghent]/Notes:/Speak slowly.\n"
                + "a.odp slide 2: End/[comment by Mia: Too early?]");
  }

  @Test
  void takesStylesOfAPartForOthersThanThoseOfTheSameName() {
    String styles =
        "<s:style s:name='T1'><s:text-properties s:text-position='super 58%'/></s:style>"
            + "<t:list-style s:name='L'><t:list-level-style-number t:level='1' s:num-format='1'/></t:list-style>";
    String content =
        "<s:style s:name='T1'><s:text-properties/></s:style><t:list-style s:name='L'><t:list-level-style-bullet t:level='1'/></t:list-style>"
            + "<s:style s:name='T2'><s:text-properties s:text-position='33% 58%'/></s:style>"
            + "<t:p>4<t:span t:style-name='T1'>2</t:span> and 10<t:span t:style-name='T2'>6</t:span></t:p>"
            + "<t:list t:style-name='L'><t:list-item><t:p>tea</t:p></t:list-item></t:list>";

    assertThat(text("text", styles, content).replaceAll("/+", "/")).isEqualTo("42 and 10^6/- tea");
  }

  /// Each is small, and all of them would take much memory.
  @Test
  void readsFormulasOnlyUpToALimitForAll() {
    String formula = "<m:math xmlns:m='m'><m:mi>%s</m:mi></m:math>" + " ".repeat(1 << 20);
    var content = new StringBuilder();
    for (char name = 'a'; name <= 'f'; name++) {
      part("Object " + name + "/content.xml", formula.formatted(name));
      content.append(
          "<t:p>is <d:frame><d:object x:href='./Object %s'/></d:frame></t:p>".formatted(name));
    }

    assertThat(text("text", "", content.toString()).replaceAll("/+", "/"))
        .isEqualTo("is a/is b/is c/is/is/is");
  }
}
