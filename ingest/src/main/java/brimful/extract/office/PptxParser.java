package brimful.extract.office;

import brimful.extract.office.OfficePackage.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.mime.MediaType;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads PPTX slide by slide: see [SlideParts] for what a slide has.
///
/// Tika reads the documents that are embedded in it. Its own text of a PPTX repeats what a master
/// shows on each slide, and has neither the tables' cells apart nor the descriptions of pictures.
public final class PptxParser extends PackageParser {
  private static final long serialVersionUID = 1L;

  private static final Set<MediaType> TYPES =
      Set.of(
          MediaType.application("vnd.openxmlformats-officedocument.presentationml.presentation"),
          MediaType.application("vnd.openxmlformats-officedocument.presentationml.slideshow"),
          MediaType.application("vnd.openxmlformats-officedocument.presentationml.template"),
          MediaType.application("vnd.ms-powerpoint.presentation.macroenabled.12"),
          MediaType.application("vnd.ms-powerpoint.slideshow.macroenabled.12"),
          MediaType.application("vnd.ms-powerpoint.template.macroenabled.12"));

  private static final Pattern SLIDE = Pattern.compile("ppt/slides/[a-z]+(\\d{1,9})\\.xml");

  public PptxParser() {
    super("ppt", TYPES);
  }

  @Override
  void write(OfficePackage parts, XHTMLContentHandler out) throws SAXException {
    String main = parts.main("officeDocument", "ppt/presentation.xml");
    Map<String, Relation> relations = new TreeMap<>(parts.relations(main));
    var comments = new SlideComments();
    for (Relation relation : relations.values()) {
      if (relation.type().equals("commentAuthors") || relation.type().equals("authors")) {
        parts.read(relation.target(), comments);
      }
    }
    var reader = new SlideParts(parts, comments, out);
    List<String> slides = slides(parts, main, relations);
    parts.slides(slides);
    for (String slide : slides) {
      out.startElement("div", "class", "slide-content");
      reader.slide(slide);
      out.endElement("div");
    }
  }

  /// Returns the slides in the order in which they are shown, with an empty name for one that is
  /// nowhere; without a list of them, in the order of their numbers.
  private static List<String> slides(
      OfficePackage parts, String main, Map<String, Relation> relations) throws SAXException {
    var slides = new ArrayList<String>();
    parts.read(
        main,
        new DefaultHandler() {
          @Override
          public void startElement(String uri, String name, String qName, Attributes attributes) {
            if (name.equals("sldId")) {
              slides.add(target(attributes));
            }
          }

          /// It has a number in `id`, and in `r:id` the relation.
          private String target(Attributes attributes) {
            for (int i = 0; i < attributes.getLength(); i++) {
              Relation relation = relations.get(attributes.getValue(i));
              if (relation != null && attributes.getLocalName(i).equals("id")) {
                return relation.target();
              }
            }
            return "";
          }
        });
    List<String> numbered =
        parts
            .in("ppt/slides/")
            .filter(name -> SLIDE.matcher(name).matches())
            .sorted(Comparator.comparingInt(PptxParser::number).thenComparing(name -> name))
            .toList();
    return numbered.isEmpty() || slides.stream().anyMatch(parts::has) ? slides : numbered;
  }

  private static int number(String name) {
    Matcher slide = SLIDE.matcher(name);
    return slide.matches() ? Integer.parseInt(slide.group(1)) : 0;
  }
}
